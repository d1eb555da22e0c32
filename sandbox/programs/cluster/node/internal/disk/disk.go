// Package disk is a node's own disk, and the root directory that the node sees.
package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/moby/sys/mountinfo"
)

// Disk is the directory that stands for a node's own disk.
type Disk struct {
	Directory string
}

// Where a node expects parts of its disk; each node sees its own there.
const (
	KubeletRoot      = "/var/lib/kubelet"
	longhornData     = "/var/lib/longhorn"
	containerLogs    = "/var/log/containers"
	longhornPart     = "longhorn"
	kubeletPart      = "kubelet"
	containerLogPart = "containers"
)

// Roots is the directory for the containers' roots.
func (d Disk) Roots() string { return filepath.Join(d.Directory, "roots") }

// Hosts is the directory for the hosts files.
func (d Disk) Hosts() string { return filepath.Join(d.Directory, "hosts") }

// ResolverFile is an empty file: nobody is to ask a DNS server.
func (d Disk) ResolverFile() string { return filepath.Join(d.Directory, "resolv.conf") }

// Pressure is the file that says what the node runs short of; it exists only while it runs short of something.
func (d Disk) Pressure() string { return filepath.Join(d.Directory, "pressure") }

// PowerOn makes the disk what it is when a node starts: nothing of the kubelet's and the containers' former life is left, since no
// process has survived it. Longhorn's data stays.
func (d Disk) PowerOn(kubeletDirectories ...string) error {
	if err := d.mustHaveNothingMounted(); err != nil {
		return err
	}
	for _, part := range []string{kubeletPart, containerLogPart, filepath.Base(d.Roots()), filepath.Base(d.Hosts())} {
		if err := os.RemoveAll(filepath.Join(d.Directory, part)); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(d.Directory, part), 0o755); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Join(d.Directory, longhornPart), 0o755); err != nil {
		return err
	}
	for _, directory := range kubeletDirectories {
		if err := os.MkdirAll(filepath.Join(d.Directory, kubeletPart, directory), 0o750); err != nil {
			return err
		}
	}
	return os.WriteFile(d.ResolverFile(), nil, 0o644)
}

// mustHaveNothingMounted guards the volumes: what is mounted below the disk would be deleted with it.
func (d Disk) mustHaveNothingMounted() error {
	mounts, err := mountinfo.GetMounts(mountinfo.PrefixFilter(d.Directory))
	if err != nil {
		return err
	}
	if len(mounts) > 0 {
		return fmt.Errorf("%s is mounted below the node's disk %s, probably by another process that runs the same node: end it first", mounts[0].Mountpoint, d.Directory)
	}
	return nil
}

// HostPath answers where a path of the node's can be found. One that does not exist is made, as containerd does; where the machine does
// not allow that, it is made on the node's disk.
func (d Disk) HostPath(path string) (string, error) {
	_, err := os.Stat(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return path, err
	}
	if os.MkdirAll(path, 0o755) == nil {
		return path, nil
	}
	elsewhere := filepath.Join(d.Directory, "elsewhere", path)
	return elsewhere, os.MkdirAll(elsewhere, 0o755)
}
