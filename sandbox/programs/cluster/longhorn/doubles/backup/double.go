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
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-manager/datastore"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/backupstore"
	"longhorn-s3/sandbox/cluster/longhorn/doubles/dataplane"
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
	targets, err := d.ds.ListBackupTargets()
	d.report("Backup targets", err)
	for name, target := range targets {
		d.report("Backup target "+name, d.reconcileTarget(target, now))
	}
	volumes, err := d.ds.ListBackupVolumes()
	d.report("Backup volumes", err)
	for name, volume := range volumes {
		d.report("Backup volume "+name, d.reconcileVolume(volume, now))
	}
	backups, err := d.ds.ListBackups()
	d.report("Backups", err)
	for name, backup := range backups {
		d.report("Backup "+name, d.reconcileBackup(ctx, backup, now))
	}
}

// report leaves out what another writer of the same object causes: the next look sees what that one wrote.
func (d *Double) report(what string, err error) {
	if err != nil && !apierrors.IsConflict(err) && !apierrors.IsNotFound(err) && !apierrors.IsAlreadyExists(err) {
		d.log.WithError(err).Warn(what)
	}
}
