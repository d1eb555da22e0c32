package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"reflect"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	backupurl "github.com/longhorn/backupstore"
	"github.com/longhorn/longhorn-manager/controller"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/dataplane"
)

// reconcileBackup takes a backup that is asked for, and otherwise says what the target knows of it.
func (d *Double) reconcileBackup(ctx context.Context, b *longhorn.Backup, now time.Time) error {
	target, err := d.ds.GetBackupTargetRO(b.Labels[types.LonghornLabelBackupTarget])
	if err != nil && !apierrors.IsNotFound(err) {
		return err
	}
	if b.DeletionTimestamp != nil {
		return d.removeBackup(b, target)
	}
	if !isAvailable(target) {
		return nil
	}
	status := *b.Status.DeepCopy()
	if isWanted(b) {
		status = d.take(ctx, status, b, target, now)
	} else if isDue(status.LastSyncedAt, b.Spec.SyncRequestedAt) && !isFailed(status) {
		status, err = d.inspect(status, b, target, now)
	}
	if err != nil || reflect.DeepEqual(status, b.Status) {
		return err
	}
	status.OwnerID = d.owner
	before := b.Status.State
	b.Status = status
	if b, err = d.ds.UpdateBackupStatus(b); err != nil {
		return err
	}
	if before != longhorn.BackupStateCompleted && status.State == longhorn.BackupStateCompleted {
		return d.removeSnapshotAfter(b)
	}
	return nil
}

// take makes one step: a backup waits until its snapshot is ready, is then in progress for one look, and complete or failed after it.
func (d *Double) take(ctx context.Context, status longhorn.BackupStatus, b *longhorn.Backup, target *longhorn.BackupTarget, now time.Time) longhorn.BackupStatus {
	v, err := d.ds.GetVolumeRO(b.Labels[types.LonghornLabelBackupVolume])
	if err != nil {
		return failed(status, fmt.Sprintf("cannot find the corresponding volume: %v", err), now)
	}
	snapshot, err := d.ds.GetSnapshotRO(b.Spec.SnapshotName)
	if err != nil {
		return failed(status, fmt.Sprintf(controller.FailedToGetSnapshotMessage, b.Spec.SnapshotName), now)
	}
	if !snapshot.Status.ReadyToUse {
		return pending(status, fmt.Sprintf(controller.WaitForSnapshotMessage, snapshot.Name))
	}
	e, err := d.ds.GetVolumeCurrentEngine(v.Name)
	if err != nil {
		return pending(status, err.Error())
	}
	if why := dataplane.Unreachable(v, e); why != "" {
		return pending(status, why)
	}
	if status.State != longhorn.BackupStateInProgress {
		return begun(status, snapshot, v)
	}
	if err := d.copyToTarget(ctx, b, snapshot, v, target, now); err != nil {
		return failed(status, err.Error(), now)
	}
	complete, err := d.inspect(status, b, target, now)
	if err != nil {
		return failed(status, err.Error(), now)
	}
	d.log.Infof("Backup %s of snapshot %s of volume %s: %s bytes", b.Name, snapshot.Name, v.Name, complete.Size)
	return complete
}

// copyToTarget copies the snapshot's data and adds the backup.
func (d *Double) copyToTarget(ctx context.Context, b *longhorn.Backup, snapshot *longhorn.Snapshot, v *longhorn.Volume, target *longhorn.BackupTarget, now time.Time) error {
	at := d.store.At(target.Spec.BackupTargetURL)
	if err := at.Prepare(v.Name, b.Name); err != nil {
		return err
	}
	if err := d.volumes.CopySnapshot(ctx, v.Name, snapshot.Name, at.Data(v.Name, b.Name)); err != nil {
		return err
	}
	volume := storedVolume(v)
	volume.StorageClassName = d.storageClassOf(v)
	return at.Add(volume, storedBackup(b, snapshot, v, now))
}

// inspect is the status of a backup that is complete at the target. One that is not there yet leaves it as it is.
func (d *Double) inspect(status longhorn.BackupStatus, b *longhorn.Backup, target *longhorn.BackupTarget, now time.Time) (longhorn.BackupStatus, error) {
	volume := b.Labels[types.LonghornLabelBackupVolume]
	stored, err := d.store.At(target.Spec.BackupTargetURL).Backup(volume, b.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return status, nil
	}
	if err != nil {
		return status, err
	}
	status.URL = backupurl.EncodeBackupURL(b.Name, volume, target.Spec.BackupTargetURL)
	status.BackupTargetName, status.VolumeName = target.Name, volume
	return complete(status, stored, now), nil
}

// removeBackup removes a backup at its target, unless only its object is to go, and lets go of the object.
func (d *Double) removeBackup(b *longhorn.Backup, target *longhorn.BackupTarget) error {
	if isRemovedAtTarget(b.Labels, target) {
		user, err := d.restoringFrom(b.Name)
		if err != nil {
			return err
		}
		if user != "" {
			return fmt.Errorf("it cannot be deleted while volume %s is restored from it", user)
		}
		if err := d.store.At(target.Spec.BackupTargetURL).RemoveBackup(b.Labels[types.LonghornLabelBackupVolume], b.Name); err != nil {
			return err
		}
	}
	withSnapshot, err := d.ds.GetSettingAsBool(types.SettingNameAutoCleanupSnapshotWhenDeleteBackup)
	if err != nil {
		return err
	}
	if withSnapshot && b.Spec.SnapshotName != "" {
		if err := d.ds.DeleteSnapshot(b.Spec.SnapshotName); err != nil && !apierrors.IsNotFound(err) {
			return err
		}
	}
	return d.ds.RemoveFinalizerForBackup(b)
}

// removeSnapshotAfter carries out the setting auto-cleanup-snapshot-after-on-demand-backup-completed. The snapshots of recurring jobs are
// theirs to remove.
func (d *Double) removeSnapshotAfter(b *longhorn.Backup) error {
	wanted, err := d.ds.GetSettingAsBool(types.SettingNameAutoCleanupSnapshotAfterOnDemandBackupCompleted)
	_, isOfJob := b.Status.Labels[types.RecurringJobLabel]
	if err != nil || !wanted || isOfJob || b.Spec.SnapshotName == "" {
		return err
	}
	return d.ds.DeleteSnapshot(b.Spec.SnapshotName)
}

// restoringFrom names a volume that is being restored from a backup.
func (d *Double) restoringFrom(backup string) (volume string, err error) {
	volumes, err := d.ds.ListVolumesRO()
	if err != nil {
		return "", err
	}
	for _, v := range volumes {
		if !v.Status.RestoreRequired {
			continue
		}
		if name, _, _, err := backupurl.DecodeBackupURL(v.Spec.FromBackup); err == nil && name == backup {
			return v.Name, nil
		}
	}
	return "", nil
}

func (d *Double) storageClassOf(v *longhorn.Volume) string {
	claim, err := d.ds.GetPersistentVolumeClaimRO(v.Status.KubernetesStatus.Namespace, v.Status.KubernetesStatus.PVCName)
	if err != nil || claim.Spec.StorageClassName == nil {
		return ""
	}
	return *claim.Spec.StorageClassName
}
