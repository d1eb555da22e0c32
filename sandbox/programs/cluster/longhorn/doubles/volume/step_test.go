package volume

import (
	"slices"
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// cluster is a volume with three replicas on three nodes.
type cluster struct {
	look
	down, notReady []string
}

func newCluster() *cluster {
	c := &cluster{}
	c.look = look{
		attachment:     attachment{state: longhorn.VolumeStateDetached},
		replicas:       []replica{{name: "r0"}, {name: "r1"}, {name: "r2"}},
		wantedReplicas: 3,
		schedulable:    []string{"node1", "node2", "node3"},
		autoSalvage:    true,
		nodes: nodes{
			up:    func(node string) bool { return !slices.Contains(c.down, node) },
			ready: func(node string) bool { return !slices.Contains(c.down, node) && !slices.Contains(c.notReady, node) },
		},
	}
	return c
}

// step takes one step and checks its outcome: state, node and robustness.
func (c *cluster) step(t *testing.T, state longhorn.VolumeState, node string, robustness longhorn.VolumeRobustness) outcome {
	t.Helper()
	o := step(c.look)
	if o.state != state || o.node != node || o.robustness != robustness {
		t.Fatalf("got %s on %q, %s; want %s on %q, %s", o.state, o.node, o.robustness, state, node, robustness)
	}
	c.attachment, c.replicas = o.attachment, o.replicas
	return o
}

func (c *cluster) attach(t *testing.T, node string) {
	t.Helper()
	c.wanted, c.timeIsUp = node, true
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateAttached, node, longhorn.VolumeRobustnessHealthy)
	c.timeIsUp = false
}

func TestNewVolumeIsDetached(t *testing.T) {
	c := newCluster()
	c.state = ""
	o := c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	if o.engine != (engine{desired: longhorn.InstanceStateStopped, current: longhorn.InstanceStateStopped}) {
		t.Errorf("its engine is %+v", o.engine)
	}
	if !o.scheduled {
		t.Error("it is not scheduled")
	}
}

func TestAttachAndDetachTakeTheirTime(t *testing.T) {
	c := newCluster()
	c.wanted = "node1"
	o := c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	if o.engine.current != longhorn.InstanceStateStarting || o.engine.node != "node1" {
		t.Errorf("while attaching the engine is %+v", o.engine)
	}
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.timeIsUp = true
	o = c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
	if o.engine.current != longhorn.InstanceStateRunning || o.engine.node != "node1" {
		t.Errorf("once attached the engine is %+v", o.engine)
	}
	c.wanted, c.timeIsUp = "", false
	c.step(t, longhorn.VolumeStateDetaching, "node1", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateDetaching, "node1", longhorn.VolumeRobustnessUnknown)
	c.timeIsUp = true
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
}

func TestMoveGoesThroughDetached(t *testing.T) {
	c := newCluster()
	c.attach(t, "node1")
	c.wanted, c.timeIsUp = "node2", true
	c.step(t, longhorn.VolumeStateDetaching, "node1", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateAttached, "node2", longhorn.VolumeRobustnessHealthy)
}

func TestAttachThatIsNoLongerWantedIsUndone(t *testing.T) {
	c := newCluster()
	c.wanted = "node1"
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.wanted, c.timeIsUp = "", true
	c.step(t, longhorn.VolumeStateDetaching, "", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
}

func TestNothingAttachesToANodeThatIsDown(t *testing.T) {
	c := newCluster()
	c.wanted, c.timeIsUp, c.down = "node1", true, []string{"node1"}
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.down = nil
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
}

func TestDegradedWhileAReplicasNodeIsDown(t *testing.T) {
	c := newCluster()
	c.attach(t, "node1")
	c.down = []string{"node3"}
	o := c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessDegraded)
	if failed := failedOn(o.replicas); !slices.Equal(failed, []string{"node3"}) {
		t.Errorf("failed replicas on %v", failed)
	}
	c.down = nil
	o = c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
	if failed := failedOn(o.replicas); failed != nil {
		t.Errorf("after the node's return, failed replicas on %v", failed)
	}
}

func TestFailoverLeavesTheVolumeDegradedUntilTheNodeReturns(t *testing.T) {
	c := newCluster()
	c.attach(t, "node1")
	c.down = []string{"node1"}
	o := c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessUnknown)
	if o.engine.current != longhorn.InstanceStateUnknown {
		t.Errorf("the engine on the node that is down is %s", o.engine.current)
	}
	if failed := failedOn(o.replicas); failed != nil {
		t.Errorf("nobody has dropped a replica yet, but those on %v have failed", failed)
	}
	c.wanted, c.timeIsUp = "", true
	c.step(t, longhorn.VolumeStateDetaching, "node1", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	c.wanted = "node2"
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessUnknown)
	c.step(t, longhorn.VolumeStateAttached, "node2", longhorn.VolumeRobustnessDegraded)
	c.down = nil
	c.step(t, longhorn.VolumeStateAttached, "node2", longhorn.VolumeRobustnessHealthy)
}

func TestNodeThatReturnsInTimeKeepsTheVolume(t *testing.T) {
	c := newCluster()
	c.attach(t, "node1")
	c.down = []string{"node1"}
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessUnknown)
	c.down = nil
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
}

func TestNodeWithoutItsManagerKeepsWhatItHasAndTakesNothingOn(t *testing.T) {
	c := newCluster()
	c.attach(t, "node1")
	c.notReady = []string{"node1", "node2", "node3"} // an upgrade replaces all managers at once
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
	c.down, c.notReady = []string{"node2"}, nil
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessDegraded)
	c.down, c.notReady = nil, []string{"node2"}
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessDegraded)
	c.notReady = nil
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
}

// withOnlyReplicaOn is a volume of one replica, attached to another node than the replica's.
func withOnlyReplicaOn(t *testing.T, replicaNode, node string) *cluster {
	c := newCluster()
	c.replicas, c.wantedReplicas = []replica{{name: "r0", node: replicaNode}}, 1
	c.attach(t, node)
	return c
}

func TestLastReplicaLostFaultsTheVolumeUntilItIsSalvaged(t *testing.T) {
	c := withOnlyReplicaOn(t, "node2", "node1")
	c.down = []string{"node2"}
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessFaulted)
	c.wanted, c.timeIsUp = "", true // Longhorn's VolumeAttachment controller detaches a faulted volume
	c.step(t, longhorn.VolumeStateDetaching, "node1", longhorn.VolumeRobustnessFaulted)
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessFaulted)
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessFaulted)
	c.down = nil
	c.step(t, longhorn.VolumeStateDetached, "", longhorn.VolumeRobustnessUnknown)
	c.attach(t, "node1")
}

func TestFaultedVolumeIsNotReadable(t *testing.T) {
	c := withOnlyReplicaOn(t, "node2", "node1")
	c.down = []string{"node2"}
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessFaulted)
	c.down = nil // there is no good replica to rebuild the failed one from
	c.step(t, longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessFaulted)
}

func TestNothingIsSalvagedWithoutAutoSalvage(t *testing.T) {
	c := newCluster()
	c.autoSalvage = false
	c.replicas, c.wantedReplicas = []replica{{name: "r0", node: "node1", failed: true}}, 1
	c.wanted, c.timeIsUp = "node1", true
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessFaulted)
	c.step(t, longhorn.VolumeStateAttaching, "", longhorn.VolumeRobustnessFaulted)
}

func failedOn(replicas []replica) []string {
	var nodes []string
	for _, r := range replicas {
		if r.failed {
			nodes = append(nodes, r.node)
		}
	}
	return nodes
}
