// Package restore is the double of what Longhorn's volume controller and engine do for a volume that is made from a backup: it
// copies the backup's data to where the volume's first attachment finds it. Until that is done the volume's status says that it is
// not ready, and Longhorn's own code attaches it nowhere.
package restore

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/util/wait"

	backupurl "github.com/longhorn/backupstore"
	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/backupstore"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/dataplane"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/reconcile"
)

const period = 500 * time.Millisecond

// Double restores volumes.
type Double struct {
	ds      *datastore.DataStore
	volumes dataplane.Volumes
	store   backupstore.Store
	log     *logrus.Entry
}

// New makes the double that restores these volumes from a store.
func New(ds *datastore.DataStore, volumes dataplane.Volumes, store backupstore.Store) *Double {
	return &Double{ds: ds, volumes: volumes, store: store, log: logrus.WithField("double", "restore")}
}

// Run looks at all volumes until the context ends.
func (d *Double) Run(ctx context.Context) {
	wait.UntilWithContext(ctx, d.lookAtAll, period)
}

func (d *Double) lookAtAll(ctx context.Context) {
	reconcile.All(d.log, "Volume", d.ds.ListVolumes, func(v *longhorn.Volume) error { return d.reconcile(ctx, v) })
}

func (d *Double) reconcile(ctx context.Context, v *longhorn.Volume) error {
	if !v.Status.RestoreRequired || v.DeletionTimestamp != nil {
		return nil
	}
	status := *v.Status.DeepCopy()
	if !isBegun(status) {
		status = begun(status)
	} else if size, err := d.restore(ctx, v); err != nil {
		status = failed(status, err.Error())
	} else {
		d.log.Infof("Volume %s is restored from %s", v.Name, v.Spec.FromBackup)
		status = done(status, size)
	}
	if reflect.DeepEqual(status, v.Status) {
		return nil
	}
	v.Status = status
	_, err := d.ds.UpdateVolumeStatus(v)
	return err
}

// restore copies the data of the backup that the volume names, and answers its size in bytes.
func (d *Double) restore(ctx context.Context, v *longhorn.Volume) (int64, error) {
	name, volume, _, err := backupurl.DecodeBackupURL(v.Spec.FromBackup)
	if err != nil {
		return 0, err
	}
	b, err := d.ds.GetBackupRO(name)
	if err != nil {
		return 0, err
	}
	target, err := d.ds.GetBackupTargetRO(b.Status.BackupTargetName)
	if err != nil {
		return 0, err
	}
	if !target.Status.Available {
		return 0, fmt.Errorf("backup target %s is not available", target.Name)
	}
	data := d.store.At(target.Spec.BackupTargetURL).Data(volume, name)
	if err := d.volumes.Restore(ctx, v.Name, data); err != nil {
		return 0, err
	}
	return strconv.ParseInt(b.Status.Size, 10, 64)
}
