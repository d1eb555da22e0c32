package outside

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"time"

	"longhorn-s3/sandbox/host/internal/inside"
	"longhorn-s3/sandbox/host/internal/link"
	"longhorn-s3/sandbox/host/internal/namespaces"
	"longhorn-s3/sandbox/host/internal/procfs"
)

// readyLimit is how long the part inside may take to prepare the namespaces: milliseconds on an idle machine.
const readyLimit = 30 * time.Second

// errExplained says that the part inside has told on standard error why it could not begin.
var errExplained = errors.New("explained by the part inside")

// insidePart is the part inside as the outer part holds it.
type insidePart struct {
	link    *link.Outside
	command *exec.Cmd
	// gone is closed once the first process inside has ended, before which the kernel ends all others there.
	gone chan struct{}
}

// spawn starts the part inside. It must be called on the main thread, with which that part dies.
func spawn(directory string, stderr *os.File) (*insidePart, error) {
	privileged, err := namespaces.Privileged()
	if err != nil {
		return nil, fmt.Errorf("This process's capabilities cannot be read: %v.", err)
	}
	outer, inherited, err := link.New()
	if err != nil {
		return nil, fmt.Errorf("The sandbox could not be started: %v.", err)
	}
	defer inherited.Close()
	command := exec.Command("/proc/self/exe", "inside", "--directory="+directory)
	command.Args[0] = "sandbox-host"
	command.Dir = directory
	command.Stderr = stderr
	command.ExtraFiles = []*os.File{inherited} // becomes inside.LinkDescriptor
	command.SysProcAttr = namespaces.Attributes(privileged)
	if err := command.Start(); err != nil {
		outer.Close()
		return nil, errors.New(namespaces.ThisMachine().Explain("making the namespaces", err))
	}
	part := &insidePart{link: outer, command: command, gone: make(chan struct{})}
	go func() {
		_ = command.Wait() // how it ended is in command.ProcessState
		close(part.gone)
	}()
	return part, nil
}

// kill ends everything inside; gone says when that is done.
func (p *insidePart) kill() {
	_ = p.command.Process.Kill() // fails only if it has ended already
}

// holder is what the directory's lock is to record.
func (p *insidePart) holder() (holder, error) {
	pid := p.command.Process.Pid
	stat, err := procfs.ReadStat(pid)
	return holder{host: os.Getpid(), first: pid, firstStart: stat.StartTime}, err
}

// awaitReady waits until the part inside answers. An error says why it does not.
func (p *insidePart) awaitReady() error {
	client := &http.Client{Transport: transport(p.link), Timeout: readyLimit}
	response, err := client.Get("http://inside/v1/processes")
	if err == nil {
		client.CloseIdleConnections()
		return response.Body.Close()
	}
	select {
	case <-p.gone:
		if p.command.ProcessState.ExitCode() == inside.Failed {
			return errExplained
		}
		return fmt.Errorf("The first process inside ended at once (%v).", p.command.ProcessState)
	case <-time.After(readyLimit):
		return fmt.Errorf("The first process inside did not answer: %v.", err)
	}
}
