// Package kubelet runs the real kubelet, from its own entry point, with what this sandbox has in place of cgroups and cAdvisor.
package kubelet

import (
	"path/filepath"
	"time"

	"github.com/moby/sys/userns"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/cmd/kubelet/app/options"
	"k8s.io/kubernetes/pkg/kubelet/eviction"
)

// Config says which node the kubelet runs.
type Config struct {
	// Node is the node's name, Address its address, on which the kubelet serves logs.
	Node, Address string
	Kubeconfig    string
	// Root is the kubelet's root directory.
	Root string
	// RuntimeSocket is where the container runtime answers.
	RuntimeSocket string
	// LeaseSeconds is how long the node's lease lasts; it is renewed four times in that time.
	LeaseSeconds int
	// StatusPeriod is the time between two looks at the node's own status.
	StatusPeriod time.Duration
	// Pressure is a file that says what the node runs short of: memory, disk, or nothing while it does not exist.
	Pressure string
}

// pressureTransition is how long a node counts as under pressure after the last sign of it. The default of 5 minutes would keep every
// node from pods for so long after a drill.
const pressureTransition = 20 * time.Second

// server is the kubelet's complete configuration: its own defaults but for what is named here.
func (c Config) server() (*options.KubeletServer, error) {
	s, err := options.NewKubeletServer()
	if err != nil {
		return nil, err
	}
	s.HostnameOverride, s.NodeIP = c.Node, c.Address
	s.NodeLabels = map[string]string{"kubernetes.io/hostname": c.Node}
	s.KubeConfig = c.Kubeconfig
	s.RootDirectory, s.CertDirectory = c.Root, filepath.Join(c.Root, "pki")
	s.PodLogsDir = filepath.Join(c.Root, "logs")
	s.ContainerRuntimeEndpoint = "unix://" + c.RuntimeSocket
	s.VolumePluginDir = filepath.Join(c.Root, "volume-plugins") // the default one lies outside of the node's disk

	s.Address, s.ReadOnlyPort = c.Address, 0
	s.HealthzPort = 0 // all nodes share one loopback interface
	s.NodeLeaseDurationSeconds = int32(c.LeaseSeconds)
	s.NodeStatusUpdateFrequency = metav1.Duration{Duration: c.StatusPeriod}
	s.EvictionHard = eviction.DefaultEvictionHard // which only a kubelet with a configuration file gets by itself
	s.EvictionPressureTransitionPeriod = metav1.Duration{Duration: pressureTransition}
	s.SyncFrequency = metav1.Duration{Duration: 10 * time.Second}
	s.ClusterDNS, s.ClusterDomain = []string{"10.96.0.10"}, "cluster.local"
	s.ResolverConfig = "" // the machine's would be copied into pods

	// There are no cgroups, and nothing of the machine is measured or adjusted.
	s.CgroupsPerQOS, s.EnforceNodeAllocatable = false, []string{}
	s.FailCgroupV1, s.FailSwapOn = false, false
	s.OOMScoreAdj = 0
	s.MakeIPTablesUtilChains = false
	if userns.RunningInUserNS() {
		s.FeatureGates = map[string]bool{"KubeletInUserNamespace": true} // else it insists on /dev/kmsg
	}
	return s, nil
}
