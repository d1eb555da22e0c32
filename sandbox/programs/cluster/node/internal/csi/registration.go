package csi

import (
	"context"
	"fmt"
	"log"
	"net"
	"path/filepath"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	registration "k8s.io/kubelet/pkg/apis/pluginregistration/v1"
)

// Directories of a node's, relative to the kubelet's root, that have to exist.
var (
	PluginDirectory   = filepath.Join("plugins", Driver)
	RegistryDirectory = "plugins_registry"
)

// Serve serves the service on a socket in the kubelet's root and registers it there once the Node exists. Longhorn's plugin pod has its
// own socket, csi.sock, for the controller service.
func (s *Service) Serve(ctx context.Context, client kubernetes.Interface, kubeletRoot string) error {
	endpoint := filepath.Join(kubeletRoot, PluginDirectory, "node.sock")
	err := serve(endpoint, func(server *grpc.Server) {
		csi.RegisterIdentityServer(server, s)
		csi.RegisterNodeServer(server, s)
	})
	if err != nil {
		return err
	}
	go func() {
		// Too early, and the kubelet fails to make the CSINode and stays NotReady for a time that grows with each try.
		waitForNode(ctx, client, s.Node)
		socket := filepath.Join(kubeletRoot, RegistryDirectory, Driver+"-reg.sock")
		if err := serve(socket, func(server *grpc.Server) {
			registration.RegisterRegistrationServer(server, registrar{endpoint: endpoint})
		}); err != nil {
			log.Fatalf("CSI registration: %v", err)
		}
	}()
	return nil
}

// registrar is what the kubelet asks about a plugin that it has found.
type registrar struct {
	registration.UnimplementedRegistrationServer
	endpoint string
}

func (r registrar) GetInfo(context.Context, *registration.InfoRequest) (*registration.PluginInfo, error) {
	return &registration.PluginInfo{Type: registration.CSIPlugin, Name: Driver, Endpoint: r.endpoint, SupportedVersions: []string{"1.0.0"}}, nil
}

func (r registrar) NotifyRegistrationStatus(_ context.Context, status *registration.RegistrationStatus) (*registration.RegistrationStatusResponse, error) {
	log.Printf("CSI registration: done %v %s", status.PluginRegistered, status.Error)
	return &registration.RegistrationStatusResponse{}, nil
}

func waitForNode(ctx context.Context, client kubernetes.Interface, name string) {
	for ctx.Err() == nil {
		if _, err := client.CoreV1().Nodes().Get(ctx, name, metav1.GetOptions{}); err == nil {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func serve(socket string, register func(*grpc.Server)) error {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return fmt.Errorf("CSI socket: %w", err)
	}
	server := grpc.NewServer()
	register(server)
	go server.Serve(listener)
	return nil
}
