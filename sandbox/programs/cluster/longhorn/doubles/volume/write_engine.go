package volume

import (
	"reflect"

	corev1 "k8s.io/api/core/v1"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

func (d *Double) writeEngine(object *longhorn.Engine, v *longhorn.Volume, o outcome) error {
	spec, status := object.Spec, object.Status
	spec.NodeID, spec.DesireState, spec.VolumeSize = o.engine.node, o.engine.desired, o.size.asked
	status.OwnerID, status.CurrentImage, status.CurrentState = d.owner, spec.Image, o.engine.current
	status.Started = o.engine.current == longhorn.InstanceStateRunning
	status.CurrentSize, status.IsExpanding = o.size.current, o.size.expanding
	status.IP, status.StorageIP, status.Endpoint, status.ReplicaModeMap = "", "", "", nil
	if status.Started {
		status.IP, status.StorageIP = d.addressOf(o.engine.node), d.addressOf(o.engine.node)
		status.Endpoint, status.ReplicaModeMap = "/dev/longhorn/"+v.Name, modesOf(o.replicas)
	}
	if !reflect.DeepEqual(spec, object.Spec) {
		object.Spec = spec
		updated, err := d.ds.UpdateEngine(object)
		if err != nil {
			return err
		}
		object = updated
	}
	if reflect.DeepEqual(status, object.Status) {
		return nil
	}
	object.Status = status
	_, err := d.ds.UpdateEngineStatus(object)
	return err
}

// modesOf is what a running engine says of each replica that it has.
func modesOf(replicas []replica) map[string]longhorn.ReplicaMode {
	modes := map[string]longhorn.ReplicaMode{}
	for _, r := range replicas {
		switch {
		case r.node == "":
		case r.failed:
			modes[r.name] = longhorn.ReplicaModeERR
		default:
			modes[r.name] = longhorn.ReplicaModeRW
		}
	}
	return modes
}

// addressOf is the address at which a node's engines and replicas would be served. Nothing listens there.
func (d *Double) addressOf(node string) string {
	n, err := d.ds.GetKubernetesNodeRO(node)
	if err == nil {
		for _, address := range n.Status.Addresses {
			if address.Type == corev1.NodeInternalIP {
				return address.Address
			}
		}
	}
	return node
}
