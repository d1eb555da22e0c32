// Package namespaces says which namespaces a sandbox is made of and explains why a machine does not give them.
package namespaces

import (
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Attributes are those of the first process inside: it gets namespaces of its own and dies with the thread that starts
// it. Without privileges it gets a user namespace too, in which the caller's own user and group are root.
func Attributes(privileged bool) *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{
		Cloneflags: unix.CLONE_NEWNET | unix.CLONE_NEWPID | unix.CLONE_NEWNS | unix.CLONE_NEWIPC | unix.CLONE_NEWUTS,
		Pdeathsig:  syscall.SIGKILL,
		Setsid:     true,
	}
	if !privileged {
		attributes.Cloneflags |= unix.CLONE_NEWUSER
		attributes.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Geteuid(), Size: 1}}
		attributes.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getegid(), Size: 1}}
	}
	return attributes
}

// Privileged says whether this process may make all namespaces and configure their network without a user namespace.
// Root in a container often may not.
func Privileged() (bool, error) {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return false, err
	}
	return hasAll(uint64(data[1].Effective)<<32 | uint64(data[0].Effective)), nil
}

func hasAll(effective uint64) bool {
	const needed = uint64(1)<<unix.CAP_SYS_ADMIN | uint64(1)<<unix.CAP_NET_ADMIN
	return effective&needed == needed
}
