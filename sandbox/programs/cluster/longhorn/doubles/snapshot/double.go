// Package snapshot is the double of Longhorn's snapshot controller and of the engine that it asks: it copies a volume's data
// beside the volume for every Snapshot that asks for one, and removes the copy with it.
//
// Simplified: a snapshot's size is that of everything in it (Longhorn's is what has changed since the one before), a detached
// volume is not attached for it, the newest snapshot is removed as any other, and there are no checksums.
package snapshot

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/sirupsen/logrus"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/dataplane"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/reconcile"
)

const period = 300 * time.Millisecond

// Double keeps the snapshots of all volumes.
type Double struct {
	ds      *datastore.DataStore
	volumes dataplane.Volumes
	log     *logrus.Entry
}

// New makes the double of the snapshots of these volumes.
func New(ds *datastore.DataStore, volumes dataplane.Volumes) *Double {
	return &Double{ds: ds, volumes: volumes, log: logrus.WithField("double", "snapshot")}
}

// Run looks at all snapshots until the context ends.
func (d *Double) Run(ctx context.Context) {
	wait.UntilWithContext(ctx, d.lookAtAll, period)
}

func (d *Double) lookAtAll(ctx context.Context) {
	var all map[string]*longhorn.Snapshot
	list := func() (snapshots map[string]*longhorn.Snapshot, err error) {
		all, err = d.ds.ListSnapshots()
		return all, err
	}
	reconcile.All(d.log, "Snapshot", list, func(s *longhorn.Snapshot) error { return d.reconcile(ctx, s, all) })
}

func (d *Double) reconcile(ctx context.Context, s *longhorn.Snapshot, all map[string]*longhorn.Snapshot) error {
	if s.DeletionTimestamp != nil {
		return d.remove(ctx, s)
	}
	v, err := d.ds.GetVolumeRO(s.Spec.Volume)
	if err != nil {
		return err
	}
	status := *s.Status.DeepCopy()
	switch {
	case status.CreationTime != "":
		status.Parent, status.Children = place(s, all)
	case !s.Spec.CreateSnapshot:
		status.Error = lost
	default:
		status = d.take(ctx, status, s, v)
	}
	if reflect.DeepEqual(status, s.Status) {
		return nil
	}
	s.Status = status
	_, err = d.ds.UpdateSnapshotStatus(s)
	return err
}

// take copies the volume's data unless that has to wait.
func (d *Double) take(ctx context.Context, status longhorn.SnapshotStatus, s *longhorn.Snapshot, v *longhorn.Volume) longhorn.SnapshotStatus {
	e, err := d.ds.GetVolumeCurrentEngine(v.Name)
	if err != nil {
		return failed(status, err.Error())
	}
	if obstacle := dataplane.Unreachable(v, e); obstacle != "" {
		return failed(status, "failed to take snapshot because "+obstacle)
	}
	size, err := d.volumes.Snapshot(ctx, v.Name, s.Name)
	if err != nil {
		return failed(status, fmt.Sprintf("failed to take snapshot: %v", err))
	}
	d.log.Infof("Snapshot %s of volume %s: %d bytes", s.Name, v.Name, size)
	return taken(status, s.Spec, v.Spec.Size, size, time.Now())
}

// remove removes the copy and lets go of the Snapshot, unless the setting disable-snapshot-purge keeps both.
func (d *Double) remove(ctx context.Context, s *longhorn.Snapshot) error {
	v, err := d.ds.GetVolumeRO(s.Spec.Volume)
	if err != nil && !apierrors.IsNotFound(err) {
		return err
	}
	if lives := err == nil && v.DeletionTimestamp == nil; lives {
		kept, err := d.ds.GetSettingAsBool(types.SettingNameDisableSnapshotPurge)
		if err != nil || kept {
			return err
		}
	}
	if err := d.volumes.RemoveSnapshot(ctx, s.Spec.Volume, s.Name); err != nil {
		return err
	}
	return d.ds.RemoveFinalizerForSnapshot(s)
}
