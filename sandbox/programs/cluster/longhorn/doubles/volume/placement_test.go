package volume

import (
	"slices"
	"testing"
)

func TestReplicasAreOnDifferentNodes(t *testing.T) {
	before := []replica{{name: "r0"}, {name: "r1", node: "node2"}, {name: "r2"}, {name: "r3"}}
	after := placed(before, []string{"node3", "node2", "node1"})
	want := []replica{{name: "r0", node: "node1"}, {name: "r1", node: "node2"}, {name: "r2", node: "node3"}, {name: "r3"}}
	if !slices.Equal(after, want) {
		t.Errorf("placed %+v, want %+v", after, want)
	}
	if before[0].node != "" {
		t.Error("the replicas given were changed")
	}
}

func TestSurplus(t *testing.T) {
	replicas := []replica{{name: "r0", node: "node1", failed: true}, {name: "r1", node: "node2"}, {name: "r2"}, {name: "r3", node: "node3"}}
	for wanted, want := range map[int][]string{
		5: nil,
		4: nil,
		3: {"r2"},
		2: {"r0", "r2"},
		1: {"r3", "r0", "r2"},
	} {
		if got := surplus(replicas, wanted); !slices.Equal(got, want) {
			t.Errorf("with %d wanted, %v are too many; want %v", wanted, got, want)
		}
	}
}

func TestIsScheduled(t *testing.T) {
	on := func(node string, failed bool) replica { return replica{node: node, failed: failed} }
	for _, c := range []struct {
		name              string
		replicas          []replica
		degradedIsAllowed bool
		want              bool
	}{
		{"all placed", []replica{on("node1", false), on("node2", false)}, false, true},
		{"one of two, not allowed", []replica{on("node1", false), on("", false)}, false, false},
		{"one of two, allowed", []replica{on("node1", false), on("", false)}, true, true},
		{"only a failed one, allowed", []replica{on("node1", true), on("", false)}, true, false},
		{"none, allowed", []replica{on("", false), on("", false)}, true, false},
	} {
		if got := isScheduled(c.replicas, 2, c.degradedIsAllowed); got != c.want {
			t.Errorf("%s: scheduled = %v, want %v", c.name, got, c.want)
		}
	}
}
