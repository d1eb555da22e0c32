// Package joblabels is the double of the part of Longhorn's volume controller that tells a volume which recurring jobs it has: a
// PersistentVolumeClaim that is labelled as their source gives its labels to its volume, and a volume without any is in the group
// "default". The jobs themselves are the work of Longhorn's own recurring job controller and command.
package joblabels

import (
	"context"
	"maps"
	"time"

	"github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/util/wait"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/types"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/reconcile"
)

// Run keeps the labels of all volumes until the context ends.
func Run(ctx context.Context, ds *datastore.DataStore) {
	wait.UntilWithContext(ctx, func(context.Context) { labelAll(ds) }, time.Second)
}

func labelAll(ds *datastore.DataStore) {
	log := logrus.WithField("double", "job labels")
	reconcile.All(log, "Volume", ds.ListVolumes, func(v *longhorn.Volume) error { return label(ds, v) })
}

func label(ds *datastore.DataStore, v *longhorn.Volume) error {
	if v.DeletionTimestamp != nil {
		return nil
	}
	before := maps.Clone(v.Labels)
	if status := v.Status.KubernetesStatus; status.PVCName != "" && status.LastPVCRefAt == "" {
		claim, err := ds.GetPersistentVolumeClaimRO(status.Namespace, status.PVCName)
		if err != nil {
			return err
		}
		v.Labels = followed(v.Labels, claim.Labels)
	}
	if err := datastore.FixupRecurringJob(v); err != nil {
		return err
	}
	if maps.Equal(before, v.Labels) {
		return nil
	}
	_, err := ds.UpdateVolume(v)
	return err
}

// followed are the labels of a volume once those about recurring jobs are its claim's, if the claim says that it is their source.
func followed(volume, claim map[string]string) map[string]string {
	if claim[types.GetRecurringJobSourceLabelKey()] != types.LonghornLabelValueEnabled {
		return volume
	}
	labels := map[string]string{}
	for key, value := range volume {
		if !types.IsRecurringJobLabel(key) {
			labels[key] = value
		}
	}
	for key, value := range claim {
		if types.IsRecurringJobLabel(key) {
			labels[key] = value
		}
	}
	return labels
}
