package main

import (
	"context"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

const answerWithin = 2 * time.Second

// podsGone are the UIDs of those of the processes' pods that are not there any more. While the API server does not answer, nothing is
// said of a pod.
func podsGone(ctx context.Context, client kubernetes.Interface, processes []process) map[string]bool {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	gone := map[string]bool{}
	asked := map[string]bool{"": true} // a process of no pod
	for _, p := range processes {
		if asked[p.PodUID] {
			continue
		}
		asked[p.PodUID] = true
		pod, err := client.CoreV1().Pods(p.Namespace).Get(ctx, p.Pod, metav1.GetOptions{})
		if apierrors.IsNotFound(err) || (err == nil && string(pod.UID) != p.PodUID) {
			gone[p.PodUID] = true
		}
	}
	return gone
}
