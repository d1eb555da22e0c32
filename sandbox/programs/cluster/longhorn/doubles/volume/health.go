package volume

import (
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// nodes tells how a node is, as Longhorn's node controller sees it. One that is up but not ready (its manager has just gone
// or not come yet) keeps what runs on it and takes nothing on.
type nodes struct {
	up    func(node string) bool
	ready func(node string) bool
}

// replica is one copy of a volume's data.
type replica struct {
	name   string
	node   string // "" = no node could take it so far
	failed bool   // the engine lost it; what it holds may be stale
}

// engine is the process that serves a volume on the node it is attached to.
type engine struct {
	node    string
	desired longhorn.InstanceState
	current longhorn.InstanceState
}

// engineOf tells in which state the engine of an attachment is. The engine of a node that is down is neither running nor
// stopped: nobody can ask it.
func engineOf(a attachment, wanted string, n nodes) engine {
	switch a.state {
	case longhorn.VolumeStateAttaching:
		return engine{node: wanted, desired: longhorn.InstanceStateRunning, current: longhorn.InstanceStateStarting}
	case longhorn.VolumeStateAttached:
		if !n.up(a.node) {
			return engine{node: a.node, desired: longhorn.InstanceStateRunning, current: longhorn.InstanceStateUnknown}
		}
		return engine{node: a.node, desired: longhorn.InstanceStateRunning, current: longhorn.InstanceStateRunning}
	case longhorn.VolumeStateDetaching:
		return engine{node: a.node, desired: longhorn.InstanceStateStopped, current: longhorn.InstanceStateStopping}
	default:
		return engine{desired: longhorn.InstanceStateStopped, current: longhorn.InstanceStateStopped}
	}
}

// canStartFrom tells whether a volume has a replica that an engine could start from.
func canStartFrom(replicas []replica, n nodes) bool {
	for _, r := range replicas {
		if r.node != "" && !r.failed && n.up(r.node) {
			return true
		}
	}
	return false
}

// afterEngine is what the engine makes of the replicas. A running one drops those on nodes that are down, and rebuilds a
// failed one as soon as its node is ready again, from another that it can read. (A rebuild takes no time here.) Without a
// running engine nothing changes.
func afterEngine(e engine, replicas []replica, n nodes) []replica {
	if e.current != longhorn.InstanceStateRunning {
		return replicas
	}
	canRebuild := canStartFrom(replicas, n)
	after := make([]replica, len(replicas))
	for i, r := range replicas {
		switch {
		case r.node == "":
		case !n.up(r.node):
			r.failed = true
		case canRebuild && n.ready(r.node):
			r.failed = false
		}
		after[i] = r
	}
	return after
}

// salvaged brings back the replicas whose nodes are ready, if all of them have failed: Longhorn's auto-salvage, which runs
// while the volume is detached.
func salvaged(replicas []replica, n nodes) []replica {
	if !allFailed(replicas) {
		return replicas
	}
	after := make([]replica, len(replicas))
	for i, r := range replicas {
		if r.node != "" && n.ready(r.node) {
			r.failed = false
		}
		after[i] = r
	}
	return after
}

// robustnessOf sums the replicas up as Longhorn does: a volume that is not served by a running engine is "unknown" unless
// all its replicas have failed.
func robustnessOf(e engine, replicas []replica, wantedReplicas int) longhorn.VolumeRobustness {
	healthy := 0
	for _, r := range replicas {
		if r.node != "" && !r.failed {
			healthy++
		}
	}
	switch {
	case allFailed(replicas):
		return longhorn.VolumeRobustnessFaulted
	case e.current != longhorn.InstanceStateRunning:
		return longhorn.VolumeRobustnessUnknown
	case healthy < wantedReplicas:
		return longhorn.VolumeRobustnessDegraded
	default:
		return longhorn.VolumeRobustnessHealthy
	}
}

// allFailed tells whether a volume has data and has lost every copy of it.
func allFailed(replicas []replica) bool {
	placed := 0
	for _, r := range replicas {
		if r.node == "" {
			continue
		}
		if !r.failed {
			return false
		}
		placed++
	}
	return placed > 0
}
