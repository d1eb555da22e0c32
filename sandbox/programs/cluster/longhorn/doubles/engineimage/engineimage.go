// Package engineimage is the double of Longhorn's engine image controller, which copies an engine's program to every node
// by a DaemonSet. There is no such program in the sandbox: every engine image is deployed on every Longhorn node at once,
// so that Longhorn's own code finds a version to create and attach volumes with.
package engineimage

import (
	"context"
	"reflect"
	"time"

	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-engine/pkg/meta"
	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"
)

// Run keeps every engine image deployed until the context ends.
func Run(ctx context.Context, ds *datastore.DataStore, owner string) {
	wait.UntilWithContext(ctx, func(context.Context) {
		if err := deployAll(ds, owner); err != nil && !datastore.ErrorIsConflict(err) {
			logrus.WithField("double", "engine image").WithError(err).Warn("Engine images could not be marked as deployed")
		}
	}, time.Second)
}

func deployAll(ds *datastore.DataStore, owner string) error {
	nodes, err := ds.ListNodesRO()
	if err != nil {
		return err
	}
	images, err := ds.ListEngineImages()
	if err != nil {
		return err
	}
	var names []string
	for _, node := range nodes {
		names = append(names, node.Name)
	}
	for _, image := range images {
		status := deployed(*image.Status.DeepCopy(), owner, names)
		if image.DeletionTimestamp != nil || reflect.DeepEqual(status, image.Status) {
			continue
		}
		image.Status = status
		if _, err := ds.UpdateEngineImageStatus(image); err != nil {
			return err
		}
	}
	return nil
}

// deployed is the status of an engine image that is ready on these nodes.
func deployed(status longhorn.EngineImageStatus, owner string, nodes []string) longhorn.EngineImageStatus {
	version := meta.GetVersion()
	status.OwnerID = owner
	status.State = longhorn.EngineImageStateDeployed
	status.NodeDeploymentMap = map[string]bool{}
	for _, node := range nodes {
		status.NodeDeploymentMap[node] = true
	}
	status.Conditions = types.SetCondition(status.Conditions, longhorn.EngineImageConditionTypeReady, longhorn.ConditionStatusTrue, "", "")
	status.EngineVersionDetails = longhorn.EngineVersionDetails{
		Version:                 version.Version,
		CLIAPIVersion:           version.CLIAPIVersion,
		CLIAPIMinVersion:        version.CLIAPIMinVersion,
		ControllerAPIVersion:    version.ControllerAPIVersion,
		ControllerAPIMinVersion: version.ControllerAPIMinVersion,
		DataFormatVersion:       version.DataFormatVersion,
		DataFormatMinVersion:    version.DataFormatMinVersion,
	}
	return status
}
