package process

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/moby/sys/userns"
	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/cluster/node/internal/rootfs"
)

// Descriptors that Starter leaves to a container's first process: the pipe with the Spec, and one for what went wrong.
const (
	specDescriptor   = 3
	reportDescriptor = 4
)

// Init is the whole of a container's first process until it becomes the container's program. It does not return.
func Init() {
	// The thread that calls exec is the one that is left, with what dieWithNode has set for it.
	runtime.LockOSThread()
	unix.CloseOnExec(specDescriptor)
	unix.CloseOnExec(reportDescriptor)
	var spec Spec
	err := readSpec(specDescriptor, &spec)
	if err == nil {
		err = spec.enter()
	}
	if err == nil {
		err = spec.Command.become()
	}
	fmt.Fprint(os.NewFile(reportDescriptor, "report"), err)
	os.Exit(128)
}

// enter makes the container around the calling process.
func (s Spec) enter() error {
	if err := rootfs.MakePrivate(); err != nil {
		return err
	}
	mounts, err := detach(s.Mounts)
	if err != nil {
		return err
	}
	root, scratch, err := rootfs.Scratch(s.Scratch)
	if err != nil {
		return err
	}
	open, err := s.openPaths()
	if err != nil {
		return err
	}
	plan := rootfs.Plan{
		Machine: s.Machine, Root: root, Directory: rootfs.Overlays(scratch), Open: open,
		Special: map[string]rootfs.Placing{
			"/proc": rootfs.OwnProc, "/dev": rootfs.Devices, "/run": rootfs.Empty,
			"/sys": func(_, target string) error { return rootfs.BindReadOnly("/sys", target) },
		},
	}
	if err := plan.Compose(); err != nil {
		return err
	}
	if err := rootfs.Enter(root); err != nil {
		return err
	}
	if err := attach(mounts); err != nil {
		return err
	}
	return unix.Sethostname([]byte(s.Hostname))
}

// openPaths are what an overlay would hide, and the mount points that could not be made in one.
func (s Spec) openPaths() ([]string, error) {
	programs := append(filepath.SplitList(s.variable("PATH")), filepath.Dir(s.Argv[0]))
	open := rootfs.Holding(s.MachineMounts, programs)
	if !userns.RunningInUserNS() {
		return open, nil
	}
	var destinations []string
	for _, mount := range s.Mounts {
		destinations = append(destinations, mount.Destination)
	}
	missing, err := rootfs.Missing(s.Machine, destinations)
	return append(open, missing...), err
}

// become makes the calling process the command's program. It returns only when it cannot.
func (c Command) become() error {
	directory := c.Directory
	if directory == "" {
		directory = "/"
	}
	if err := os.Chdir(directory); err != nil {
		return fmt.Errorf("working directory: %w", err)
	}
	if err := c.Credentials.become(); err != nil {
		return err
	}
	program, err := c.program()
	if err != nil {
		return err
	}
	if err := dieWithNode(); err != nil {
		return err
	}
	if err := unix.Exec(program, c.Argv, c.Env); err != nil {
		return &fs.PathError{Op: "exec", Path: program, Err: err}
	}
	return nil
}

// dieWithNode asks the kernel to kill the process that the calling thread becomes when the node dies. What Starter has asked for holds for
// the first thread alone, and no longer after a change of credentials.
func dieWithNode() error {
	if err := unix.Prctl(unix.PR_SET_PDEATHSIG, uintptr(unix.SIGKILL), 0, 0, 0); err != nil {
		return fmt.Errorf("die with the node: %w", err)
	}
	// It may have died a moment ago. Its end of the pipe is closed then.
	report := []unix.PollFd{{Fd: reportDescriptor}}
	if _, err := unix.Poll(report, 0); err != nil {
		return fmt.Errorf("die with the node: %w", err)
	}
	if report[0].Revents&unix.POLLERR != 0 {
		return errors.New("the node is gone")
	}
	return nil
}

func (c Command) program() (string, error) {
	if err := os.Setenv("PATH", c.variable("PATH")); err != nil {
		return "", err
	}
	return exec.LookPath(c.Argv[0])
}

func (c Command) variable(name string) string {
	for _, entry := range c.Env {
		if value, found := strings.CutPrefix(entry, name+"="); found {
			return value
		}
	}
	return ""
}
