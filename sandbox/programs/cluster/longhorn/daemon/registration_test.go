package daemon

import (
	"testing"

	admissionregistration "k8s.io/api/admissionregistration/v1"

	"github.com/longhorn/longhorn-manager/util/client"
	"github.com/longhorn/longhorn-manager/webhook/admission"
)

func TestConfigurationsPointAtTheService(t *testing.T) {
	w := &webhooks{
		clients: &client.Clients{Namespace: "elsewhere"},
		keyPair: webhookKeyPair{bundle: []byte("authority")},
		validations: []admission.Resource{{
			Name: "volumes", APIGroup: "longhorn.io", APIVersion: "v1beta2", Scope: admissionregistration.NamespacedScope,
			OperationTypes: []admissionregistration.OperationType{admissionregistration.Create},
		}},
	}
	validating, mutating := w.validatingConfiguration(), w.mutatingConfiguration()
	if validating.APIVersion != "admissionregistration.k8s.io/v1" || validating.Kind != "ValidatingWebhookConfiguration" || mutating.Kind != "MutatingWebhookConfiguration" {
		t.Errorf("types %v and %v: a server-side apply needs them", validating.TypeMeta, mutating.TypeMeta)
	}
	for path, config := range map[string]admissionregistration.WebhookClientConfig{
		"/v1/webhook/validation": validating.Webhooks[0].ClientConfig,
		"/v1/webhook/mutation":   mutating.Webhooks[0].ClientConfig,
	} {
		service := config.Service
		if service.Namespace != "elsewhere" || service.Name != "longhorn-admission-webhook" || *service.Port != 9502 || *service.Path != path || string(config.CABundle) != "authority" {
			t.Errorf("%s: %+v, authority %q", path, service, config.CABundle)
		}
	}
	rule := validating.Webhooks[0].Rules[0]
	if rule.Resources[0] != "volumes" || rule.APIGroups[0] != "longhorn.io" || rule.APIVersions[0] != "v1beta2" || *rule.Scope != admissionregistration.NamespacedScope || rule.Operations[0] != admissionregistration.Create {
		t.Errorf("rule %+v", rule)
	}
	if *validating.Webhooks[0].FailurePolicy != admissionregistration.Fail {
		t.Error("without the webhooks everything would be let through")
	}
}

func TestRulesKeepTheirScopes(t *testing.T) {
	rules := rulesOf([]admission.Resource{{Scope: admissionregistration.NamespacedScope}, {Scope: admissionregistration.ClusterScope}})
	if *rules[0].Scope != admissionregistration.NamespacedScope || *rules[1].Scope != admissionregistration.ClusterScope {
		t.Errorf("scopes %s and %s", *rules[0].Scope, *rules[1].Scope)
	}
}
