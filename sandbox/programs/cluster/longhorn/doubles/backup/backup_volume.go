package backup

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/backupstore"
)

// reconcileVolume makes a Backup for each of the volume's backups at the target, takes away those of the others, and says which one
// is the last.
func (d *Double) reconcileVolume(volume *longhorn.BackupVolume, now time.Time) error {
	target, err := d.ds.GetBackupTargetRO(volume.Spec.BackupTargetName)
	if err != nil && !apierrors.IsNotFound(err) {
		return err
	}
	if volume.DeletionTimestamp != nil {
		if isRemovedAtTarget(volume.Labels, target) {
			if err := d.store.At(target.Spec.BackupTargetURL).RemoveVolume(volume.Spec.VolumeName); err != nil {
				return err
			}
		}
		return d.ds.RemoveFinalizerForBackupVolume(volume)
	}
	if !isAvailable(target) {
		return nil
	}
	at := d.store.At(target.Spec.BackupTargetURL)
	stored, err := at.Volume(volume.Spec.VolumeName)
	if err != nil {
		return err
	}
	backups, err := at.Backups(volume.Spec.VolumeName)
	if err != nil {
		return err
	}
	if err := d.matchBackups(volume, backups); err != nil {
		return err
	}
	status := summed(*volume.Status.DeepCopy(), volume.Spec, stored, backups, now)
	status.OwnerID = d.owner
	if !reflect.DeepEqual(status, volume.Status) {
		volume.Status = status
		if _, err := d.ds.UpdateBackupVolumeStatus(volume); err != nil {
			return err
		}
	}
	return d.tellVolume(volume)
}

// summed is the status of a backup volume whose backups are these, the oldest first.
func summed(status longhorn.BackupVolumeStatus, spec longhorn.BackupVolumeSpec, stored backupstore.Volume, backups []backupstore.Backup, now time.Time) longhorn.BackupVolumeStatus {
	status.Size, status.CreatedAt = strconv.FormatInt(stored.Size, 10), stored.Created
	status.Labels, status.StorageClassName = maps.Clone(stored.Labels), stored.StorageClassName
	lastName, lastAt := status.LastBackupName, status.LastBackupAt
	status.LastBackupName, status.LastBackupAt = "", ""
	var size int64
	for _, b := range backups {
		size += b.Size
		status.LastBackupName, status.LastBackupAt = b.Name, b.Created
	}
	status.DataStored = strconv.FormatInt(size, 10)
	changed := lastName != status.LastBackupName || lastAt != status.LastBackupAt
	at := metav1.NewTime(now.UTC().Truncate(time.Second))
	if changed || status.LastModificationTime.IsZero() {
		status.LastModificationTime = at
	}
	if changed || isDue(status.LastSyncedAt, spec.SyncRequestedAt) {
		status.LastSyncedAt = at
	}
	return status
}

// matchBackups makes the Backups that are missing, and deletes those that were complete and are not at the target any more.
func (d *Double) matchBackups(volume *longhorn.BackupVolume, stored []backupstore.Backup) error {
	known, err := d.ds.ListBackupsWithBackupTargetAndBackupVolumeRO(volume.Spec.BackupTargetName, volume.Spec.VolumeName)
	if err != nil {
		return err
	}
	var problems []error
	for _, b := range stored {
		if known[b.Name] == nil {
			problems = append(problems, d.pull(volume, b))
		} else {
			problems = append(problems, d.adopt(volume, known[b.Name]))
		}
	}
	for name, b := range known {
		isStored := slices.ContainsFunc(stored, func(s backupstore.Backup) bool { return s.Name == name })
		if b.DeletionTimestamp == nil && b.Status.State == longhorn.BackupStateCompleted && !isStored {
			if err := datastore.AddBackupDeleteCustomResourceOnlyLabel(d.ds, name); err != nil {
				return err
			}
			problems = append(problems, d.ds.DeleteBackup(name))
		}
	}
	return errors.Join(problems...)
}

// pull makes the Backup of one that was found at the target.
func (d *Double) pull(volume *longhorn.BackupVolume, b backupstore.Backup) error {
	accessMode := types.GetLonghornLabelKey(types.LonghornLabelVolumeAccessMode)
	labels := map[string]string{}
	if mode, has := b.Labels[accessMode]; has {
		labels[accessMode] = mode
	}
	_, err := d.ds.CreateBackup(&longhorn.Backup{
		ObjectMeta: metav1.ObjectMeta{
			Name:            b.Name,
			Labels:          map[string]string{types.LonghornLabelBackupTarget: volume.Spec.BackupTargetName},
			OwnerReferences: datastore.GetOwnerReferencesForBackupVolume(volume),
		},
		Spec: longhorn.BackupSpec{Labels: labels, BackupBlockSize: b.BlockSize},
	}, volume.Spec.VolumeName)
	return err
}

// adopt makes a Backup go with its backup volume.
func (d *Double) adopt(volume *longhorn.BackupVolume, b *longhorn.Backup) error {
	isOwned := slices.ContainsFunc(b.OwnerReferences, func(owner metav1.OwnerReference) bool { return owner.UID == volume.UID })
	if isOwned || b.DeletionTimestamp != nil {
		return nil
	}
	owned := b.DeepCopy()
	owned.OwnerReferences = append(owned.OwnerReferences, datastore.GetOwnerReferencesForBackupVolume(volume)...)
	_, err := d.ds.UpdateBackup(owned)
	return err
}

// tellVolume tells a volume which backup of it is the last.
func (d *Double) tellVolume(backupVolume *longhorn.BackupVolume) error {
	v, err := d.ds.GetVolume(backupVolume.Spec.VolumeName)
	if err != nil {
		return err
	}
	name, at := backupVolume.Status.LastBackupName, backupVolume.Status.LastBackupAt
	if v.Spec.BackupTargetName != backupVolume.Spec.BackupTargetName || (v.Status.LastBackup == name && v.Status.LastBackupAt == at) {
		return nil
	}
	v.Status.LastBackup, v.Status.LastBackupAt = name, at
	_, err = d.ds.UpdateVolumeStatus(v)
	return err
}

func isAvailable(target *longhorn.BackupTarget) bool {
	return target != nil && target.DeletionTimestamp == nil && target.Spec.BackupTargetURL != "" && target.Status.Available
}

// isRemovedAtTarget tells whether what lies at the target goes with its object: not where only the object is to go, and not where
// the target cannot be used.
func isRemovedAtTarget(labels map[string]string, target *longhorn.BackupTarget) bool {
	_, onlyObject := labels[types.GetLonghornLabelKey(types.DeleteCustomResourceOnly)]
	return !onlyObject && isAvailable(target)
}
