package runtime

import (
	"context"
	"path/filepath"
	"time"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// CreateContainer takes note of a container of a pod.
func (r *Runtime) CreateContainer(_ context.Context, request *cri.CreateContainerRequest) (*cri.CreateContainerResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	p := r.pods[request.PodSandboxId]
	if p == nil {
		return nil, notFound("pod sandbox", request.PodSandboxId)
	}
	logPath := ""
	if request.Config.GetLogPath() != "" {
		logPath = filepath.Join(p.config.GetLogDirectory(), request.Config.GetLogPath())
	}
	c := newContainer(r.newID("container"), p, request.Config, logPath)
	r.containers[c.id] = c
	return &cri.CreateContainerResponse{ContainerId: c.id}, nil
}

// StopContainer ends a container's process. One that is gone counts as ended.
func (r *Runtime) StopContainer(_ context.Context, request *cri.StopContainerRequest) (*cri.StopContainerResponse, error) {
	if c, err := r.container(request.ContainerId); err == nil {
		if err := c.stop(time.Duration(request.Timeout) * time.Second); err != nil {
			return nil, err
		}
	}
	return &cri.StopContainerResponse{}, nil
}

// RemoveContainer forgets a container, and kills it if it runs.
func (r *Runtime) RemoveContainer(_ context.Context, request *cri.RemoveContainerRequest) (*cri.RemoveContainerResponse, error) {
	if c, err := r.container(request.ContainerId); err == nil {
		if err := c.stop(0); err != nil {
			return nil, err
		}
		r.mutex.Lock()
		delete(r.containers, c.id)
		r.mutex.Unlock()
	}
	return &cri.RemoveContainerResponse{}, nil
}

// ListContainers lists the containers that a filter lets through.
func (r *Runtime) ListContainers(_ context.Context, request *cri.ListContainersRequest) (*cri.ListContainersResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	response := &cri.ListContainersResponse{}
	for _, c := range r.containers {
		if described := c.describe(); passes(described, request.GetFilter()) {
			response.Containers = append(response.Containers, described)
		}
	}
	return response, nil
}

func (c *container) describe() *cri.Container {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return &cri.Container{
		Id: c.id, PodSandboxId: c.pod.id, Metadata: c.config.Metadata, State: c.state, CreatedAt: c.created.UnixNano(),
		Image: c.config.Image, ImageRef: c.config.GetImage().GetImage(), ImageId: c.config.GetImage().GetImage(),
		Labels: c.config.Labels, Annotations: c.config.Annotations,
	}
}

func passes(c *cri.Container, filter *cri.ContainerFilter) bool {
	return (filter.GetId() == "" || filter.GetId() == c.Id) &&
		(filter.GetPodSandboxId() == "" || filter.GetPodSandboxId() == c.PodSandboxId) &&
		(filter.GetState() == nil || filter.GetState().GetState() == c.State) &&
		hasLabels(c.Labels, filter.GetLabelSelector())
}

// ContainerStatus tells how a container is, or how it ended.
func (r *Runtime) ContainerStatus(_ context.Context, request *cri.ContainerStatusRequest) (*cri.ContainerStatusResponse, error) {
	c, err := r.container(request.ContainerId)
	if err != nil {
		return nil, err
	}
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return &cri.ContainerStatusResponse{Status: &cri.ContainerStatus{
		Id: c.id, Metadata: c.config.Metadata, State: c.state,
		CreatedAt: c.created.UnixNano(), StartedAt: nanoseconds(c.started), FinishedAt: nanoseconds(c.finished),
		ExitCode: c.exitCode, Reason: c.reason(), Message: c.message,
		Image: &cri.ImageSpec{Image: imageOf(c.config)}, ImageRef: c.config.GetImage().GetImage(), ImageId: c.config.GetImage().GetImage(),
		Labels: c.config.Labels, Annotations: c.config.Annotations, Mounts: c.config.Mounts, LogPath: c.log.path,
	}}, nil
}

// nanoseconds is 0 for a time that has not come.
func nanoseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

// UpdateContainerResources changes nothing: there are no limits.
func (r *Runtime) UpdateContainerResources(context.Context, *cri.UpdateContainerResourcesRequest) (*cri.UpdateContainerResourcesResponse, error) {
	return &cri.UpdateContainerResourcesResponse{}, nil
}

// ReopenContainerLog goes on in a new file after the kubelet has moved the old one away.
func (r *Runtime) ReopenContainerLog(_ context.Context, request *cri.ReopenContainerLogRequest) (*cri.ReopenContainerLogResponse, error) {
	c, err := r.container(request.ContainerId)
	if err != nil {
		return nil, err
	}
	return &cri.ReopenContainerLogResponse{}, c.log.open()
}

func (r *Runtime) container(id string) (*container, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	c := r.containers[id]
	if c == nil {
		return nil, notFound("container", id)
	}
	return c, nil
}
