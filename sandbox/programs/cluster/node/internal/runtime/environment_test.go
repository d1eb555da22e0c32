package runtime

import (
	"reflect"
	"slices"
	"testing"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/identity"
	"longhorn-s3/sandbox/cluster/node/internal/images"
)

func TestFactsFor(t *testing.T) {
	pod := &cri.PodSandboxConfig{Metadata: &cri.PodSandboxMetadata{Namespace: "s3", Name: "photos-0", Uid: "u-1"}}
	container := &cri.ContainerConfig{
		Metadata: &cri.ContainerMetadata{Name: "gateway"},
		Image:    &cri.ImageSpec{Image: "sha256:0", UserSpecifiedImage: "quay.io/s3gw/s3gw:v1"},
		Command:  []string{"/radosgw"}, Args: []string{"-d"}, Envs: []*cri.KeyValue{{Key: "KEY", Value: []byte("k")}},
	}
	want := images.Facts{
		IP: "10.244.1.2", Node: "node1", Namespace: "s3", Pod: "photos-0", UID: "u-1", Container: "gateway", Image: "quay.io/s3gw/s3gw:v1",
		Env: map[string]string{"KEY": "k"}, Args: images.Words{"-d"}, Command: images.Words{"/radosgw", "-d"},
	}
	if got := factsFor("node1", "10.244.1.2", pod, container); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestEnvironmentOf(t *testing.T) {
	whose := identity.Container{Node: "node1", Namespace: "s3", Pod: "photos-0", PodUID: "u-1", Name: "gateway"}
	got := environmentOf(map[string]string{"KEY": "k", "HOSTNAME": "theirs", "HOME": "/data"}, "photos-0", whose)
	want := []string{
		"HOME=/data", "HOSTNAME=photos-0", "KEY=k", "PATH=" + defaultPath,
		"SANDBOX_POD_UID=u-1", "SANDBOX_POD_NAMESPACE=s3", "SANDBOX_POD_NAME=photos-0", "SANDBOX_CONTAINER=gateway", "SANDBOX_NODE=node1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
