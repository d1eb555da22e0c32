package restore

import (
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

// isBegun tells whether a restore is in progress, or has failed and is tried again.
func isBegun(status longhorn.VolumeStatus) bool {
	c := types.GetCondition(status.Conditions, longhorn.VolumeConditionTypeRestore)
	return c.Status == longhorn.ConditionStatusTrue || c.Reason == longhorn.VolumeConditionReasonRestoreFailure
}

func begun(status longhorn.VolumeStatus) longhorn.VolumeStatus {
	return with(status, longhorn.ConditionStatusTrue, longhorn.VolumeConditionReasonRestoreInProgress, "")
}

func failed(status longhorn.VolumeStatus, why string) longhorn.VolumeStatus {
	return with(status, longhorn.ConditionStatusFalse, longhorn.VolumeConditionReasonRestoreFailure, why)
}

func done(status longhorn.VolumeStatus, size int64) longhorn.VolumeStatus {
	status.RestoreRequired, status.ActualSize = false, size
	return with(status, longhorn.ConditionStatusFalse, "", "")
}

func with(status longhorn.VolumeStatus, restoring longhorn.ConditionStatus, reason, message string) longhorn.VolumeStatus {
	status.Conditions = types.SetCondition(status.Conditions, longhorn.VolumeConditionTypeRestore, restoring, reason, message)
	return status
}
