// Package csi is Longhorn's CSI node service, with a directory in place of a block device.
package csi

import (
	"context"
	"errors"
	"io/fs"
	"log"
	"os"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"golang.org/x/sys/unix"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"longhorn-s3/sandbox/cluster/node/volumes"
)

// Driver is the name of Longhorn's CSI driver.
const Driver = "driver.longhorn.io"

// The version of Longhorn whose controllers decide about attachments.
const vendorVersion = "v1.12.0"

// Service is the CSI identity and node service of one node.
type Service struct {
	csi.UnimplementedIdentityServer
	csi.UnimplementedNodeServer

	Node    string
	Volumes volumes.Store
	// StageDelay is how long it takes to format and mount a device.
	StageDelay time.Duration
	// Attached tells whether Kubernetes and Longhorn agree that the volume is attached to this node.
	Attached func(ctx context.Context, handle string) (bool, error)
}

// GetPluginInfo names the driver.
func (s *Service) GetPluginInfo(context.Context, *csi.GetPluginInfoRequest) (*csi.GetPluginInfoResponse, error) {
	return &csi.GetPluginInfoResponse{Name: Driver, VendorVersion: vendorVersion}, nil
}

// NodeGetInfo names the node.
func (s *Service) NodeGetInfo(context.Context, *csi.NodeGetInfoRequest) (*csi.NodeGetInfoResponse, error) {
	return &csi.NodeGetInfoResponse{NodeId: s.Node}, nil
}

// NodeGetCapabilities answers what Longhorn's answers, without statistics.
func (s *Service) NodeGetCapabilities(context.Context, *csi.NodeGetCapabilitiesRequest) (*csi.NodeGetCapabilitiesResponse, error) {
	response := &csi.NodeGetCapabilitiesResponse{}
	for _, capability := range []csi.NodeServiceCapability_RPC_Type{
		csi.NodeServiceCapability_RPC_STAGE_UNSTAGE_VOLUME, csi.NodeServiceCapability_RPC_EXPAND_VOLUME,
		csi.NodeServiceCapability_RPC_SINGLE_NODE_MULTI_WRITER,
	} {
		response.Capabilities = append(response.Capabilities, &csi.NodeServiceCapability{
			Type: &csi.NodeServiceCapability_Rpc{Rpc: &csi.NodeServiceCapability_RPC{Type: capability}},
		})
	}
	return response, nil
}

// NodeStageVolume takes the volume for this node.
func (s *Service) NodeStageVolume(ctx context.Context, request *csi.NodeStageVolumeRequest) (*csi.NodeStageVolumeResponse, error) {
	if err := validate(request.VolumeId, request.VolumeCapability); err != nil {
		return nil, err
	}
	select {
	case <-time.After(s.StageDelay):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	directory, err := s.stage(ctx, request.VolumeId)
	if err != nil {
		return nil, err
	}
	log.Printf("volume %s: staged, %s", request.VolumeId, directory)
	return &csi.NodeStageVolumeResponse{}, nil
}

// stage refuses a volume that is not attached here, as Longhorn does, whose device is missing then. A node that was frozen for a while
// may go on with a step that is long out of date: it would take the volume from the node that has it now.
func (s *Service) stage(ctx context.Context, handle string) (directory string, err error) {
	attached, err := s.Attached(ctx, handle)
	if err != nil {
		return "", status.Errorf(codes.Unavailable, "whether volume %s is attached to %s: %v", handle, s.Node, err)
	}
	if !attached {
		return "", status.Errorf(codes.InvalidArgument, "volume %s hasn't been attached yet", handle)
	}
	return s.Volumes.Stage(ctx, handle, s.Node)
}

// NodePublishVolume mounts what this node has staged into a pod.
func (s *Service) NodePublishVolume(ctx context.Context, request *csi.NodePublishVolumeRequest) (*csi.NodePublishVolumeResponse, error) {
	if err := validate(request.VolumeId, request.VolumeCapability); err != nil {
		return nil, err
	}
	if request.TargetPath == "" {
		return nil, status.Error(codes.InvalidArgument, "target path is missing")
	}
	directory, staged, err := s.Volumes.StagedDirectory(ctx, request.VolumeId, s.Node)
	if err == nil && !staged {
		// The kubelet still counts as staged what another node has taken meanwhile.
		directory, err = s.stage(ctx, request.VolumeId)
	}
	if err != nil {
		return nil, err
	}
	log.Printf("volume %s: publish %s at %s", request.VolumeId, directory, request.TargetPath)
	return &csi.NodePublishVolumeResponse{}, publish(directory, request.TargetPath, request.Readonly)
}

// NodeUnpublishVolume unmounts a volume from a pod.
func (s *Service) NodeUnpublishVolume(_ context.Context, request *csi.NodeUnpublishVolumeRequest) (*csi.NodeUnpublishVolumeResponse, error) {
	if request.TargetPath == "" {
		return nil, status.Error(codes.InvalidArgument, "target path is missing")
	}
	log.Printf("volume %s: unpublish %s", request.VolumeId, request.TargetPath)
	if err := unix.Unmount(request.TargetPath, 0); err != nil && !errors.Is(err, unix.EINVAL) && !errors.Is(err, fs.ErrNotExist) {
		return nil, status.Errorf(codes.Internal, "unmount %s: %v", request.TargetPath, err)
	}
	// Never with everything in it: should it still be mounted, that would be the volume.
	if err := os.Remove(request.TargetPath); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return &csi.NodeUnpublishVolumeResponse{}, nil
}

// NodeUnstageVolume lets go of the volume.
func (s *Service) NodeUnstageVolume(ctx context.Context, request *csi.NodeUnstageVolumeRequest) (*csi.NodeUnstageVolumeResponse, error) {
	if err := volumes.ValidateHandle(request.VolumeId); err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	log.Printf("volume %s: unstage", request.VolumeId)
	return &csi.NodeUnstageVolumeResponse{}, s.Volumes.Unstage(ctx, request.VolumeId, s.Node)
}

func validate(handle string, capability *csi.VolumeCapability) error {
	if err := volumes.ValidateHandle(handle); err != nil {
		return status.Error(codes.InvalidArgument, err.Error())
	}
	if capability == nil {
		return status.Errorf(codes.InvalidArgument, "volume %s: volume capability is missing", handle)
	}
	if capability.GetBlock() != nil {
		return status.Errorf(codes.InvalidArgument, "volume %s: there are no block devices in the sandbox; use volumeMode Filesystem", handle)
	}
	return nil
}
