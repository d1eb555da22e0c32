// Package runtime is a container runtime: what the kubelet asks of containerd or CRI-O by the CRI. A pod sandbox is bookkeeping and an
// address, a container is a process of the machine that the image table names, or nothing at all. Nothing is ever pulled.
//
// There is no streaming: kubectl exec, attach and port-forward answer that they are not implemented. Commands of probes and hooks run.
package runtime

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/internal/notrun"
	"longhorn-s3/sandbox/cluster/node/internal/process"
)

// Config says on what node the runtime works.
type Config struct {
	// Node is the node's name, Address its address, which pods on the host's network have too.
	Node, Address string
	// PodPrefix is what the addresses of its pods begin with, such as "10.244.1.".
	PodPrefix string
	// Images is the file of the image table. It is read again for every container and every pull.
	Images string
	NotRun notrun.Log
	// Scratch is a directory for the containers' roots.
	Scratch string
	// Machine is where the machine's root can be seen, MachineMounts are the directories on which something is mounted there.
	Machine       string
	MachineMounts []string
	// HostsFile answers the file that is /etc/hosts to the pods of a namespace, ResolverFile is their /etc/resolv.conf.
	HostsFile    func(namespace string) (string, error)
	ResolverFile string
	// HostPath answers where a path of the node's can be found, and makes an empty directory for one that does not exist.
	HostPath func(path string) (string, error)
	// UserNamespace tells which users a container can run as.
	UserNamespace process.UserNamespace
}

// Runtime serves the CRI.
type Runtime struct {
	cri.UnimplementedRuntimeServiceServer
	cri.UnimplementedImageServiceServer

	config  Config
	starter *process.Starter
	warned  sync.Once

	mutex      sync.Mutex
	addresses  *addresses
	made       int // pod sandboxes and containers so far
	pods       map[string]*pod
	containers map[string]*container
	images     map[string]bool
}

// New makes a runtime without any containers.
func New(config Config) *Runtime {
	return &Runtime{
		config: config, starter: process.NewStarter(), addresses: newAddresses(config.PodPrefix),
		pods: map[string]*pod{}, containers: map[string]*container{}, images: map[string]bool{},
	}
}

// The kubelet lists everything there is in one message.
const longestMessage = 16 << 20

// Serve answers on a unix socket until the process ends.
func (r *Runtime) Serve(socket string) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(longestMessage), grpc.MaxSendMsgSize(longestMessage))
	cri.RegisterRuntimeServiceServer(server, r)
	cri.RegisterImageServiceServer(server, r)
	go server.Serve(listener)
	return nil
}

// Version tells the kubelet with whom it speaks.
func (r *Runtime) Version(context.Context, *cri.VersionRequest) (*cri.VersionResponse, error) {
	return &cri.VersionResponse{Version: "0.1.0", RuntimeName: "sandbox", RuntimeVersion: "1.0.0", RuntimeApiVersion: "v1"}, nil
}

// Status is always that everything is ready.
func (r *Runtime) Status(context.Context, *cri.StatusRequest) (*cri.StatusResponse, error) {
	return &cri.StatusResponse{Status: &cri.RuntimeStatus{Conditions: []*cri.RuntimeCondition{
		{Type: cri.RuntimeReady, Status: true}, {Type: cri.NetworkReady, Status: true},
	}}}, nil
}

// RuntimeConfig names a cgroup driver, without which the kubelet asks on; no cgroup is ever made.
func (r *Runtime) RuntimeConfig(context.Context, *cri.RuntimeConfigRequest) (*cri.RuntimeConfigResponse, error) {
	return &cri.RuntimeConfigResponse{Linux: &cri.LinuxRuntimeConfiguration{CgroupDriver: cri.CgroupDriver_CGROUPFS}}, nil
}

// UpdateRuntimeConfig takes note of nothing: pods' addresses are the runtime's own matter.
func (r *Runtime) UpdateRuntimeConfig(context.Context, *cri.UpdateRuntimeConfigRequest) (*cri.UpdateRuntimeConfigResponse, error) {
	return &cri.UpdateRuntimeConfigResponse{}, nil
}

// newID answers an identifier that no other life of this or another node gives. The mutex must be held.
func (r *Runtime) newID(kind string) string {
	r.made++
	return fmt.Sprintf("%s-%s-%d-%x", r.config.Node, kind, r.made, time.Now().UnixNano())
}

func notFound(kind, id string) error {
	return status.Errorf(codes.NotFound, "%s %s does not exist", kind, id)
}

func hasLabels(labels, wanted map[string]string) bool {
	for name, value := range wanted {
		if labels[name] != value {
			return false
		}
	}
	return true
}
