package daemon

import (
	"context"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"github.com/longhorn/longhorn-manager/datastore"
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
	"github.com/longhorn/longhorn-manager/manager"
	"github.com/longhorn/longhorn-manager/types"
	"github.com/longhorn/longhorn-manager/util/client"
)

// callsOutside are the settings by which Longhorn's setting controller would call the internet. Values from the chart win.
var callsOutside = map[types.SettingName]string{
	types.SettingNameUpgradeChecker:               "false",
	types.SettingNameAllowCollectingLonghornUsage: "false",
	types.SettingNameUpgradeResponderURL:          "http://127.0.0.1:1/",
}

// keepCallsInside makes those settings before the setting controller sees their defaults.
func keepCallsInside(ctx context.Context, ds *datastore.DataStore) error {
	for name, value := range callsOutside {
		err := retried(ctx, func() error {
			if _, err := ds.GetSettingExactRO(name); !apierrors.IsNotFound(err) {
				return err
			}
			_, err := ds.CreateSetting(&longhorn.Setting{ObjectMeta: metav1.ObjectMeta{Name: string(name)}, Value: value})
			if apierrors.IsAlreadyExists(err) {
				return nil
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// setUp does what Longhorn's managers do once their controllers run: bring the settings to what the chart's ConfigMap says,
// and make the default backup target and the engine image.
func setUp(ctx context.Context, clients *client.Clients, o options) error {
	ds, m := clients.Datastore, volumeManager(clients, controllersID)
	images := map[types.SettingName]string{
		types.SettingNameDefaultEngineImage:              o.engineImage,
		types.SettingNameDefaultInstanceManagerImage:     o.instanceManagerImage,
		types.SettingNameDefaultBackingImageManagerImage: o.backingImageManagerImage,
		types.SettingNameSupportBundleManagerImage:       o.supportBundleManagerImage,
	}
	for _, do := range []func() error{
		func() error { return ds.UpdateCustomizedSettings(images) },
		ds.CreateOrUpdateDefaultBackupTarget,
		func() error { return updateRegistrySecret(m) },
		func() error { return m.DeployEngineImage(o.engineImage) },
	} {
		if err := retried(ctx, do); err != nil {
			return err
		}
	}
	return nil
}

// updateRegistrySecret sets the setting registry-secret to the pull secret of the managers' DaemonSet: the chart's
// privateRegistry.registrySecret comes this way, not through its ConfigMap of settings.
func updateRegistrySecret(m *manager.VolumeManager) error {
	setting, err := m.GetSetting(types.SettingNameRegistrySecret)
	if err != nil {
		return err
	}
	managers, err := m.GetDaemonSetRO(types.LonghornManagerDaemonSetName)
	if err != nil {
		return err
	}
	secret := ""
	if secrets := managers.Spec.Template.Spec.ImagePullSecrets; len(secrets) > 0 {
		secret = secrets[0].Name
	}
	if setting.Value == secret {
		return nil
	}
	setting.Value = secret
	_, err = m.CreateOrUpdateSetting(setting)
	return err
}
