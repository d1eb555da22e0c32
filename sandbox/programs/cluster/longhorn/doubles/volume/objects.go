package volume

import (
	"fmt"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

// complete makes what belongs to a volume and is missing, takes away the replicas that are too many, and returns what is
// there: its engine and its replicas by name.
func (d *Double) complete(v *longhorn.Volume) (*longhorn.Engine, map[string]*longhorn.Replica, error) {
	if err := d.completeAttachment(v); err != nil {
		return nil, nil, err
	}
	e, err := d.completeEngine(v)
	if err != nil {
		return nil, nil, err
	}
	replicas, err := d.completeReplicas(v, e)
	return e, replicas, err
}

func (d *Double) completeAttachment(v *longhorn.Volume) error {
	name := types.GetLHVolumeAttachmentNameFromVolumeName(v.Name)
	if _, err := d.ds.GetLHVolumeAttachmentRO(name); !apierrors.IsNotFound(err) {
		return err
	}
	_, err := d.ds.CreateLHVolumeAttachment(&longhorn.VolumeAttachment{
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: types.GetVolumeLabels(v.Name)},
		Spec:       longhorn.VolumeAttachmentSpec{Volume: v.Name, AttachmentTickets: map[string]*longhorn.AttachmentTicket{}},
	})
	return err
}

func (d *Double) completeEngine(v *longhorn.Volume) (*longhorn.Engine, error) {
	engines, err := d.ds.ListVolumeEngines(v.Name)
	if err != nil {
		return nil, err
	}
	for _, e := range engines {
		return e, nil
	}
	return d.ds.CreateEngine(&longhorn.Engine{
		ObjectMeta: belongingTo(v, types.GenerateEngineNameForVolume(v.Name, "")),
		Spec: longhorn.EngineSpec{
			InstanceSpec:              instanceOf(v),
			Frontend:                  v.Spec.Frontend,
			Active:                    true,
			RevisionCounterDisabled:   v.Spec.RevisionCounterDisabled,
			ReplicaAddressMap:         map[string]string{},
			UpgradedReplicaAddressMap: map[string]string{},
		},
	})
}

func (d *Double) completeReplicas(v *longhorn.Volume, e *longhorn.Engine) (map[string]*longhorn.Replica, error) {
	replicas, err := d.ds.ListVolumeReplicas(v.Name)
	if err != nil {
		return nil, err
	}
	for _, name := range surplus(replicasOf(replicas), v.Spec.NumberOfReplicas) {
		if err := d.ds.DeleteReplica(name); err != nil && !apierrors.IsNotFound(err) {
			return nil, err
		}
		delete(replicas, name)
	}
	for i := 0; len(replicas) < v.Spec.NumberOfReplicas; i++ {
		name := fmt.Sprintf("%s-r-%d", v.Name, i)
		if replicas[name] != nil {
			continue
		}
		r, err := d.ds.CreateReplica(&longhorn.Replica{
			ObjectMeta: belongingTo(v, name),
			Spec:       longhorn.ReplicaSpec{InstanceSpec: instanceOf(v), EngineName: e.Name, Active: true, RevisionCounterDisabled: v.Spec.RevisionCounterDisabled},
		})
		if err != nil {
			return nil, err
		}
		replicas[name] = r
	}
	return replicas, nil
}

// belongingTo is the metadata by which Longhorn finds a volume's objects.
func belongingTo(v *longhorn.Volume, name string) metav1.ObjectMeta {
	return metav1.ObjectMeta{Name: name, Labels: types.GetVolumeLabels(v.Name), OwnerReferences: datastore.GetOwnerReferencesForVolume(v)}
}

func instanceOf(v *longhorn.Volume) longhorn.InstanceSpec {
	return longhorn.InstanceSpec{
		VolumeName:  v.Name,
		VolumeSize:  v.Spec.Size,
		Image:       v.Spec.Image,
		DataEngine:  v.Spec.DataEngine,
		DesireState: longhorn.InstanceStateStopped,
	}
}

// replicasOf is what the decisions need of the replicas.
func replicasOf(replicas map[string]*longhorn.Replica) []replica {
	var all []replica
	for name, r := range replicas {
		all = append(all, replica{name: name, node: r.Spec.NodeID, failed: r.Spec.FailedAt != ""})
	}
	return all
}
