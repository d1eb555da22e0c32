// Package backup is the double of Longhorn's controllers of backup targets, backup volumes and backups, and of the engine's program
// that they run. What would lie at a target is kept by package backupstore: a target is available whenever its address and
// credentials could be right, and what is at it outlives Longhorn, so that a new installation finds it.
//
// Simplified: every backup is a whole copy, a detached volume is not attached for it, and there are no system backups and backing
// images.
package backup

import (
	"context"
	"time"

	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/backupstore"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/dataplane"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/reconcile"
)

const period = 500 * time.Millisecond

// Double keeps the backup targets, backup volumes and backups.
type Double struct {
	ds      *datastore.DataStore
	owner   string
	volumes dataplane.Volumes
	store   backupstore.Store
	log     *logrus.Entry
}

// New makes the double of backups of these volumes to a store. The owner becomes every object's status.ownerID.
func New(ds *datastore.DataStore, owner string, volumes dataplane.Volumes, store backupstore.Store) *Double {
	return &Double{ds: ds, owner: owner, volumes: volumes, store: store, log: logrus.WithField("double", "backup")}
}

// Run looks at all targets, then backup volumes, then backups until the context ends.
func (d *Double) Run(ctx context.Context) {
	wait.UntilWithContext(ctx, func(ctx context.Context) { d.lookAtAll(ctx, time.Now()) }, period)
}

func (d *Double) lookAtAll(ctx context.Context, now time.Time) {
	reconcile.All(d.log, "Backup target", d.ds.ListBackupTargets, func(target *longhorn.BackupTarget) error {
		return d.reconcileTarget(target, now)
	})
	reconcile.All(d.log, "Backup volume", d.ds.ListBackupVolumes, func(volume *longhorn.BackupVolume) error {
		return d.reconcileVolume(volume, now)
	})
	reconcile.All(d.log, "Backup", d.ds.ListBackups, func(backup *longhorn.Backup) error {
		return d.reconcileBackup(ctx, backup, now)
	})
}
