package kubelet

import (
	"testing"
	"time"

	"k8s.io/kubernetes/cmd/kubelet/app/options"
)

func TestTheKubeletAcceptsItsConfiguration(t *testing.T) {
	server, err := Config{
		Node: "node1", Address: "192.0.2.11", Kubeconfig: "/d/pki/node1.conf", Root: "/var/lib/kubelet", RuntimeSocket: "/var/lib/kubelet/cri.sock",
		LeaseSeconds: 4, StatusPeriod: 10 * time.Second,
	}.server()
	if err != nil {
		t.Fatal(err)
	}
	if err := options.ValidateKubeletServer(server); err != nil {
		t.Error(err)
	}
	if server.EvictionHard["memory.available"] == "" || server.EvictionHard["nodefs.available"] == "" {
		t.Errorf("the kubelet evicts no pod: its thresholds are %v", server.EvictionHard)
	}
	if !server.EnableControllerAttachDetach || server.NodeLeaseDurationSeconds != 4 || server.ShutdownGracePeriod.Duration != 0 {
		t.Errorf("attach by controller %v, lease %d s, shutdown grace %v", server.EnableControllerAttachDetach, server.NodeLeaseDurationSeconds, server.ShutdownGracePeriod)
	}
}
