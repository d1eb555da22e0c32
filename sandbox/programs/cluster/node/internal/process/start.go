package process

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// InitCommand is the command of this program that Starter calls; nobody else should.
const InitCommand = "container-init"

// Starter starts the processes of containers. They die with the node: they stay in its process group, which is what is killed when
// it loses power, and the kernel kills them when the node dies alone. The latter belongs to the parent's thread, not to the parent:
// one thread that never ends starts them all.
type Starter struct {
	thread chan func()
}

// NewStarter makes a Starter, for the life of this process.
func NewStarter() *Starter {
	s := &Starter{thread: make(chan func())}
	go func() {
		runtime.LockOSThread()
		for call := range s.thread {
			call()
		}
	}()
	return s
}

// Process is a container's first process.
type Process struct {
	PID int
	cmd *exec.Cmd
}

// Start starts a container and returns once its program runs. identity is the environment by which it can be told whose it is while it
// is still being made. stdout and stderr each get what the container writes, from one goroutine.
func (s *Starter) Start(spec Spec, identity []string, stdout, stderr io.Writer) (*Process, error) {
	specRead, specWrite, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer specRead.Close()
	reportRead, reportWrite, err := os.Pipe()
	if err != nil {
		specWrite.Close()
		return nil, err
	}
	defer reportRead.Close()

	cmd := exec.Command("/proc/self/exe", InitCommand)
	cmd.ExtraFiles = []*os.File{specRead, reportWrite} // become descriptors 3 and 4
	cmd.Env, cmd.Stdout, cmd.Stderr = identity, stdout, stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Pdeathsig:  syscall.SIGKILL,
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
	}
	err = s.onThread(cmd.Start)
	reportWrite.Close()
	if err != nil {
		specWrite.Close()
		return nil, fmt.Errorf("start a process in namespaces of its own: %w", err)
	}
	writeErr := writeSpec(specWrite, spec)
	// The other end is closed by the program's start, or by the end of what was to become it.
	report, readErr := io.ReadAll(reportRead)
	if len(report) > 0 || writeErr != nil || readErr != nil {
		cmd.Process.Kill()
		cmd.Wait()
		if len(report) == 0 {
			return nil, fmt.Errorf("start %q: its first process ended: %s", spec.Argv, cmd.ProcessState)
		}
		return nil, fmt.Errorf("start %q: %s", spec.Argv, report)
	}
	return &Process{PID: cmd.Process.Pid, cmd: cmd}, nil
}

// Wait waits for the end of the container and of all it has written. The code is 128 and the signal's number for one that was killed.
func (p *Process) Wait() (exitCode int32, how string) {
	p.cmd.Wait()
	return exitCodeOf(p.cmd.ProcessState), p.cmd.ProcessState.String()
}

// Signal sends a signal to the container's first process. SIGKILL ends all that runs in the container.
func (p *Process) Signal(signal syscall.Signal) error { return p.cmd.Process.Signal(signal) }

func (s *Starter) onThread(start func() error) error {
	started := make(chan error, 1)
	s.thread <- func() { started <- start() }
	return <-started
}

func exitCodeOf(state *os.ProcessState) int32 {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int32(status.Signal())
	}
	return int32(state.ExitCode())
}
