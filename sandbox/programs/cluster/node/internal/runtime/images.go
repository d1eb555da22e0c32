package runtime

import (
	"context"
	"time"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/internal/images"
)

// PullImage takes as long as the image table says, and fails where it says so; else it makes the image known. There is nothing in it.
func (r *Runtime) PullImage(ctx context.Context, request *cri.PullImageRequest) (*cri.PullImageResponse, error) {
	table, err := images.Read(r.config.Images)
	if err != nil {
		return nil, err
	}
	select {
	case <-time.After(time.Duration(table.PullDelay)):
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := table.Pull(request.GetImage().GetImage()); err != nil {
		return nil, err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.images[request.GetImage().GetImage()] = true
	return &cri.PullImageResponse{ImageRef: request.GetImage().GetImage()}, nil
}

// ListImages lists what was pulled.
func (r *Runtime) ListImages(context.Context, *cri.ListImagesRequest) (*cri.ListImagesResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	response := &cri.ListImagesResponse{}
	for name := range r.images {
		response.Images = append(response.Images, describeImage(name))
	}
	return response, nil
}

// ImageStatus tells whether an image was pulled.
func (r *Runtime) ImageStatus(_ context.Context, request *cri.ImageStatusRequest) (*cri.ImageStatusResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if !r.images[request.GetImage().GetImage()] {
		return &cri.ImageStatusResponse{}, nil
	}
	return &cri.ImageStatusResponse{Image: describeImage(request.GetImage().GetImage())}, nil
}

// RemoveImage forgets an image.
func (r *Runtime) RemoveImage(_ context.Context, request *cri.RemoveImageRequest) (*cri.RemoveImageResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	delete(r.images, request.GetImage().GetImage())
	return &cri.RemoveImageResponse{}, nil
}

func describeImage(name string) *cri.Image {
	return &cri.Image{
		Id: name, RepoTags: []string{name}, Size: 1 << 20,
		Uid: &cri.Int64Value{Value: 0}, Spec: &cri.ImageSpec{Image: name}, // without a user the kubelet cannot tell whether it is root
	}
}

// ImageFsInfo tells which file system the images are on; how full it is, the kubelet asks cAdvisor.
func (r *Runtime) ImageFsInfo(context.Context, *cri.ImageFsInfoRequest) (*cri.ImageFsInfoResponse, error) {
	usage := []*cri.FilesystemUsage{{
		Timestamp: time.Now().UnixNano(), FsId: &cri.FilesystemIdentifier{Mountpoint: "/"},
		UsedBytes: &cri.UInt64Value{Value: 1 << 30}, InodesUsed: &cri.UInt64Value{Value: 1000},
	}}
	return &cri.ImageFsInfoResponse{ImageFilesystems: usage, ContainerFilesystems: usage}, nil
}

// ListContainerStats has nothing to tell: without cgroups nothing is measured.
func (r *Runtime) ListContainerStats(context.Context, *cri.ListContainerStatsRequest) (*cri.ListContainerStatsResponse, error) {
	return &cri.ListContainerStatsResponse{}, nil
}

// ListPodSandboxStats has nothing to tell either.
func (r *Runtime) ListPodSandboxStats(context.Context, *cri.ListPodSandboxStatsRequest) (*cri.ListPodSandboxStatsResponse, error) {
	return &cri.ListPodSandboxStatsResponse{}, nil
}

// ListMetricDescriptors has nothing to describe.
func (r *Runtime) ListMetricDescriptors(context.Context, *cri.ListMetricDescriptorsRequest) (*cri.ListMetricDescriptorsResponse, error) {
	return &cri.ListMetricDescriptorsResponse{}, nil
}
