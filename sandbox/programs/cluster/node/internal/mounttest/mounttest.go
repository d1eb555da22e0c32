// Package mounttest runs tests that mount in a mount namespace of their own, so that they leave nothing on the machine, and in a user
// namespace where they are not root's.
package mounttest

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"

	"longhorn-s3/sandbox/cluster/node/internal/rootfs"
)

const inside = "MOUNTTEST_INSIDE"

// Main runs the tests of a package; call it from TestMain. It does not return.
func Main(m *testing.M) {
	if os.Getenv(inside) != "" {
		if err := rootfs.MakePrivate(); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(m.Run())
	}
	tests := exec.Command("/proc/self/exe", os.Args[1:]...)
	tests.Stdin, tests.Stdout, tests.Stderr = os.Stdin, os.Stdout, os.Stderr
	tests.Env = append(os.Environ(), inside+"=1")
	tests.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}
	if os.Geteuid() != 0 {
		tests.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		tests.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		tests.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	err := tests.Run()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(tests.ProcessState.ExitCode())
}
