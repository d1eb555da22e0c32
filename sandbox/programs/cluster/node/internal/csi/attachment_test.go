package csi

import (
	"testing"

	storagev1 "k8s.io/api/storage/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes/fake"
)

func TestAttachedTo(t *testing.T) {
	attachment := func(handle, node string, attached bool) *storagev1.VolumeAttachment {
		return &storagev1.VolumeAttachment{
			ObjectMeta: metav1.ObjectMeta{Name: attachmentName(handle, node)}, Status: storagev1.VolumeAttachmentStatus{Attached: attached},
		}
	}
	client := fake.NewClientset(attachment("pvc-1", "node1", true), attachment("pvc-1", "node2", false))
	for node, want := range map[string]bool{"node1": true, "node2": false, "node3": false} {
		if got, err := AttachedTo(client, node)(t.Context(), "pvc-1"); err != nil || got != want {
			t.Errorf("%s: %v, %v, want %v", node, got, err, want)
		}
	}
}

func TestAttachmentNameIsTheOneThatKubernetesGives(t *testing.T) {
	// printf %s pvc-1driver.longhorn.ionode1 | sha256sum
	if got, want := attachmentName("pvc-1", "node1"), "csi-3e296781442f0d997a175f49ff9873d932837b8d38b11658746280af0c1fa3f3"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
