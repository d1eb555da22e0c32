package volume

import (
	"reflect"
	"time"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

// write brings a volume's custom resources to an outcome. The volume comes last: whoever sees it attached may rely on its
// engine.
func (d *Double) write(v *longhorn.Volume, e *longhorn.Engine, replicas map[string]*longhorn.Replica, o outcome, now time.Time) error {
	at := now.UTC().Format(time.RFC3339)
	for _, r := range o.replicas {
		if err := d.writeReplica(replicas[r.name], r, o.engine, o.size.asked, at); err != nil {
			return err
		}
	}
	if err := d.writeEngine(e, v, o); err != nil {
		return err
	}
	return d.writeVolume(v, o, at)
}

func (d *Double) writeVolume(v *longhorn.Volume, o outcome, at string) error {
	before := v.Status.DeepCopy()
	status := &v.Status
	initRestore(v)
	status.OwnerID, status.CurrentImage = d.owner, v.Spec.Image
	status.State, status.CurrentNodeID, status.Robustness = o.state, o.node, o.robustness
	status.ExpansionRequired = o.size.required
	switch {
	case o.robustness != longhorn.VolumeRobustnessDegraded:
		status.LastDegradedAt = ""
	case status.LastDegradedAt == "":
		status.LastDegradedAt = at
	}
	scheduled, reason := longhorn.ConditionStatusTrue, ""
	if !o.scheduled {
		scheduled, reason = longhorn.ConditionStatusFalse, longhorn.VolumeConditionReasonReplicaSchedulingFailure
	}
	status.Conditions = types.SetCondition(status.Conditions, longhorn.VolumeConditionTypeScheduled, scheduled, reason, "")
	if reflect.DeepEqual(before, status) {
		return nil
	}
	if _, err := d.ds.UpdateVolumeStatus(v); err != nil {
		return err
	}
	if before.State != o.state || before.Robustness != o.robustness {
		d.log.Infof("Volume %s: %s, %s, node %q", v.Name, o.state, o.robustness, o.node)
	}
	if before.ExpansionRequired && !status.ExpansionRequired {
		d.log.Infof("Volume %s has grown to %d bytes", v.Name, v.Spec.Size)
	}
	return nil
}
