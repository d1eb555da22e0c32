package csi

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"github.com/moby/sys/mountinfo"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"longhorn-s3/sandbox/cluster/node/internal/mounttest"
	"longhorn-s3/sandbox/cluster/node/volumes"
)

func TestMain(m *testing.M) { mounttest.Main(m) }

const handle = "pvc-1"

// cluster are three nodes that share their volumes, and what Kubernetes says of attachments.
type cluster struct {
	t          *testing.T
	directory  string
	attachedTo map[string]bool
}

func newCluster(t *testing.T) *cluster {
	return &cluster{t: t, directory: t.TempDir(), attachedTo: map[string]bool{"node1": true}}
}

func (c *cluster) node(name string) *Service {
	return &Service{
		Node: name, Volumes: volumes.Store{Directory: filepath.Join(c.directory, "volumes")},
		Attached: func(context.Context, string) (bool, error) { return c.attachedTo[name], nil },
	}
}

func (c *cluster) target(node string) string {
	return filepath.Join(c.directory, node, "pods", "u-1", "volumes", "mount")
}

var filesystem = &csi.VolumeCapability{AccessType: &csi.VolumeCapability_Mount{Mount: &csi.VolumeCapability_MountVolume{}}}

func (c *cluster) stage(node string) error {
	_, err := c.node(node).NodeStageVolume(c.t.Context(), &csi.NodeStageVolumeRequest{VolumeId: handle, StagingTargetPath: "/unused", VolumeCapability: filesystem})
	return err
}

func (c *cluster) publish(node string) error {
	_, err := c.node(node).NodePublishVolume(c.t.Context(), &csi.NodePublishVolumeRequest{VolumeId: handle, TargetPath: c.target(node), VolumeCapability: filesystem})
	return err
}

func (c *cluster) unpublish(node string) error {
	_, err := c.node(node).NodeUnpublishVolume(c.t.Context(), &csi.NodeUnpublishVolumeRequest{VolumeId: handle, TargetPath: c.target(node)})
	return err
}

func (c *cluster) unstage(node string) error {
	_, err := c.node(node).NodeUnstageVolume(c.t.Context(), &csi.NodeUnstageVolumeRequest{VolumeId: handle, StagingTargetPath: "/unused"})
	return err
}

// attach stages and publishes the volume on a node, and leaves it for the test's end to unpublish.
func (c *cluster) attach(node string) {
	c.t.Helper()
	c.attachedTo[node] = true
	c.want(c.stage(node))
	c.want(c.publish(node))
	c.t.Cleanup(func() { c.unpublish(node) })
}

func (c *cluster) want(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *cluster) write(node, name string) {
	c.t.Helper()
	c.want(os.WriteFile(filepath.Join(c.target(node), name), nil, 0o644))
}

func (c *cluster) wantNames(node string, want ...string) {
	c.t.Helper()
	entries, err := os.ReadDir(c.target(node))
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if err != nil || strings.Join(got, " ") != strings.Join(want, " ") {
		c.t.Errorf("on %s: %v, %v, want %v", node, got, err, want)
	}
}

func TestTheLifeOfAnAttachment(t *testing.T) {
	c := newCluster(t)
	for range 2 { // each call may come again
		c.want(c.stage("node1"))
		c.want(c.publish("node1"))
	}
	c.write("node1", "object")
	for range 2 {
		c.want(c.unpublish("node1"))
		c.want(c.unstage("node1"))
	}
	if _, err := os.Lstat(c.target("node1")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the target is still there: %v", err)
	}
	c.attach("node2")
	c.wantNames("node2", "object")
}

func TestWhatIsPublishedCanBeReadOnly(t *testing.T) {
	c := newCluster(t)
	c.want(c.stage("node1"))
	request := &csi.NodePublishVolumeRequest{VolumeId: handle, TargetPath: c.target("node1"), VolumeCapability: filesystem, Readonly: true}
	_, err := c.node("node1").NodePublishVolume(t.Context(), request)
	c.want(err)
	t.Cleanup(func() { c.unpublish("node1") })
	if err := os.WriteFile(filepath.Join(c.target("node1"), "object"), nil, 0o644); err == nil {
		t.Error("it can be written to")
	}
}

func TestAnIsolatedNodeGoesOnWithoutTheOthersSeeingIt(t *testing.T) {
	c := newCluster(t)
	c.attach("node1")
	c.write("node1", "before")
	c.attach("node2")
	c.write("node1", "lost")
	c.write("node2", "kept")
	c.wantNames("node1", "before", "lost")
	c.wantNames("node2", "before", "kept")

	// It comes back, lets go, and gets the volume again later.
	c.want(c.unpublish("node1"))
	c.want(c.unstage("node1"))
	c.want(c.unpublish("node2"))
	c.want(c.unstage("node2"))
	c.attach("node1")
	c.wantNames("node1", "before", "kept")
}

