package kubelet

import (
	"context"
	"fmt"
	"os"
	"time"

	"github.com/google/cadvisor/info/v1"
	"github.com/google/cadvisor/info/v2"
	"golang.org/x/sys/unix"
	"k8s.io/kubernetes/pkg/kubelet/cadvisor"
)

// machine stands in for cAdvisor: a computer that is large enough for everything, and on which nothing is measured.
type machine struct {
	node string
}

var _ cadvisor.Interface = machine{}

const (
	cores          = 8
	memory         = 16 << 30
	diskCapacity   = 100 << 30
	diskAvailable  = 80 << 30
	inodesCapacity = uint64(1_000_000)
)

func (machine) Start() error { return nil }

// MachineInfo has another boot ID each time: every start is one after a power loss.
func (m machine) MachineInfo() (*v1.MachineInfo, error) {
	return &v1.MachineInfo{
		NumCores: cores, MemoryCapacity: memory,
		MachineID: m.node, SystemUUID: m.node, BootID: fmt.Sprintf("%s-%d", m.node, os.Getpid()),
	}, nil
}

func (machine) VersionInfo() (*v1.VersionInfo, error) {
	var name unix.Utsname
	if err := unix.Uname(&name); err != nil {
		return nil, err
	}
	return &v1.VersionInfo{KernelVersion: unix.ByteSliceToString(name.Release[:]), ContainerOsVersion: "Linux"}, nil
}

func (machine) ContainerInfoV2(string, v2.RequestOptions) (map[string]v2.ContainerInfo, error) {
	return map[string]v2.ContainerInfo{}, nil
}

func (machine) GetRequestedContainersInfo(string, v2.RequestOptions) (map[string]*v1.ContainerInfo, error) {
	return map[string]*v1.ContainerInfo{}, nil
}

func (m machine) ImagesFsInfo(context.Context) (v2.FsInfo, error)    { return m.disk() }
func (m machine) ContainerFsInfo(context.Context) (v2.FsInfo, error) { return m.disk() }
func (m machine) RootFsInfo() (v2.FsInfo, error)                     { return m.disk() }
func (m machine) GetDirFsInfo(string) (v2.FsInfo, error)             { return m.disk() }

func (machine) disk() (v2.FsInfo, error) {
	inodes := inodesCapacity
	return v2.FsInfo{
		Device: "/dev/vda", Timestamp: time.Now(),
		Capacity: diskCapacity, Available: diskAvailable, Usage: diskCapacity - diskAvailable, Inodes: &inodes, InodesFree: &inodes,
	}, nil
}
