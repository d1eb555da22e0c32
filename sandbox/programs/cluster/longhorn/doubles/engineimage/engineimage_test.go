package engineimage

import (
	"maps"
	"reflect"
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

func TestDeployedOnEveryNode(t *testing.T) {
	status := deployed(longhorn.EngineImageStatus{NodeDeploymentMap: map[string]bool{"gone": true}, RefCount: 3}, "me", []string{"node1", "node2"})
	if !maps.Equal(status.NodeDeploymentMap, map[string]bool{"node1": true, "node2": true}) {
		t.Errorf("it is deployed on %v", status.NodeDeploymentMap)
	}
	if status.State != longhorn.EngineImageStateDeployed || status.OwnerID != "me" || status.RefCount != 3 {
		t.Errorf("its status is %+v", status)
	}
	if c := types.GetCondition(status.Conditions, longhorn.EngineImageConditionTypeReady); c.Status != longhorn.ConditionStatusTrue {
		t.Errorf("its condition Ready is %s", c.Status)
	}
	if status.EngineVersionDetails.Version != "v1.12.0" || status.EngineVersionDetails.CLIAPIVersion == 0 {
		t.Errorf("its version is %+v", status.EngineVersionDetails)
	}
}

func TestSecondLookChangesNothing(t *testing.T) {
	first := deployed(longhorn.EngineImageStatus{}, "me", []string{"node1"})
	if second := deployed(*first.DeepCopy(), "me", []string{"node1"}); !reflect.DeepEqual(first, second) {
		t.Errorf("%+v became %+v", first, second)
	}
}