func TestAVolumeThatIsNotAttachedIsRefused(t *testing.T) {
	c := newCluster(t)
	c.attach("node2")
	c.attachedTo["node1"] = false
	for name, call := range map[string]func(string) error{"stage": c.stage, "publish": c.publish} {
		if err := call("node1"); status.Code(err) != codes.InvalidArgument || !strings.Contains(err.Error(), "hasn't been attached yet") {
			t.Errorf("%s: error %v", name, err)
		}
	}
	if _, staged, err := c.node("node2").Volumes.StagedDirectory(t.Context(), handle, "node2"); !staged || err != nil {
		t.Errorf("node2 has lost the volume: %v", err)
	}
}

func TestWhileTheAPIServerDoesNotAnswerNothingIsStaged(t *testing.T) {
	c := newCluster(t)
	service := c.node("node1")
	service.Attached = func(context.Context, string) (bool, error) { return false, errors.New("connection refused") }
	_, err := service.NodeStageVolume(t.Context(), &csi.NodeStageVolumeRequest{VolumeId: handle, VolumeCapability: filesystem})
	if status.Code(err) != codes.Unavailable || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("error %v", err)
	}
}

func TestANodeThatStillCountsItAsStagedGetsTheDataOfNow(t *testing.T) {
	c := newCluster(t)
	c.attach("node1")
	c.attach("node2")
	c.write("node2", "kept")
	c.want(c.unpublish("node2"))
	c.want(c.unstage("node2"))
	// node1 never unstaged; for another pod it only publishes.
	c.want(c.unpublish("node1"))
	c.want(c.publish("node1"))
	c.wantNames("node1", "kept")
}

func TestAFailedUnpublishNeverDeletesTheVolume(t *testing.T) {
	c := newCluster(t)
	c.attach("node1")
	c.write("node1", "object")
	busy, err := os.Open(filepath.Join(c.target("node1"), "object"))
	c.want(err)
	if err := c.unpublish("node1"); status.Code(err) != codes.Internal {
		t.Errorf("error %v, want that it is busy", err)
	}
	c.wantNames("node1", "object")
	c.want(busy.Close())
	c.want(c.unpublish("node1"))
	if mounted, _ := mountinfo.Mounted(c.directory); mounted {
		t.Error("still mounted")
	}
}

func TestStagingTakesItsTimeAndCanBeGivenUp(t *testing.T) {
	c := newCluster(t)
	service := c.node("node1")
	service.StageDelay = time.Minute
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if _, err := service.NodeStageVolume(ctx, &csi.NodeStageVolumeRequest{VolumeId: handle, VolumeCapability: filesystem}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
}

func TestRequestsThatMakeNoSense(t *testing.T) {
	service := newCluster(t).node("node1")
	block := &csi.VolumeCapability{AccessType: &csi.VolumeCapability_Block{Block: &csi.VolumeCapability_BlockVolume{}}}
	for name, call := range map[string]func() (any, error){
		"stage without capability": func() (any, error) {
			return service.NodeStageVolume(t.Context(), &csi.NodeStageVolumeRequest{VolumeId: handle})
		},
		"stage a block device": func() (any, error) {
			return service.NodeStageVolume(t.Context(), &csi.NodeStageVolumeRequest{VolumeId: handle, VolumeCapability: block})
		},
		"stage a path": func() (any, error) {
			return service.NodeStageVolume(t.Context(), &csi.NodeStageVolumeRequest{VolumeId: "../x", VolumeCapability: filesystem})
		},
		"publish nowhere": func() (any, error) {
			return service.NodePublishVolume(t.Context(), &csi.NodePublishVolumeRequest{VolumeId: handle, VolumeCapability: filesystem})
		},
		"unpublish nowhere": func() (any, error) {
			return service.NodeUnpublishVolume(t.Context(), &csi.NodeUnpublishVolumeRequest{VolumeId: handle})
		},
		"expand to no size": func() (any, error) {
			return service.NodeExpandVolume(t.Context(), &csi.NodeExpandVolumeRequest{VolumeId: handle, VolumeCapability: filesystem})
		},
		"unstage a path": func() (any, error) {
			return service.NodeUnstageVolume(t.Context(), &csi.NodeUnstageVolumeRequest{VolumeId: ".."})
		},
	} {
		if _, err := call(); status.Code(err) != codes.InvalidArgument {
			t.Errorf("%s: error %v", name, err)
		}
	}
}
