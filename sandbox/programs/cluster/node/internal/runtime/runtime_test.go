package runtime

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/internal/notrun"
	"longhorn-s3/sandbox/cluster/node/internal/process"
)

type node struct {
	*Runtime
	t         *testing.T
	directory string
}

func newNode(t *testing.T, table string) node {
	t.Helper()
	n := node{t: t, directory: t.TempDir()}
	for name, content := range map[string]string{"images.json": table, "hosts": "127.0.0.1 localhost\n", "resolv.conf": ""} {
		if err := os.WriteFile(filepath.Join(n.directory, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	users, err := process.CurrentUserNamespace()
	if err != nil {
		t.Fatal(err)
	}
	n.Runtime = New(Config{
		Node: "node1", Address: "192.0.2.11", PodPrefix: "10.244.1.", Images: n.file("images.json"), NotRun: notrun.Log{File: n.file("not-run.jsonl")},
		Scratch: n.file("roots"), Machine: "/", HostsFile: func(string) (string, error) { return n.file("hosts"), nil }, ResolverFile: n.file("resolv.conf"),
		HostPath: func(path string) (string, error) { return path, nil }, UserNamespace: users,
	})
	return n
}

func (n node) file(name string) string { return filepath.Join(n.directory, name) }

// pod makes a pod sandbox.
func (n node) pod() string {
	n.t.Helper()
	response, err := n.RunPodSandbox(n.t.Context(), &cri.RunPodSandboxRequest{Config: &cri.PodSandboxConfig{
		Metadata: &cri.PodSandboxMetadata{Namespace: "s3", Name: "photos-0", Uid: "u-1"}, Hostname: "photos-0", LogDirectory: n.file("logs"),
		Labels: map[string]string{"app": "photos"},
	}})
	if err != nil {
		n.t.Fatal(err)
	}
	return response.PodSandboxId
}

// created makes a container of a pod.
func (n node) created(podID, image string) string {
	n.t.Helper()
	response, err := n.CreateContainer(n.t.Context(), &cri.CreateContainerRequest{PodSandboxId: podID, Config: &cri.ContainerConfig{
		Metadata: &cri.ContainerMetadata{Name: "gateway"}, Image: &cri.ImageSpec{Image: image}, LogPath: "0.log",
	}})
	if err != nil {
		n.t.Fatal(err)
	}
	return response.ContainerId
}

func (n node) start(containerID string) error {
	_, err := n.StartContainer(n.t.Context(), &cri.StartContainerRequest{ContainerId: containerID})
	return err
}

func (n node) statusOf(containerID string) *cri.ContainerStatus {
	n.t.Helper()
	response, err := n.ContainerStatus(n.t.Context(), &cri.ContainerStatusRequest{ContainerId: containerID})
	if err != nil {
		n.t.Fatal(err)
	}
	return response.Status
}

func TestAnImageWithoutARuleIdlesAndIsListed(t *testing.T) {
	n := newNode(t, `{"rules":[]}`)
	id := n.created(n.pod(), "longhornio/longhorn-ui:v1")
	if err := n.start(id); err != nil {
		t.Fatal(err)
	}
	if got := n.statusOf(id); got.State != cri.ContainerState_CONTAINER_RUNNING || got.StartedAt == 0 || got.FinishedAt != 0 {
		t.Errorf("status %+v", got)
	}
	listed, err := os.ReadFile(n.file("not-run.jsonl"))
	if err != nil || !strings.Contains(string(listed), `"node":"node1","namespace":"s3","pod":"photos-0","container":"gateway","image":"longhornio/longhorn-ui:v1"}`) {
		t.Errorf("listed %q, %v", listed, err)
	}
	if response, err := n.ExecSync(t.Context(), &cri.ExecSyncRequest{ContainerId: id, Cmd: []string{"false"}}); err != nil || response.ExitCode != 0 {
		t.Errorf("a probe: %v, %v", response, err)
	}
	if _, err := n.StopContainer(t.Context(), &cri.StopContainerRequest{ContainerId: id, Timeout: 30}); err != nil {
		t.Fatal(err)
	}
	if got := n.statusOf(id); got.State != cri.ContainerState_CONTAINER_EXITED || got.ExitCode != 0 || got.Reason != "Completed" {
		t.Errorf("status %+v", got)
	}
}

func TestABrokenTableFailsTheStartOfEveryContainer(t *testing.T) {
	for name, table := range map[string]string{
		"no JSON":            `{`,
		"a rule of no use":   `{"rules":[{"image":"a/b"}]}`,
		"a broken template":  `{"rules":[{"image":"a/b","argv":["{{.Nothing"]}]}`,
		"an unknown setting": `{"rules":[],"idle":true}`,
	} {
		n := newNode(t, table)
		id := n.created(n.pod(), "longhornio/longhorn-ui:v1")
		err := n.start(id)
		if err == nil || !strings.Contains(err.Error(), "images.json") {
			t.Errorf("%s: error %v", name, err)
		}
		if got := n.statusOf(id); got.State != cri.ContainerState_CONTAINER_EXITED || got.ExitCode != 128 || got.Reason != "StartError" || !strings.Contains(got.Message, "images.json") {
			t.Errorf("%s: status %+v", name, got)
		}
		if _, err := os.Stat(n.file("not-run.jsonl")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: it is listed as one that idles", name)
		}
	}
}

func TestATemplateThatCannotBeFilledFailsTheStart(t *testing.T) {
	n := newNode(t, `{"rules":[{"image":"a/b","argv":["/bin/true","{{.Env.MISSING}}"]}]}`)
	if err := n.start(n.created(n.pod(), "a/b")); err == nil || !strings.Contains(err.Error(), "MISSING") {
		t.Errorf("error %v", err)
	}
}

func TestARuleGivesPartsOfTheSandboxToItsContainers(t *testing.T) {
	n := newNode(t, `{"rules":[]}`)
	c, err := n.container(n.created(n.pod(), "a/b"))
	if err != nil {
		t.Fatal(err)
	}
	mounts, err := n.mounts(c, "s3", []string{"/d/volumes"})
	if want := (process.Mount{Source: "/d/volumes", Destination: "/d/volumes"}); err != nil || !slices.Contains(mounts, want) {
		t.Errorf("mounts %v, %v, want %v among them", mounts, err, want)
	}
}

func TestAContainerIsStartedOnce(t *testing.T) {
	n := newNode(t, `{"rules":[]}`)
	id := n.created(n.pod(), "a/b")
	if err := n.start(id); err != nil {
		t.Fatal(err)
	}
	if err := n.start(id); status.Code(err) != codes.FailedPrecondition {
		t.Errorf("error %v", err)
	}
	stopped := n.created(n.pod(), "a/b")
	if _, err := n.StopContainer(t.Context(), &cri.StopContainerRequest{ContainerId: stopped}); err != nil {
		t.Fatal(err)
	}
	if err := n.start(stopped); status.Code(err) != codes.FailedPrecondition {
		t.Errorf("error %v", err)
	}
	if got := n.statusOf(stopped); got.ExitCode != 137 {
		t.Errorf("status %+v", got)
	}
}

func TestPodsAndTheirAddresses(t *testing.T) {
	n := newNode(t, `{"rules":[]}`)
	first, second := n.pod(), n.pod()
	hostNetwork, err := n.RunPodSandbox(t.Context(), &cri.RunPodSandboxRequest{Config: &cri.PodSandboxConfig{
		Metadata: &cri.PodSandboxMetadata{Name: "manager"}, LogDirectory: n.file("logs"),
		Linux: &cri.LinuxPodSandboxConfig{SecurityContext: &cri.LinuxSandboxSecurityContext{NamespaceOptions: &cri.NamespaceOption{Network: cri.NamespaceMode_NODE}}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{first: "10.244.1.2", second: "10.244.1.3", hostNetwork.PodSandboxId: ""} {
		response, err := n.PodSandboxStatus(t.Context(), &cri.PodSandboxStatusRequest{PodSandboxId: id})
		if err != nil || response.Status.Network.Ip != want {
			t.Errorf("%s: %+v, %v, want address %q", id, response.GetStatus(), err, want)
		}
	}
	container := n.created(first, "a/b")
	if err := n.start(container); err != nil {
		t.Fatal(err)
	}
	if _, err := n.RemovePodSandbox(t.Context(), &cri.RemovePodSandboxRequest{PodSandboxId: first}); err != nil {
		t.Fatal(err)
	}
	if _, err := n.ContainerStatus(t.Context(), &cri.ContainerStatusRequest{ContainerId: container}); status.Code(err) != codes.NotFound {
		t.Errorf("the container of a pod that was removed: %v", err)
	}
	pods, err := n.ListPodSandbox(t.Context(), &cri.ListPodSandboxRequest{Filter: &cri.PodSandboxFilter{LabelSelector: map[string]string{"app": "photos"}}})
	if err != nil || len(pods.Items) != 1 || pods.Items[0].Id != second {
		t.Errorf("pods %v, %v, want %s", pods, err, second)
	}
}

func TestListContainersFilters(t *testing.T) {
	n := newNode(t, `{"rules":[]}`)
	podID := n.pod()
	running, created := n.created(podID, "a/b"), n.created(n.pod(), "a/b")
	if err := n.start(running); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		filter *cri.ContainerFilter
		want   int
	}{
		{nil, 2}, {&cri.ContainerFilter{Id: created}, 1}, {&cri.ContainerFilter{PodSandboxId: podID}, 1},
		{&cri.ContainerFilter{State: &cri.ContainerStateValue{State: cri.ContainerState_CONTAINER_RUNNING}}, 1},
		{&cri.ContainerFilter{Id: created, State: &cri.ContainerStateValue{State: cri.ContainerState_CONTAINER_RUNNING}}, 0},
		{&cri.ContainerFilter{LabelSelector: map[string]string{"app": "photos"}}, 0},
	} {
		if got, err := n.ListContainers(t.Context(), &cri.ListContainersRequest{Filter: c.filter}); err != nil || len(got.Containers) != c.want {
			t.Errorf("%v: %d containers, %v, want %d", c.filter, len(got.GetContainers()), err, c.want)
		}
	}
}

func TestPullTakesItsTimeAndAnImageIsKnownAfterwards(t *testing.T) {
	n := newNode(t, `{"pullDelay":"50ms","rules":[]}`)
	image := &cri.ImageSpec{Image: "a/b:v1"}
	if response, err := n.ImageStatus(t.Context(), &cri.ImageStatusRequest{Image: image}); err != nil || response.Image != nil {
		t.Errorf("before: %v, %v", response, err)
	}
	begun := time.Now()
	if _, err := n.PullImage(t.Context(), &cri.PullImageRequest{Image: image}); err != nil || time.Since(begun) < 50*time.Millisecond {
		t.Errorf("pulled in %v, %v", time.Since(begun), err)
	}
	if response, err := n.ImageStatus(t.Context(), &cri.ImageStatusRequest{Image: image}); err != nil || response.Image.GetUid() == nil {
		t.Errorf("after: %v, %v", response, err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.PullImage(ended, &cri.PullImageRequest{Image: image}); !errors.Is(err, context.Canceled) {
		t.Errorf("a pull that was given up: %v", err)
	}
}

func TestAnImageOfAnUnknownRegistryIsNotPulled(t *testing.T) {
	n := newNode(t, `{"unknownRegistries":["registry.invalid"],"rules":[]}`)
	image := &cri.ImageSpec{Image: "registry.invalid/a/b:v1"}
	if _, err := n.PullImage(t.Context(), &cri.PullImageRequest{Image: image}); err == nil || !strings.Contains(err.Error(), "no such host") {
		t.Errorf("error %v", err)
	}
	if response, err := n.ImageStatus(t.Context(), &cri.ImageStatusRequest{Image: image}); err != nil || response.Image != nil {
		t.Errorf("after: %v, %v", response, err)
	}
}
