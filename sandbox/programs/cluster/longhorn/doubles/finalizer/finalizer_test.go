package finalizer

import (
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func TestReleased(t *testing.T) {
	now := metav1.Now()
	for _, c := range []struct {
		name   string
		object metav1.ObjectMeta
		want   string
	}{
		{"lives", metav1.ObjectMeta{Finalizers: []string{"longhorn.io"}}, ""},
		{"is let go already", metav1.ObjectMeta{DeletionTimestamp: &now, Finalizers: []string{"other"}}, ""},
		{
			"only ours",
			metav1.ObjectMeta{DeletionTimestamp: &now, Finalizers: []string{"longhorn.io"}, ResourceVersion: "7"},
			`{"metadata":{"finalizers":[],"resourceVersion":"7"}}`,
		},
		{
			"others stay",
			metav1.ObjectMeta{DeletionTimestamp: &now, Finalizers: []string{"a", "longhorn.io", "b"}, ResourceVersion: "7"},
			`{"metadata":{"finalizers":["a","b"],"resourceVersion":"7"}}`,
		},
	} {
		patch, err := released(c.object)
		if err != nil || string(patch) != c.want {
			t.Errorf("%s: patch %s, %v; want %s", c.name, patch, err, c.want)
		}
	}
}
