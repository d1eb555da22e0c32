// Package node is the double of what Longhorn's node controller finds out on its own node: whether mounts propagate, which
// disks there are and how large they are. Whether a node is ready and schedulable, and that the disks of one that is not
// cannot be used, stays the work of Longhorn's own node controller, which runs elsewhere under an ID that is no node.
package node

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"github.com/google/uuid"
	"github.com/sirupsen/logrus"
	"golang.org/x/sys/unix"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

// Join registers a node with Longhorn unless it is known already. As in Longhorn it gets one default disk, at
// default-data-path, unless create-default-disk-labeled-nodes asks for a label.
func Join(ds *datastore.DataStore, name string) error {
	if _, err := ds.GetNodeRO(name); !datastore.ErrorIsNotFound(err) {
		return err
	}
	node := &longhorn.Node{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       longhorn.NodeSpec{Name: name, AllowScheduling: true, Tags: []string{}},
	}
	onlyLabelled, err := ds.GetSettingAsBool(types.SettingNameCreateDefaultDiskLabeledNodes)
	if err != nil {
		return err
	}
	if !onlyLabelled {
		if node.Spec.Disks, err = defaultDisk(ds, name); err != nil {
			return err
		}
	}
	_, err = ds.CreateNode(node)
	return err
}

func defaultDisk(ds *datastore.DataStore, node string) (map[string]longhorn.DiskSpec, error) {
	path, err := ds.GetSettingValueExisted(types.SettingNameDefaultDataPath)
	if err != nil {
		return nil, err
	}
	reserved, err := ds.GetSettingAsInt(types.SettingNameStorageReservedPercentageForDefaultDisk)
	if err != nil {
		return nil, err
	}
	disk, err := capacityOf(path)
	if err != nil {
		return nil, err
	}
	return map[string]longhorn.DiskSpec{types.DefaultDiskPrefix + node: {
		Type:            longhorn.DiskTypeFilesystem,
		Path:            path,
		AllowScheduling: true,
		StorageReserved: disk * reserved / 100,
		Tags:            []string{},
	}}, nil
}

// capacityOf is the size of the filesystem at a path, in bytes.
func capacityOf(path string) (int64, error) {
	var filesystem unix.Statfs_t
	if err := unix.Statfs(path, &filesystem); err != nil {
		return 0, fmt.Errorf("the disk at %s cannot be looked at: %w", path, err)
	}
	return int64(filesystem.Blocks) * filesystem.Bsize, nil
}

// Keep reports the node's mounts and disks until the context ends. A node that was deleted is not made again.
func Keep(ctx context.Context, ds *datastore.DataStore, name string) {
	wait.UntilWithContext(ctx, func(context.Context) {
		if err := report(ds, name); err != nil && !datastore.ErrorIsConflict(err) && !datastore.ErrorIsNotFound(err) {
			logrus.WithField("double", "node").WithError(err).Warn("The state of the node could not be reported")
		}
	}, time.Second)
}

func report(ds *datastore.DataStore, name string) error {
	node, err := ds.GetNode(name)
	if err != nil {
		return err
	}
	capacities := map[string]int64{}
	for disk, spec := range node.Spec.Disks {
		if capacities[disk], err = capacityOf(spec.Path); err != nil {
			return err
		}
	}
	status := reported(*node.Status.DeepCopy(), node.Name, node.Spec.Disks, capacities)
	if reflect.DeepEqual(status, node.Status) {
		return nil
	}
	node.Status = status
	_, err = ds.UpdateNodeStatus(node)
	return err
}

// reported is a node's status with working mounts and, while the node is ready, usable disks. A disk is
// as large as the machine's and empty, whatever else lies there: Longhorn lets no volume grow on one that is nearly full.
func reported(status longhorn.NodeStatus, node string, disks map[string]longhorn.DiskSpec, capacities map[string]int64) longhorn.NodeStatus {
	status.Conditions = types.SetCondition(status.Conditions, longhorn.NodeConditionTypeMountPropagation, longhorn.ConditionStatusTrue, "", "")
	before := status.DiskStatus
	status.DiskStatus = map[string]*longhorn.DiskStatus{}
	for name, spec := range disks {
		disk := before[name]
		if disk == nil {
			disk = &longhorn.DiskStatus{
				DiskUUID:         uuid.NewSHA1(uuid.NameSpaceOID, []byte(node+"/"+name)).String(),
				DiskName:         name,
				Type:             spec.Type,
				FSType:           "ext4",
				StorageMaximum:   capacities[name],
				StorageAvailable: capacities[name],
			}
		}
		disk.DiskPath = spec.Path
		if types.GetCondition(status.Conditions, longhorn.NodeConditionTypeReady).Status == longhorn.ConditionStatusTrue {
			for _, condition := range []string{longhorn.DiskConditionTypeReady, longhorn.DiskConditionTypeSchedulable} {
				disk.Conditions = types.SetCondition(disk.Conditions, condition, longhorn.ConditionStatusTrue, "", "")
			}
		}
		status.DiskStatus[name] = disk
	}
	return status
}
