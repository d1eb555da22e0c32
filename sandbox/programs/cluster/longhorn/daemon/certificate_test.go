package daemon

import (
	"bytes"
	"crypto/x509"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
)

const namespace = "longhorn-system"

func TestKeyPairIsShared(t *testing.T) {
	client := fake.NewClientset()
	first, err := sharedKeyPair(t.Context(), client, namespace)
	if err != nil {
		t.Fatal(err)
	}
	second, err := sharedKeyPair(t.Context(), client, namespace)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(first.bundle, second.bundle) || !bytes.Equal(first.Certificate.Certificate[0], second.Certificate.Certificate[0]) {
		t.Error("two managers serve with different certificates")
	}
}

func TestCertificateIsForTheService(t *testing.T) {
	pair, err := sharedKeyPair(t.Context(), fake.NewClientset(), namespace)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(pair.Certificate.Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	authorities := x509.NewCertPool()
	authorities.AppendCertsFromPEM(pair.bundle)
	if _, err := leaf.Verify(x509.VerifyOptions{DNSName: "longhorn-admission-webhook.longhorn-system.svc", Roots: authorities}); err != nil {
		t.Error(err)
	}
}

func TestSecretWithoutKeyPairIsNamed(t *testing.T) {
	client := fake.NewClientset()
	if _, err := sharedKeyPair(t.Context(), client, namespace); err != nil {
		t.Fatal(err)
	}
	secrets := client.CoreV1().Secrets(namespace)
	secret, err := secrets.Get(t.Context(), "longhorn-webhook-tls", metav1.GetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	secret.Data["tls.key"] = []byte("broken")
	if _, err := secrets.Update(t.Context(), secret, metav1.UpdateOptions{}); err != nil {
		t.Fatal(err)
	}
	if _, err := sharedKeyPair(t.Context(), client, namespace); err == nil || !bytes.Contains([]byte(err.Error()), []byte("longhorn-system/longhorn-webhook-tls")) {
		t.Errorf("the error is %v", err)
	}
}
