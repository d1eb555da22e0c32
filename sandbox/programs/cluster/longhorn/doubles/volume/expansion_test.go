package volume

import (
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

const gib = int64(1 << 30)

func TestRunningEngineGrowsStepByStep(t *testing.T) {
	s := size{asked: gib, current: gib}
	for _, want := range []size{
		{asked: 2 * gib, current: gib, required: true},
		{asked: 2 * gib, current: gib, required: true, expanding: true},
		{asked: 2 * gib, current: 2 * gib, required: true},
		{asked: 2 * gib, current: 2 * gib},
		{asked: 2 * gib, current: 2 * gib},
	} {
		if s = s.next(2*gib, true); s != want {
			t.Fatalf("got %+v, want %+v", s, want)
		}
	}
}

func TestStoppedEngineGrowsWhenItStarts(t *testing.T) {
	s := size{asked: gib, current: gib}
	for _, step := range []struct {
		runs bool
		want size
	}{
		{false, size{asked: 2 * gib, required: true}},
		{false, size{asked: 2 * gib, required: true}},
		{true, size{asked: 2 * gib, current: 2 * gib}},
	} {
		if s = s.next(2*gib, step.runs); s != step.want {
			t.Fatalf("got %+v, want %+v", s, step.want)
		}
	}
}

func TestEngineThatStopsWhileItGrowsIsNotExpanding(t *testing.T) {
	s := size{asked: 2 * gib, current: gib, expanding: true, required: true}
	if s = s.next(2*gib, false); s != (size{asked: 2 * gib, required: true}) {
		t.Errorf("got %+v", s)
	}
}

func TestEnlargedVolumeGrowsInItsCustomResources(t *testing.T) {
	b := newBench(t)
	b.want("node1")
	b.until(longhorn.VolumeStateAttached, "node1", longhorn.VolumeRobustnessHealthy)
	if e := b.engine(); e.Status.CurrentSize != gib {
		t.Fatalf("the engine has %d bytes", e.Status.CurrentSize)
	}
	b.enlarge(2 * gib)
	seen := b.untilGrown(2 * gib)
	if !seen.required || !seen.expanding {
		t.Errorf("on the way it was required: %v, expanding: %v", seen.required, seen.expanding)
	}
	for _, node := range []string{"node1", "node2", "node3"} {
		if r := b.replicaOn(node); r.Spec.VolumeSize != 2*gib {
			t.Errorf("the replica on %s is of %d bytes", node, r.Spec.VolumeSize)
		}
	}
}
