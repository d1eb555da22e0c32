// Package finalizer stands in for the controllers that do not run in the sandbox, as far as deletion goes: it lets go of
// objects of their kinds once they are being deleted. Without it `uninstall`, which is Longhorn's own code, would wait for
// ever for engines and engine images to disappear.
package finalizer

import (
	"context"
	"encoding/json"
	"slices"
	"time"

	"github.com/sirupsen/logrus"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/metadata"
	"k8s.io/client-go/metadata/metadatainformer"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/cache"

	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// kinds are those whose controllers do not run. Volumes, snapshots, what belongs to backups, Longhorn nodes and
// VolumeAttachments are let go elsewhere.
var kinds = []string{
	"backingimagedatasources", "backingimagemanagers", "backingimages", "backupbackingimages", "enginefrontends",
	"engineimages", "engines", "instancemanagers", "orphans", "replicas", "sharemanagers", "supportbundles", "systembackups",
	"systemrestores",
}

// longhornFinalizer is what Longhorn's webhooks put on every object of these kinds.
var longhornFinalizer = longhorn.SchemeGroupVersion.Group

// resync is when an object whose finalizer could not be removed is tried again.
const resync = 5 * time.Second

// Run lets go of deleted objects of a namespace until the context ends.
func Run(ctx context.Context, config *rest.Config, namespace string) error {
	client, err := metadata.NewForConfig(config)
	if err != nil {
		return err
	}
	factory := metadatainformer.NewFilteredSharedInformerFactory(client, resync, namespace, nil)
	for _, kind := range kinds {
		resource := longhorn.SchemeGroupVersion.WithResource(kind)
		release := func(object any) {
			deleted, is := object.(*metav1.PartialObjectMetadata)
			if !is {
				return
			}
			patch, err := released(deleted.ObjectMeta)
			if err != nil || patch == nil {
				return
			}
			_, err = client.Resource(resource).Namespace(namespace).Patch(ctx, deleted.Name, types.MergePatchType, patch, metav1.PatchOptions{})
			logrus.WithField("double", "finalizer").WithError(err).Infof("Let go of %s/%s", kind, deleted.Name)
		}
		handler := cache.ResourceEventHandlerFuncs{AddFunc: release, UpdateFunc: func(_, object any) { release(object) }}
		if _, err := factory.ForResource(resource).Informer().AddEventHandler(handler); err != nil {
			return err
		}
	}
	factory.Start(ctx.Done())
	return nil
}

// released is the merge patch that lets go of an object, or nil where nothing is to be done. Finalizers of others stay, and
// the resource version makes the API server refuse a patch that was made from an old list.
func released(object metav1.ObjectMeta) ([]byte, error) {
	if object.DeletionTimestamp == nil || !slices.Contains(object.Finalizers, longhornFinalizer) {
		return nil, nil
	}
	others := slices.DeleteFunc(slices.Clone(object.Finalizers), func(f string) bool { return f == longhornFinalizer })
	return json.Marshal(map[string]any{"metadata": map[string]any{"finalizers": others, "resourceVersion": object.ResourceVersion}})
}
