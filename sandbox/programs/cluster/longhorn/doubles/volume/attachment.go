package volume

import (
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// attachment is where a volume stands between detached and attached.
type attachment struct {
	state longhorn.VolumeState
	node  string // the node it is attached to or is being detached from; "" when there is none
}

// circumstances are what decides over an attachment's next step.
type circumstances struct {
	wanted    string // the node that Longhorn's VolumeAttachment controller wants it on; "" = none
	timeIsUp  bool   // the running attach or detach has taken its time
	canAttach bool   // the wanted node is up, and so is a replica to start from
}

// next is the step that Longhorn's volume controller would take: one at a time, and always through "detached" between two
// nodes. An attach that nothing can carry out waits; one that is no longer wanted is undone like a finished one.
func (a attachment) next(c circumstances) attachment {
	switch a.state {
	case longhorn.VolumeStateDetached:
		if c.wanted != "" {
			return attachment{state: longhorn.VolumeStateAttaching}
		}
	case longhorn.VolumeStateAttaching:
		if c.wanted == "" {
			return attachment{state: longhorn.VolumeStateDetaching}
		}
		if c.timeIsUp && c.canAttach {
			return attachment{state: longhorn.VolumeStateAttached, node: c.wanted}
		}
	case longhorn.VolumeStateAttached:
		if c.wanted != a.node {
			return attachment{state: longhorn.VolumeStateDetaching, node: a.node}
		}
	case longhorn.VolumeStateDetaching:
		if c.timeIsUp {
			return attachment{state: longhorn.VolumeStateDetached}
		}
	default: // a new volume
		return attachment{state: longhorn.VolumeStateDetached}
	}
	return a
}
