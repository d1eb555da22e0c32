package volume

import (
	"reflect"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

func (d *Double) writeReplica(object *longhorn.Replica, r replica, e engine, volumeSize int64, at string) error {
	spec, status := object.Spec, object.Status
	spec.NodeID, spec.DesireState, spec.VolumeSize = r.node, e.desired, volumeSize
	if r.node != "" && spec.DiskID == "" {
		spec.DiskID, spec.DiskPath = d.diskOf(r.node)
	}
	isBack := spec.FailedAt != "" && !r.failed
	switch {
	case isBack:
		spec.FailedAt = ""
	case r.failed && spec.FailedAt == "":
		spec.FailedAt, spec.LastFailedAt = at, at
	}
	status.OwnerID, status.CurrentImage, status.CurrentState = d.owner, spec.Image, d.stateOf(r, e)
	status.Started = status.CurrentState == longhorn.InstanceStateRunning
	status.IP, status.StorageIP = "", "" // Longhorn's datastore insists on an address exactly while a replica runs
	if status.Started {
		status.IP, status.StorageIP = d.addressOf(r.node), d.addressOf(r.node)
		if e.current == longhorn.InstanceStateRunning && (isBack || spec.HealthyAt == "") {
			spec.HealthyAt, spec.LastHealthyAt = at, at
		}
	}
	if !reflect.DeepEqual(spec, object.Spec) {
		object.Spec = spec
		updated, err := d.ds.UpdateReplica(object)
		if err != nil {
			return err
		}
		object = updated
	}
	if reflect.DeepEqual(status, object.Status) {
		return nil
	}
	object.Status = status
	_, err := d.ds.UpdateReplicaStatus(object)
	return err
}

// stateOf is the state of a replica's process. It runs with the engine and where it can.
func (d *Double) stateOf(r replica, e engine) longhorn.InstanceState {
	switch {
	case r.node == "" || e.desired == longhorn.InstanceStateStopped:
		return longhorn.InstanceStateStopped
	case !d.isUp(r.node):
		return longhorn.InstanceStateUnknown
	case r.failed:
		return longhorn.InstanceStateError
	default:
		return longhorn.InstanceStateRunning
	}
}

// diskOf is the disk on which a node keeps replicas: its UUID and path.
func (d *Double) diskOf(node string) (uuid, path string) {
	n, err := d.ds.GetNodeRO(node)
	if err != nil {
		return "", ""
	}
	for _, disk := range n.Status.DiskStatus {
		return disk.DiskUUID, disk.DiskPath
	}
	return "", ""
}
