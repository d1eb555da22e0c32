package backup

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/longhorn/longhorn-manager/datastore"
	"github.com/longhorn/longhorn-manager/engineapi"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

// reconcileTarget tells whether a target is available and makes a backup volume for every volume that has been backed up to it. A
// target that goes leaves what lies at it alone.
func (d *Double) reconcileTarget(target *longhorn.BackupTarget, now time.Time) error {
	if target.DeletionTimestamp != nil {
		if err := d.forgetVolumes(target.Name); err != nil {
			return err
		}
		return d.ds.RemoveFinalizerForBackupTarget(target)
	}
	url, why := target.Spec.BackupTargetURL, d.whyUnavailable(target)
	status := looked(*target.Status.DeepCopy(), target.Spec, why, now)
	status.OwnerID = d.owner
	if !reflect.DeepEqual(status, target.Status) {
		target.Status = status
		updated, err := d.ds.UpdateBackupTargetStatus(target)
		if err != nil {
			return err
		}
		target = updated
	}
	switch {
	case url == "":
		return d.forgetVolumes(target.Name)
	case why != "":
		return nil
	default:
		return d.matchVolumes(target)
	}
}

func (d *Double) whyUnavailable(target *longhorn.BackupTarget) string {
	url := target.Spec.BackupTargetURL
	if url == "" {
		return "backup target URL is empty"
	}
	client, err := engineapi.NewBackupTargetClientFromBackupTarget(target, d.ds)
	if err != nil {
		return fmt.Sprintf("failed to init backup target clients: %v", err)
	}
	if why := obstacle(url, client.Credential); why != "" {
		return fmt.Sprintf("failed to list system backups in %s: %s", url, why)
	}
	return ""
}

// looked is the status of a target once it was looked at. The time of the last look moves on when a look was due, not with each.
func looked(status longhorn.BackupTargetStatus, spec longhorn.BackupTargetSpec, why string, now time.Time) longhorn.BackupTargetStatus {
	status.Available = why == ""
	unavailable, reason := longhorn.ConditionStatusFalse, ""
	if why != "" {
		unavailable, reason = longhorn.ConditionStatusTrue, longhorn.BackupTargetConditionReasonUnavailable
	}
	status.Conditions = types.SetCondition(status.Conditions, longhorn.BackupTargetConditionTypeUnavailable, unavailable, reason, why)
	last := status.LastSyncedAt
	switch {
	case spec.BackupTargetURL == "":
		status.LastSyncedAt = metav1.Time{}
	case why != "":
	case isDue(last, spec.SyncRequestedAt) || (spec.PollInterval.Duration > 0 && now.Sub(last.Time) >= spec.PollInterval.Duration):
		status.LastSyncedAt = metav1.NewTime(now.UTC().Truncate(time.Second))
	}
	return status
}

// isDue tells whether an object has never been looked at, or not since it was asked for.
func isDue(last, requested metav1.Time) bool {
	return last.IsZero() || requested.After(last.Time)
}

// matchVolumes makes a backup volume for each volume at the target and takes away those of the others.
func (d *Double) matchVolumes(target *longhorn.BackupTarget) error {
	there, err := d.store.At(target.Spec.BackupTargetURL).Volumes()
	if err != nil {
		return err
	}
	known, err := d.ds.ListBackupVolumesWithBackupTargetNameRO(target.Name)
	if err != nil {
		return err
	}
	var problems []error
	missing := slices.Clone(there)
	for name, volume := range known {
		missing = slices.DeleteFunc(missing, func(v string) bool { return v == volume.Spec.VolumeName })
		if volume.DeletionTimestamp == nil && !slices.Contains(there, volume.Spec.VolumeName) {
			problems = append(problems, d.forgetVolume(name))
		}
	}
	for _, name := range missing {
		_, err := d.ds.CreateBackupVolume(&longhorn.BackupVolume{
			ObjectMeta: metav1.ObjectMeta{
				Name: types.GetBackupVolumeNameFromVolumeName(name, target.Name),
				Labels: map[string]string{
					types.LonghornLabelBackupTarget: target.Name,
					types.LonghornLabelBackupVolume: name,
				},
				OwnerReferences: datastore.GetOwnerReferencesForBackupTarget(target),
			},
			Spec: longhorn.BackupVolumeSpec{BackupTargetName: target.Name, VolumeName: name},
		})
		problems = append(problems, err)
	}
	return errors.Join(problems...)
}

// forgetVolumes deletes the backup volumes of a target, and not what lies there.
func (d *Double) forgetVolumes(target string) error {
	volumes, err := d.ds.ListBackupVolumesWithBackupTargetNameRO(target)
	if err != nil {
		return err
	}
	var problems []error
	for name, volume := range volumes {
		if volume.DeletionTimestamp == nil {
			problems = append(problems, d.forgetVolume(name))
		}
	}
	return errors.Join(problems...)
}

func (d *Double) forgetVolume(name string) error {
	if err := datastore.AddBackupVolumeDeleteCustomResourceOnlyLabel(d.ds, name); err != nil {
		return err
	}
	return d.ds.DeleteBackupVolume(name)
}
