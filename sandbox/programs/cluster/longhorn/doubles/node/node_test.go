package node

import (
	"testing"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

var (
	disks      = map[string]longhorn.DiskSpec{"default-disk-node1": {Type: longhorn.DiskTypeFilesystem, Path: "/var/lib/longhorn/"}}
	capacities = map[string]int64{"default-disk-node1": 100}
)

func withReady(status longhorn.NodeStatus, value longhorn.ConditionStatus) longhorn.NodeStatus {
	status.Conditions = types.SetCondition(status.Conditions, longhorn.NodeConditionTypeReady, value, "", "")
	return status
}

func TestReadyNodeHasMountsAndDisks(t *testing.T) {
	status := reported(withReady(longhorn.NodeStatus{}, longhorn.ConditionStatusTrue), "node1", disks, capacities)
	if c := types.GetCondition(status.Conditions, longhorn.NodeConditionTypeMountPropagation); c.Status != longhorn.ConditionStatusTrue {
		t.Errorf("MountPropagation is %s", c.Status)
	}
	disk := status.DiskStatus["default-disk-node1"]
	if disk == nil || disk.StorageMaximum != 100 || disk.StorageAvailable != 100 || disk.DiskUUID == "" || disk.DiskPath != "/var/lib/longhorn/" {
		t.Fatalf("its disk is %+v", disk)
	}
	for _, condition := range []string{longhorn.DiskConditionTypeReady, longhorn.DiskConditionTypeSchedulable} {
		if c := types.GetCondition(disk.Conditions, condition); c.Status != longhorn.ConditionStatusTrue {
			t.Errorf("the disk's %s is %s", condition, c.Status)
		}
	}
}

func TestDisksOfANodeThatIsDownAreLeftToTheNodeController(t *testing.T) {
	status := reported(withReady(longhorn.NodeStatus{}, longhorn.ConditionStatusFalse), "node1", disks, capacities)
	disk := status.DiskStatus["default-disk-node1"]
	if c := types.GetCondition(disk.Conditions, longhorn.DiskConditionTypeReady); c.Status == longhorn.ConditionStatusTrue {
		t.Error("its disk is reported as ready")
	}
}

func TestDiskKeepsItsIdentityAndDisappearsWithItsSpec(t *testing.T) {
	first := reported(withReady(longhorn.NodeStatus{}, longhorn.ConditionStatusTrue), "node1", disks, capacities)
	uuid := first.DiskStatus["default-disk-node1"].DiskUUID
	second := reported(first, "node1", disks, map[string]int64{"default-disk-node1": 1})
	if disk := second.DiskStatus["default-disk-node1"]; disk.DiskUUID != uuid || disk.StorageMaximum != 100 {
		t.Errorf("at the second look the disk is %+v", disk)
	}
	if third := reported(second, "node1", nil, nil); len(third.DiskStatus) != 0 {
		t.Errorf("without disks in the spec there are %v", third.DiskStatus)
	}
}

func TestCapacityOfNothing(t *testing.T) {
	if got, err := capacityOf(t.TempDir() + "/absent"); err == nil {
		t.Errorf("the capacity of what is not there is %v", got)
	}
	if got, err := capacityOf(t.TempDir()); err != nil || got <= 0 {
		t.Errorf("the capacity of a temporary folder is %v, %v", got, err)
	}
}
