package volume

import (
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// look is all that decides what becomes of a volume: what its custom resources say, how its nodes are, and the clock.
type look struct {
	attachment
	wanted            string // volume.spec.nodeID
	timeIsUp          bool   // of the running attach or detach
	replicas          []replica
	wantedReplicas    int // volume.spec.numberOfReplicas
	nodes             nodes
	schedulable       []string // the nodes that may take a new replica
	autoSalvage       bool     // setting auto-salvage
	degradedIsAllowed bool     // setting allow-volume-creation-with-degraded-availability
	size              size
	wantedSize        int64 // volume.spec.size, bytes
}

// outcome is what its custom resources are to say next.
type outcome struct {
	attachment
	engine     engine
	replicas   []replica
	robustness longhorn.VolumeRobustness
	scheduled  bool
	size       size
}

// step is the double's whole decision.
func step(l look) outcome {
	replicas := placed(l.replicas, l.schedulable)
	if l.state == longhorn.VolumeStateDetached && l.autoSalvage {
		replicas = salvaged(replicas, l.nodes)
	}
	next := l.attachment.next(circumstances{
		wanted:    l.wanted,
		timeIsUp:  l.timeIsUp,
		canAttach: l.wanted != "" && l.nodes.ready(l.wanted) && canStartFrom(replicas, l.nodes),
	})
	e := engineOf(next, l.wanted, l.nodes)
	replicas = afterEngine(e, replicas, l.nodes)
	return outcome{
		attachment: next,
		engine:     e,
		replicas:   replicas,
		robustness: robustnessOf(e, replicas, l.wantedReplicas),
		scheduled:  isScheduled(replicas, l.wantedReplicas, l.degradedIsAllowed),
		size:       l.size.next(l.wantedSize, e.current == longhorn.InstanceStateRunning),
	}
}
