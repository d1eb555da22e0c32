package backup

import (
	"maps"
	"strconv"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/longhorn/longhorn-manager/controller"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/backupstore"
)

// isWanted tells whether a backup is still to be taken. Those without a snapshot's name were found at the target.
func isWanted(b *longhorn.Backup) bool {
	return b.Spec.SnapshotName != "" && b.Status.LastSyncedAt.IsZero() && b.Status.State != longhorn.BackupStateCompleted && !isFailed(b.Status)
}

func isFailed(status longhorn.BackupStatus) bool {
	return status.State == longhorn.BackupStateError || status.State == longhorn.BackupStateUnknown
}

func pending(status longhorn.BackupStatus, why string) longhorn.BackupStatus {
	status.State = longhorn.BackupStatePending
	status.Messages = map[string]string{controller.MessageTypeReconcileInfo: why}
	return status
}

func failed(status longhorn.BackupStatus, why string, now time.Time) longhorn.BackupStatus {
	status.State, status.Error = longhorn.BackupStateError, why
	status.LastSyncedAt = metav1.NewTime(now.UTC().Truncate(time.Second))
	return status
}

// begun is the status of a backup whose data is about to be copied.
func begun(status longhorn.BackupStatus, snapshot *longhorn.Snapshot, v *longhorn.Volume) longhorn.BackupStatus {
	status.State, status.Error, status.Messages = longhorn.BackupStateInProgress, "", nil
	status.SnapshotName, status.SnapshotCreatedAt = snapshot.Name, snapshot.Status.CreationTime
	status.VolumeSize = strconv.FormatInt(v.Spec.Size, 10)
	return status
}

// complete is the status of a backup of which the target knows this.
func complete(status longhorn.BackupStatus, stored backupstore.Backup, now time.Time) longhorn.BackupStatus {
	status.State, status.Progress, status.Error, status.Messages = longhorn.BackupStateCompleted, 100, "", nil
	status.SnapshotName, status.SnapshotCreatedAt = stored.SnapshotName, stored.SnapshotCreated
	status.BackupCreatedAt, status.Labels = stored.Created, maps.Clone(stored.Labels)
	status.Size = strconv.FormatInt(stored.Size, 10)
	status.NewlyUploadedDataSize, status.ReUploadedDataSize = status.Size, "0"
	status.VolumeSize, status.VolumeCreated = strconv.FormatInt(stored.VolumeSize, 10), stored.VolumeCreated
	status.CompressionMethod = longhorn.BackupCompressionMethodNone
	status.LastSyncedAt = metav1.NewTime(now.UTC().Truncate(time.Second))
	return status
}

// storedVolume is what the target is told of a volume.
func storedVolume(v *longhorn.Volume) backupstore.Volume {
	return backupstore.Volume{Name: v.Name, Size: v.Spec.Size, Created: v.CreationTimestamp.UTC().Format(time.RFC3339)}
}

// storedBackup is what the target is told of a backup.
func storedBackup(b *longhorn.Backup, snapshot *longhorn.Snapshot, v *longhorn.Volume, now time.Time) backupstore.Backup {
	return backupstore.Backup{
		Name:            b.Name,
		Created:         now.UTC().Format(time.RFC3339),
		Size:            snapshot.Status.Size,
		SnapshotName:    snapshot.Name,
		SnapshotCreated: snapshot.Status.CreationTime,
		VolumeSize:      v.Spec.Size,
		VolumeCreated:   v.CreationTimestamp.UTC().Format(time.RFC3339),
		BlockSize:       b.Spec.BackupBlockSize,
		Labels:          maps.Clone(b.Spec.Labels),
	}
}
