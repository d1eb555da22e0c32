package kubelet

import (
	"context"
	"fmt"

	"github.com/moby/sys/userns"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	kubeletapp "k8s.io/kubernetes/cmd/kubelet/app"
	"k8s.io/kubernetes/pkg/kubelet/cm"
)

// Run runs the kubelet until ctx ends or it fails. It handles no signal, so that the end of the process is the node's power loss and not
// an orderly shutdown.
func Run(ctx context.Context, config Config) error {
	server, err := config.server()
	if err != nil {
		return fmt.Errorf("kubelet configuration: %w", err)
	}
	// Mounter, volume plugins, prober, event recorder and TLS, without which there are no logs, are the real ones.
	dependencies, err := kubeletapp.UnsecuredDependencies(ctx, server, utilfeature.DefaultFeatureGate)
	if err != nil {
		return fmt.Errorf("kubelet dependencies: %w", err)
	}
	if userns.RunningInUserNS() {
		dependencies.VolumePlugins = withoutOwners(dependencies.VolumePlugins)
	}
	dependencies.CAdvisorInterface = machine{node: config.Node, pressure: config.Pressure}
	dependencies.ContainerManager = cm.NewStubContainerManager()
	return kubeletapp.Run(ctx, server, dependencies, utilfeature.DefaultFeatureGate)
}
