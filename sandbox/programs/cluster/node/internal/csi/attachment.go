package csi

import (
	"context"
	"crypto/sha256"
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// AttachedTo asks the API server whether a volume is attached to node.
func AttachedTo(client kubernetes.Interface, node string) func(ctx context.Context, handle string) (bool, error) {
	return func(ctx context.Context, handle string) (bool, error) {
		attachment, err := client.StorageV1().VolumeAttachments().Get(ctx, attachmentName(handle, node), metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		return attachment.Status.Attached, nil
	}
}

// attachmentName is the name that the attach-detach controller gives, pkg/volume/csi in k8s.io/kubernetes.
func attachmentName(handle, node string) string {
	return fmt.Sprintf("csi-%x", sha256.Sum256([]byte(handle+Driver+node)))
}
