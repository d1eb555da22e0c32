// Package volume is the double of Longhorn's volume, engine and replica controllers and of the instance managers behind
// them. There is no data plane: it keeps a volume's custom resources as those controllers would if an attach and a detach
// took a given time, and a rebuild and an expansion none. Everything that reads them is Longhorn's own code: the VolumeAttachment controller
// that decides where a volume is wanted, the REST API, the CSI driver, the webhooks.
//
// Simplified: a node that returns finds the engine it had running again (Longhorn would start it anew and ask for a
// remount), a replica is replaced only when its node returns, and there are no share managers or data locality.
// Snapshots, backups and restores are the work of other doubles.
package volume

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/sirupsen/logrus"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/reconcile"
)

// period is how often each volume is looked at. It is short against every delay, so that delays are what was asked for.
const period = 200 * time.Millisecond

// Double keeps the custom resources of all volumes.
type Double struct {
	ds     *datastore.DataStore
	owner  string
	timers *timers
	log    *logrus.Entry
}

// New makes the double. The owner becomes every volume's status.ownerID; only Longhorn's controllers with the same ID act on
// the volumes.
func New(ds *datastore.DataStore, owner string, attach, detach Delay) *Double {
	return &Double{ds: ds, owner: owner, timers: newTimers(attach, detach), log: logrus.WithField("double", "volume")}
}

// Run looks at all volumes until the context ends.
func (d *Double) Run(ctx context.Context) {
	wait.UntilWithContext(ctx, func(context.Context) { d.lookAtAll(time.Now()) }, period)
}

// lookAtAll takes one step with each volume.
func (d *Double) lookAtAll(now time.Time) {
	reconcile.All(d.log, "Volume", d.ds.ListVolumes, func(v *longhorn.Volume) error { return d.reconcile(v, now) })
}

func (d *Double) reconcile(v *longhorn.Volume, now time.Time) error {
	if v.DeletionTimestamp != nil {
		return d.remove(v)
	}
	e, replicas, err := d.complete(v)
	if err != nil {
		return err
	}
	seen, err := d.lookAt(v, e, replicas, now)
	if err != nil {
		return err
	}
	return d.write(v, e, replicas, step(seen), now)
}

// lookAt gathers what decides over a volume.
func (d *Double) lookAt(v *longhorn.Volume, e *longhorn.Engine, replicas map[string]*longhorn.Replica, now time.Time) (look, error) {
	known, err := d.ds.ListNodes()
	if err != nil {
		return look{}, err
	}
	autoSalvage, err := d.ds.GetSettingAsBool(types.SettingNameAutoSalvage)
	if err != nil {
		return look{}, err
	}
	degradedIsAllowed, err := d.ds.GetSettingAsBool(types.SettingNameAllowVolumeCreationWithDegradedAvailability)
	if err != nil {
		return look{}, err
	}
	return look{
		attachment:     attachment{state: v.Status.State, node: v.Status.CurrentNodeID},
		wanted:         v.Spec.NodeID,
		timeIsUp:       d.timers.isUp(v.Name, v.Status.State, now),
		replicas:       replicasOf(replicas),
		wantedReplicas: v.Spec.NumberOfReplicas,
		nodes: nodes{up: d.isUp, ready: func(node string) bool {
			return known[node] != nil && holds(known[node], longhorn.NodeConditionTypeReady)
		}},
		schedulable:       schedulable(known),
		autoSalvage:       autoSalvage,
		degradedIsAllowed: degradedIsAllowed,
		size:              sizeOf(v, e),
		wantedSize:        v.Spec.Size,
	}, nil
}

// isUp asks Longhorn's own notion of a node that is down. A node that cannot be asked about counts as down.
func (d *Double) isUp(node string) bool {
	down, err := d.ds.IsNodeDownOrDeleted(node)
	return err == nil && !down
}

// schedulable names the nodes on which Longhorn would place a replica.
func schedulable(nodes map[string]*longhorn.Node) []string {
	var names []string
	for name, n := range nodes {
		if n.Spec.AllowScheduling && isReady(n) && holds(n, longhorn.NodeConditionTypeSchedulable) {
			names = append(names, name)
		}
	}
	return names
}

func isReady(n *longhorn.Node) bool {
	return n != nil && holds(n, longhorn.NodeConditionTypeReady)
}

func holds(n *longhorn.Node, condition string) bool {
	return types.GetCondition(n.Status.Conditions, condition).Status == longhorn.ConditionStatusTrue
}

// remove takes a deleted volume's other objects away, then the volume. The objects' finalizers are let go by the finalizer
// double, the VolumeAttachment's by its own controller once the volume is gone.
func (d *Double) remove(v *longhorn.Volume) error {
	engines, err := d.ds.ListVolumeEnginesRO(v.Name)
	if err != nil {
		return err
	}
	replicas, err := d.ds.ListVolumeReplicasRO(v.Name)
	if err != nil {
		return err
	}
	var problems []error
	for name, e := range engines {
		if e.DeletionTimestamp == nil {
			problems = append(problems, d.ds.DeleteEngine(name))
		}
	}
	for _, r := range replicas {
		if r.DeletionTimestamp == nil {
			problems = append(problems, d.ds.DeleteReplica(r.Name))
		}
	}
	attachment := types.GetLHVolumeAttachmentNameFromVolumeName(v.Name)
	if err := d.ds.DeleteLHVolumeAttachment(attachment); !apierrors.IsNotFound(err) {
		problems = append(problems, err)
	}
	if err := errors.Join(problems...); err != nil {
		return fmt.Errorf("its objects could not be deleted: %w", err)
	}
	if len(engines) > 0 || len(replicas) > 0 {
		return nil
	}
	d.timers.forget(v.Name)
	return d.ds.RemoveFinalizerForVolume(v)
}
