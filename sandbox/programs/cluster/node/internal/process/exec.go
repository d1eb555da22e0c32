package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// ExecCommand is the command of this program that Exec calls; nobody else should.
const ExecCommand = "container-exec"

// Result is what a command in a container came to.
type Result struct {
	Stdout, Stderr []byte
	ExitCode       int32
}

// cannotExec is the exit code of a command that could not be started, as a shell has it.
const cannotExec = 126

type execSpec struct {
	PID int
	Command
}

// Exec runs a command in the container whose first process is pid and waits for its end, or kills it when ctx ends.
func (s *Starter) Exec(ctx context.Context, pid int, command Command) (Result, error) {
	specRead, specWrite, err := os.Pipe()
	if err != nil {
		return Result{}, err
	}
	defer specRead.Close()
	cmd := exec.CommandContext(ctx, "/proc/self/exe", ExecCommand)
	cmd.ExtraFiles = []*os.File{specRead} // becomes descriptor 3
	cmd.Env = []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = time.Second // what the command has left running in the background keeps its output open
	if err := s.onThread(cmd.Start); err != nil {
		specWrite.Close()
		return Result{}, err
	}
	if err := writeSpec(specWrite, execSpec{pid, command}); err != nil && !errors.Is(err, unix.EPIPE) {
		return Result{}, errors.Join(err, cmd.Process.Kill(), cmd.Wait())
	}
	cmd.Wait()
	if ctx.Err() != nil {
		return Result{}, ctx.Err()
	}
	return Result{Stdout: stdout.Bytes(), Stderr: stderr.Bytes(), ExitCode: exitCodeOf(cmd.ProcessState)}, nil
}

// ExecInContainer is the process that Exec starts. It enters the container and runs the command as a child, since only a child is in
// another PID namespace. It does not return.
func ExecInContainer() {
	// Namespaces are entered by a thread, and only this one starts the child.
	runtime.LockOSThread()
	unix.CloseOnExec(specDescriptor)
	var spec execSpec
	err := readSpec(specDescriptor, &spec)
	if err == nil {
		err = enterNamespacesOf(spec.PID)
	}
	// The child cannot be told to die with its parent, which it does not see from its PID namespace.
	ctx, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	code := int32(cannotExec)
	if err == nil {
		code, err = spec.Command.run(ctx)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(int(code))
}

func enterNamespacesOf(pid int) error {
	descriptor, err := unix.PidfdOpen(pid, 0)
	if err != nil {
		return fmt.Errorf("container's process %d: %w", pid, err)
	}
	defer unix.Close(descriptor)
	// A mount namespace is a matter of the whole process unless the thread has a root directory of its own.
	if err := unix.Unshare(unix.CLONE_FS); err != nil {
		return fmt.Errorf("unshare: %w", err)
	}
	if err := unix.Setns(descriptor, unix.CLONE_NEWNS|unix.CLONE_NEWPID|unix.CLONE_NEWUTS|unix.CLONE_NEWIPC); err != nil {
		return fmt.Errorf("enter the container: %w", err)
	}
	return nil
}

// run runs the command as a child of the calling thread, which must be locked.
func (c Command) run(ctx context.Context) (exitCode int32, err error) {
	program, err := c.program()
	if err != nil {
		return cannotExec, err
	}
	child := exec.CommandContext(ctx, program)
	child.Args, child.Env, child.Dir, child.Stdout, child.Stderr = c.Argv, c.Env, c.Directory, os.Stdout, os.Stderr
	child.SysProcAttr = &syscall.SysProcAttr{}
	if child.SysProcAttr.Credential, err = c.Credentials.forChild(); err != nil {
		return cannotExec, err
	}
	if err := child.Start(); err != nil {
		return cannotExec, err
	}
	child.Wait()
	return exitCodeOf(child.ProcessState), nil
}
