package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"

	"longhorn-s3/sandbox/cluster/node/internal/csi"
	"longhorn-s3/sandbox/cluster/node/internal/disk"
	"longhorn-s3/sandbox/cluster/node/internal/hosts"
	"longhorn-s3/sandbox/cluster/node/internal/kubelet"
	"longhorn-s3/sandbox/cluster/node/internal/notrun"
	"longhorn-s3/sandbox/cluster/node/internal/options"
	"longhorn-s3/sandbox/cluster/node/internal/process"
	"longhorn-s3/sandbox/cluster/node/internal/runtime"
	"longhorn-s3/sandbox/cluster/node/volumes"
)

// run is the life of a node, from power on; it ends by an error or a signal.
func run(arguments []string) error {
	node, err := options.ParseNode(arguments, os.Stderr)
	if err != nil {
		return err
	}
	ctx := context.Background()
	config, err := clientcmd.BuildConfigFromFlags("", node.Kubeconfig)
	if err != nil {
		return fmt.Errorf("kubeconfig: %w", err)
	}
	config.UserAgent = "sandbox-node"
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return fmt.Errorf("kubeconfig: %w", err)
	}
	store := volumes.Store{Directory: node.Volumes}
	machineMounts, err := powerOn(ctx, node, store)
	if err != nil {
		return err
	}
	log.Printf("node %s is on, waiting for the API server %s", node.Name, config.Host)
	services, err := hosts.Follow(ctx, client, disk.Disk{Directory: node.Directory}.Hosts())
	if err != nil {
		return fmt.Errorf("hosts files: %w", err)
	}
	socket, err := serveRuntime(node, machineMounts, services)
	if err != nil {
		return fmt.Errorf("container runtime: %w", err)
	}
	service := csi.Service{Node: node.Name, Volumes: store, StageDelay: node.StageDelay, Attached: csi.AttachedTo(client, node.Name)}
	if err := service.Serve(ctx, client, disk.KubeletRoot); err != nil {
		return err
	}
	return kubelet.Run(ctx, kubelet.Config{
		Node: node.Name, Address: node.Address, Kubeconfig: node.Kubeconfig, Root: disk.KubeletRoot, RuntimeSocket: socket,
		LeaseSeconds: node.LeaseSeconds, StatusPeriod: node.StatusPeriod, Pressure: disk.Disk{Directory: node.Directory}.Pressure(),
	})
}

// powerOn makes the node's disk and the volumes what they are after a power loss, and enters the node's root directory.
func powerOn(ctx context.Context, node options.Node, store volumes.Store) (machineMounts []string, err error) {
	if err := os.MkdirAll(node.Volumes, 0o755); err != nil {
		return nil, err
	}
	own := disk.Disk{Directory: node.Directory}
	if err := own.PowerOn(csi.PluginDirectory, csi.RegistryDirectory); err != nil {
		return nil, err
	}
	machineMounts, err = own.EnterRoot(node.Volumes, filepath.Dir(node.Images), filepath.Dir(node.NotRun), filepath.Dir(node.Kubeconfig))
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, volumesTimeout)
	defer cancel()
	return machineMounts, store.NodeStarted(ctx, node.Name)
}

func serveRuntime(node options.Node, machineMounts []string, services *hosts.Files) (socket string, err error) {
	users, err := process.CurrentUserNamespace()
	if err != nil {
		return "", err
	}
	own := disk.Disk{Directory: node.Directory}
	socket = filepath.Join(disk.KubeletRoot, "cri.sock")
	return socket, runtime.New(runtime.Config{
		Node: node.Name, Address: node.Address, PodPrefix: node.PodPrefix,
		Images: node.Images, NotRun: notrun.Log{File: node.NotRun},
		Scratch: own.Roots(), Machine: disk.Machine, MachineMounts: machineMounts,
		HostsFile: services.For, ResolverFile: own.ResolverFile(), HostPath: own.HostPath,
		UserNamespace: users,
	}).Serve(socket)
}
