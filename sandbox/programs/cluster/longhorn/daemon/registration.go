package daemon

import (
	"context"
	"encoding/json"
	"time"

	admissionregistration "k8s.io/api/admissionregistration/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	kubernetestypes "k8s.io/apimachinery/pkg/types"

	"github.com/longhorn/longhorn-manager/types"
	"github.com/longhorn/longhorn-manager/webhook/admission"
)

// register makes the API server call the webhooks, through their Service as Longhorn does. It first waits until the Service
// answers: from then on nothing of Longhorn's can be written without them.
func (w *webhooks) register(ctx context.Context) error {
	if err := retriedFor(ctx, 2*time.Minute, func() error { return w.serviceAnswers(ctx) }); err != nil {
		return err
	}
	return retried(ctx, func() error { return w.apply(ctx) })
}

// apply writes both configurations. The chart's ClusterRole allows to create and patch them, not to update.
func (w *webhooks) apply(ctx context.Context) error {
	options := metav1.PatchOptions{FieldManager: types.LonghornManagerDaemonSetName, Force: new(true)}
	registrations := w.clients.K8s.AdmissionregistrationV1()
	validating, err := json.Marshal(w.validatingConfiguration())
	if err != nil {
		return err
	}
	if _, err := registrations.ValidatingWebhookConfigurations().Patch(ctx, types.ValidatingWebhookName, kubernetestypes.ApplyPatchType, validating, options); err != nil {
		return err
	}
	mutating, err := json.Marshal(w.mutatingConfiguration())
	if err != nil {
		return err
	}
	_, err = registrations.MutatingWebhookConfigurations().Patch(ctx, types.MutatingWebhookName, kubernetestypes.ApplyPatchType, mutating, options)
	return err
}

func (w *webhooks) validatingConfiguration() admissionregistration.ValidatingWebhookConfiguration {
	return admissionregistration.ValidatingWebhookConfiguration{
		TypeMeta:   configurationType("ValidatingWebhookConfiguration"),
		ObjectMeta: metav1.ObjectMeta{Name: types.ValidatingWebhookName},
		Webhooks: []admissionregistration.ValidatingWebhook{{
			Name:                    "validator.longhorn.io",
			ClientConfig:            w.clientConfig(validationPath),
			Rules:                   rulesOf(w.validations),
			FailurePolicy:           new(admissionregistration.Fail),
			MatchPolicy:             new(admissionregistration.Exact),
			SideEffects:             new(admissionregistration.SideEffectClassNone),
			AdmissionReviewVersions: []string{"v1"},
		}},
	}
}

func (w *webhooks) mutatingConfiguration() admissionregistration.MutatingWebhookConfiguration {
	return admissionregistration.MutatingWebhookConfiguration{
		TypeMeta:   configurationType("MutatingWebhookConfiguration"),
		ObjectMeta: metav1.ObjectMeta{Name: types.MutatingWebhookName},
		Webhooks: []admissionregistration.MutatingWebhook{{
			Name:                    "mutator.longhorn.io",
			ClientConfig:            w.clientConfig(mutationPath),
			Rules:                   rulesOf(w.mutations),
			FailurePolicy:           new(admissionregistration.Fail),
			MatchPolicy:             new(admissionregistration.Exact),
			SideEffects:             new(admissionregistration.SideEffectClassNone),
			AdmissionReviewVersions: []string{"v1"},
		}},
	}
}

func configurationType(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: admissionregistration.SchemeGroupVersion.String(), Kind: kind}
}

func (w *webhooks) clientConfig(path string) admissionregistration.WebhookClientConfig {
	return admissionregistration.WebhookClientConfig{
		CABundle: w.keyPair.bundle,
		Service: &admissionregistration.ServiceReference{
			Namespace: w.clients.Namespace,
			Name:      types.AdmissionWebhookServiceName,
			Path:      &path,
			Port:      new(int32(types.DefaultAdmissionWebhookPort)),
		},
	}
}

// rulesOf turns what Longhorn's webhooks want to see into rules for the API server.
func rulesOf(resources []admission.Resource) []admissionregistration.RuleWithOperations {
	rules := make([]admissionregistration.RuleWithOperations, 0, len(resources))
	for _, resource := range resources {
		rules = append(rules, admissionregistration.RuleWithOperations{
			Operations: resource.OperationTypes,
			Rule: admissionregistration.Rule{
				APIGroups:   []string{resource.APIGroup},
				APIVersions: []string{resource.APIVersion},
				Resources:   []string{resource.Name},
				Scope:       &resource.Scope,
			},
		})
	}
	return rules
}
