package runtime

import (
	"context"
	"log"
	"os"
	"time"

	cri "k8s.io/cri-api/pkg/apis/runtime/v1"
)

// pod is a pod sandbox: an address, as long as it is ready.
type pod struct {
	id      string
	config  *cri.PodSandboxConfig
	address string // empty on the host's network
	ready   bool
	created time.Time
}

func (p *pod) state() cri.PodSandboxState {
	if p.ready {
		return cri.PodSandboxState_SANDBOX_READY
	}
	return cri.PodSandboxState_SANDBOX_NOTREADY
}

// RunPodSandbox gives the pod an address.
func (r *Runtime) RunPodSandbox(_ context.Context, request *cri.RunPodSandboxRequest) (*cri.RunPodSandboxResponse, error) {
	if err := os.MkdirAll(request.Config.GetLogDirectory(), 0o755); err != nil {
		return nil, err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	p := &pod{config: request.Config, ready: true, created: time.Now()}
	if namespaces := request.Config.GetLinux().GetSecurityContext().GetNamespaceOptions(); namespaces.GetNetwork() != cri.NamespaceMode_NODE {
		address, err := r.addresses.take()
		if err != nil {
			return nil, err
		}
		p.address = address
	}
	p.id = r.newID("pod")
	r.pods[p.id] = p
	log.Printf("pod %s/%s: address %q", request.Config.GetMetadata().GetNamespace(), request.Config.GetMetadata().GetName(), p.address)
	return &cri.RunPodSandboxResponse{PodSandboxId: p.id}, nil
}

// StopPodSandbox kills what still runs in the pod and gives its address back.
func (r *Runtime) StopPodSandbox(_ context.Context, request *cri.StopPodSandboxRequest) (*cri.StopPodSandboxResponse, error) {
	for _, c := range r.containersOf(request.PodSandboxId) {
		if err := c.stop(0); err != nil {
			return nil, err
		}
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if p := r.pods[request.PodSandboxId]; p != nil && p.ready {
		p.ready = false
		r.addresses.giveBack(p.address)
	}
	return &cri.StopPodSandboxResponse{}, nil
}

// RemovePodSandbox forgets the pod and its containers.
func (r *Runtime) RemovePodSandbox(ctx context.Context, request *cri.RemovePodSandboxRequest) (*cri.RemovePodSandboxResponse, error) {
	if _, err := r.StopPodSandbox(ctx, &cri.StopPodSandboxRequest{PodSandboxId: request.PodSandboxId}); err != nil {
		return nil, err
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	for id, c := range r.containers {
		if c.pod.id == request.PodSandboxId {
			delete(r.containers, id)
		}
	}
	delete(r.pods, request.PodSandboxId)
	return &cri.RemovePodSandboxResponse{}, nil
}

// PodSandboxStatus tells the pod's address, among others.
func (r *Runtime) PodSandboxStatus(_ context.Context, request *cri.PodSandboxStatusRequest) (*cri.PodSandboxStatusResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	p := r.pods[request.PodSandboxId]
	if p == nil {
		return nil, notFound("pod sandbox", request.PodSandboxId)
	}
	return &cri.PodSandboxStatusResponse{
		Status: &cri.PodSandboxStatus{
			Id: p.id, Metadata: p.config.Metadata, State: p.state(), CreatedAt: p.created.UnixNano(),
			Network: &cri.PodSandboxNetworkStatus{Ip: p.address},
			Linux:   &cri.LinuxPodSandboxStatus{Namespaces: &cri.Namespace{Options: p.config.GetLinux().GetSecurityContext().GetNamespaceOptions()}},
			Labels:  p.config.Labels, Annotations: p.config.Annotations,
		},
		Timestamp: time.Now().UnixNano(),
	}, nil
}

// ListPodSandbox lists the pods that a filter lets through.
func (r *Runtime) ListPodSandbox(_ context.Context, request *cri.ListPodSandboxRequest) (*cri.ListPodSandboxResponse, error) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	response := &cri.ListPodSandboxResponse{}
	for _, p := range r.pods {
		if p.passes(request.GetFilter()) {
			response.Items = append(response.Items, &cri.PodSandbox{
				Id: p.id, Metadata: p.config.Metadata, State: p.state(), CreatedAt: p.created.UnixNano(),
				Labels: p.config.Labels, Annotations: p.config.Annotations,
			})
		}
	}
	return response, nil
}

func (p *pod) passes(filter *cri.PodSandboxFilter) bool {
	return (filter.GetId() == "" || filter.GetId() == p.id) &&
		(filter.GetState() == nil || filter.GetState().GetState() == p.state()) &&
		hasLabels(p.config.Labels, filter.GetLabelSelector())
}

func (r *Runtime) containersOf(podID string) []*container {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	var containers []*container
	for _, c := range r.containers {
		if c.pod.id == podID {
			containers = append(containers, c)
		}
	}
	return containers
}
