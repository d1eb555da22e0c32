package restore

import (
	"reflect"
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

func condition(status longhorn.VolumeStatus) longhorn.Condition {
	return types.GetCondition(status.Conditions, longhorn.VolumeConditionTypeRestore)
}

func TestARestore(t *testing.T) {
	status := longhorn.VolumeStatus{RestoreRequired: true, RestoreInitiated: true}
	if isBegun(status) {
		t.Error("it is begun before it begins")
	}
	status = begun(status)
	if c := condition(status); !isBegun(status) || !status.RestoreRequired || c.Status != longhorn.ConditionStatusTrue || c.Reason != "RestoreInProgress" {
		t.Errorf("in progress: %+v", status)
	}
	status = failed(status, "no such backup")
	if c := condition(status); !isBegun(status) || !status.RestoreRequired || c.Status != longhorn.ConditionStatusFalse || c.Reason != "RestoreFailure" || c.Message != "no such backup" {
		t.Errorf("failed: %+v", status)
	}
	if again := failed(*status.DeepCopy(), "no such backup"); !reflect.DeepEqual(again, status) {
		t.Errorf("failing again changed it: %+v", again)
	}
	status = done(status, 5)
	if c := condition(status); status.RestoreRequired || !status.RestoreInitiated || c.Status != longhorn.ConditionStatusFalse || c.Reason != "" || status.ActualSize != 5 {
		t.Errorf("done: %+v", status)
	}
}
