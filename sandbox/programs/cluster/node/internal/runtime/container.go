package runtime

import (
	"fmt"
	"log"
	"sync"
	"syscall"
	"time"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	cri "k8s.io/cri-api/pkg/apis/runtime/v1"

	"longhorn-s3/sandbox/cluster/node/internal/process"
)

// container is one container, from its creation until the kubelet removes it.
type container struct {
	id      string
	pod     *pod
	config  *cri.ContainerConfig
	log     *containerLog
	created time.Time

	mutex             sync.Mutex
	state             cri.ContainerState
	starting          bool
	started, finished time.Time
	exitCode          int32
	message           string           // why it could not be started
	process           *process.Process // nil: it idles
	command           process.Command  // what the process was started with
	ended             chan struct{}
}

// How long the kernel may take to end what was killed. A process that waits for a disk can take longer.
const killWait = 10 * time.Second

func newContainer(id string, p *pod, config *cri.ContainerConfig, logPath string) *container {
	return &container{
		id: id, pod: p, config: config, created: time.Now(), log: &containerLog{path: logPath, now: time.Now},
		state: cri.ContainerState_CONTAINER_CREATED, ended: make(chan struct{}),
	}
}

func (c *container) String() string {
	metadata := c.pod.config.GetMetadata()
	return fmt.Sprintf("container %s/%s/%s", metadata.GetNamespace(), metadata.GetName(), c.config.GetMetadata().GetName())
}

// claimStart tells whether the container can be started: once.
func (c *container) claimStart() error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.starting || c.state != cri.ContainerState_CONTAINER_CREATED {
		return status.Errorf(codes.FailedPrecondition, "%s was started or stopped before: it is %s", c, c.state)
	}
	c.starting = true
	return nil
}

// running marks the container as running: the process, or nothing when p is nil. It fails for one that was stopped meanwhile.
func (c *container) running(p *process.Process, command process.Command) error {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.state != cri.ContainerState_CONTAINER_CREATED {
		return fmt.Errorf("%s was stopped while it was being started", c)
	}
	c.state, c.started, c.process, c.command = cri.ContainerState_CONTAINER_RUNNING, time.Now(), p, command
	return nil
}

// exited marks the container as ended, once.
func (c *container) exited(exitCode int32, how string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.state == cri.ContainerState_CONTAINER_EXITED {
		return
	}
	c.state, c.finished, c.exitCode = cri.ContainerState_CONTAINER_EXITED, time.Now(), exitCode
	close(c.ended)
	log.Printf("%s: ended with %d (%s)", c, exitCode, how)
}

// failed marks the container as one that could not be started.
func (c *container) failed(reason error) {
	c.mutex.Lock()
	c.message = reason.Error()
	c.mutex.Unlock()
	c.exited(128, reason.Error())
}

// reason is the container's end in the one word that the kubelet shows.
func (c *container) reason() string {
	switch {
	case c.state != cri.ContainerState_CONTAINER_EXITED:
		return ""
	case c.message != "":
		return "StartError"
	case c.exitCode == 0:
		return "Completed"
	default:
		return "Error"
	}
}

// stop ends the container: SIGTERM, and SIGKILL after the grace period.
func (c *container) stop(grace time.Duration) error {
	c.mutex.Lock()
	state, p := c.state, c.process
	c.mutex.Unlock()
	switch {
	case state == cri.ContainerState_CONTAINER_EXITED:
		return nil
	case state == cri.ContainerState_CONTAINER_CREATED:
		c.exited(128+int32(syscall.SIGKILL), "it was never started")
		return nil
	case p == nil:
		c.exited(0, "it idled")
		return nil
	}
	if grace > 0 {
		p.Signal(syscall.SIGTERM)
		if c.endsWithin(grace) {
			return nil
		}
	}
	p.Signal(syscall.SIGKILL)
	if !c.endsWithin(killWait) {
		return fmt.Errorf("%s: process %d is still there %v after SIGKILL", c, p.PID, killWait)
	}
	return nil
}

func (c *container) endsWithin(d time.Duration) bool {
	select {
	case <-c.ended:
		return true
	case <-time.After(d):
		return false
	}
}
