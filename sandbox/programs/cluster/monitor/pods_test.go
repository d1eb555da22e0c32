package main

import (
	"errors"
	"maps"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes/fake"
	clienttesting "k8s.io/client-go/testing"
)

func pod(name, uid string) *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Namespace: "photos", Name: name, UID: types.UID(uid)}}
}

func TestPodsGone(t *testing.T) {
	client := fake.NewClientset(pod("pod-here", "here"), pod("pod-replaced", "its successor"))
	processes := []process{on("a", 1, "here"), on("a", 2, "deleted"), on("a", 3, "replaced"), on("a", 4, "")}
	want := map[string]bool{"deleted": true, "replaced": true}
	if got := podsGone(t.Context(), client, processes); !maps.Equal(got, want) {
		t.Errorf("gone %v, want %v", got, want)
	}
}

func TestWhileTheAPIServerDoesNotAnswerNobodyIsGone(t *testing.T) {
	client := fake.NewClientset()
	client.PrependReactor("get", "pods", func(clienttesting.Action) (bool, runtime.Object, error) {
		return true, nil, errors.New("connection refused")
	})
	if got := podsGone(t.Context(), client, []process{on("a", 1, "x")}); len(got) > 0 {
		t.Errorf("gone %v", got)
	}
}
