package kubelet

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/volume"
)

const projectedVolumes = "kubernetes.io/projected"

// withoutOwners makes service account tokens belong to whoever the kubelet is. A pod that names a user gets them with that user as their
// owner, and in a user namespace with a single user the kubelet fails for ever to set another one. The pod's processes run as that
// single user there, so they can read them.
func withoutOwners(plugins []volume.VolumePlugin) []volume.VolumePlugin {
	changed := make([]volume.VolumePlugin, len(plugins))
	for i, plugin := range plugins {
		changed[i] = plugin
		if plugin.GetPluginName() == projectedVolumes {
			changed[i] = ownerlessPlugin{plugin}
		}
	}
	return changed
}

type ownerlessPlugin struct{ volume.VolumePlugin }

func (p ownerlessPlugin) NewMounter(spec *volume.Spec, pod *corev1.Pod) (volume.Mounter, error) {
	mounter, err := p.VolumePlugin.NewMounter(spec, pod)
	return ownerlessMounter{mounter}, err
}

type ownerlessMounter struct{ volume.Mounter }

func (m ownerlessMounter) SetUp(arguments volume.MounterArgs) error {
	arguments.FsUser, arguments.FsGroup = nil, nil
	return m.Mounter.SetUp(arguments)
}

func (m ownerlessMounter) SetUpAt(directory string, arguments volume.MounterArgs) error {
	arguments.FsUser, arguments.FsGroup = nil, nil
	return m.Mounter.SetUpAt(directory, arguments)
}
