package daemon

import (
	"context"
	"crypto/tls"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/util/cert"

	"github.com/longhorn/longhorn-manager/types"
)

// webhookKeyPair is what the webhooks of all managers serve with.
type webhookKeyPair struct {
	tls.Certificate
	bundle []byte // PEM: the certificate and the authority that signed it
	host   string // the name that the certificate is for
}

// sharedKeyPair is the same for every manager, since the API server reaches any of them through one Service: the first one
// to store it in the Secret wins. The Secret has the name that Longhorn gives it, so `uninstall` removes it.
func sharedKeyPair(ctx context.Context, client kubernetes.Interface, namespace string) (webhookKeyPair, error) {
	host := fmt.Sprintf("%s.%s.svc", types.AdmissionWebhookServiceName, namespace)
	secrets := client.CoreV1().Secrets(namespace)
	stored, err := secrets.Get(ctx, types.CertName, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		var bundle, key []byte
		if bundle, key, err = cert.GenerateSelfSignedCertKey(host, nil, nil); err != nil {
			return webhookKeyPair{}, err
		}
		stored, err = secrets.Create(ctx, &corev1.Secret{
			ObjectMeta: metav1.ObjectMeta{Name: types.CertName},
			Type:       corev1.SecretTypeTLS,
			Data:       map[string][]byte{corev1.TLSCertKey: bundle, corev1.TLSPrivateKeyKey: key},
		}, metav1.CreateOptions{})
		if apierrors.IsAlreadyExists(err) {
			stored, err = secrets.Get(ctx, types.CertName, metav1.GetOptions{})
		}
	}
	if err != nil {
		return webhookKeyPair{}, err
	}
	pair, err := tls.X509KeyPair(stored.Data[corev1.TLSCertKey], stored.Data[corev1.TLSPrivateKeyKey])
	if err != nil {
		return webhookKeyPair{}, fmt.Errorf("secret %s/%s holds no key pair: %w", namespace, types.CertName, err)
	}
	return webhookKeyPair{Certificate: pair, bundle: stored.Data[corev1.TLSCertKey], host: host}, nil
}
