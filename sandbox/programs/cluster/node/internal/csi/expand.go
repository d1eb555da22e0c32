package csi

import (
	"context"
	"errors"
	"log"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"longhorn-s3/sandbox/cluster/node/volumes"
)

// NodeExpandVolume does what Longhorn does once a volume's engine has grown under a pod: the filesystem on it grows. Here it is written
// down, and the pod goes on.
func (s *Service) NodeExpandVolume(ctx context.Context, request *csi.NodeExpandVolumeRequest) (*csi.NodeExpandVolumeResponse, error) {
	if err := validate(request.VolumeId, request.VolumeCapability); err != nil {
		return nil, err
	}
	if request.CapacityRange == nil {
		return nil, status.Error(codes.InvalidArgument, "capacity range missing in request")
	}
	bytes := request.CapacityRange.RequiredBytes
	err := s.Volumes.Expand(ctx, request.VolumeId, s.Node, bytes)
	if errors.Is(err, volumes.ErrNotStaged) {
		return nil, status.Errorf(codes.FailedPrecondition, "volume %s: %v", request.VolumeId, err)
	}
	if err != nil {
		return nil, err
	}
	log.Printf("volume %s: %d bytes", request.VolumeId, bytes)
	return &csi.NodeExpandVolumeResponse{CapacityBytes: bytes}, nil
}
