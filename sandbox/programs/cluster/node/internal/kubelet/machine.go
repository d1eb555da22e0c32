package kubelet

import (
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/cadvisor/info/v1"
	"github.com/google/cadvisor/info/v2"
	"golang.org/x/sys/unix"
	"k8s.io/kubernetes/pkg/kubelet/cadvisor"
)

// machine stands in for cAdvisor: a computer that is large enough for everything, and on which nothing is measured. It runs short of
// memory or disk space only while its pressure file says so.
type machine struct {
	node string
	// pressure is a file whose content names what the node runs short of; without it, nothing.
	pressure string
}

var _ cadvisor.Interface = machine{}

const (
	cores           = 8
	memory          = 16 << 30
	memoryAvailable = 12 << 30
	diskCapacity    = 100 << 30
	diskAvailable   = 80 << 30
	inodesCapacity  = uint64(1_000_000)
	// Both are below the kubelet's default thresholds: 100Mi of memory, 10 % of the node's disk.
	memoryAvailableUnderPressure = 50 << 20
	diskAvailableUnderPressure   = 1 << 30
)

// The contents of the pressure file.
const (
	memoryPressure = "memory"
	diskPressure   = "disk"
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

// ContainerInfoV2 knows the root cgroup alone, by which the kubelet sees how much memory the node has left. Of pods nothing is measured,
// so the kubelet ranks those to evict by their priority alone.
func (m machine) ContainerInfoV2(string, v2.RequestOptions) (map[string]v2.ContainerInfo, error) {
	used := uint64(memory - memoryAvailable)
	if m.isUnder(memoryPressure) {
		used = memory - memoryAvailableUnderPressure
	}
	return map[string]v2.ContainerInfo{"/": {
		Spec:  v2.ContainerSpec{HasMemory: true, Memory: v2.MemorySpec{Limit: memory}},
		Stats: []*v2.ContainerStats{{Timestamp: time.Now(), Memory: &v1.MemoryStats{Usage: used, WorkingSet: used, RSS: used}}},
	}}, nil
}

func (machine) GetRequestedContainersInfo(string, v2.RequestOptions) (map[string]*v1.ContainerInfo, error) {
	return map[string]*v1.ContainerInfo{}, nil
}

func (m machine) ImagesFsInfo(context.Context) (v2.FsInfo, error)    { return m.disk() }
func (m machine) ContainerFsInfo(context.Context) (v2.FsInfo, error) { return m.disk() }
func (m machine) RootFsInfo() (v2.FsInfo, error)                     { return m.disk() }
func (m machine) GetDirFsInfo(string) (v2.FsInfo, error)             { return m.disk() }

func (m machine) disk() (v2.FsInfo, error) {
	inodes, available := inodesCapacity, uint64(diskAvailable)
	if m.isUnder(diskPressure) {
		available = diskAvailableUnderPressure
	}
	return v2.FsInfo{
		Device: "/dev/vda", Timestamp: time.Now(),
		Capacity: diskCapacity, Available: available, Usage: diskCapacity - available, Inodes: &inodes, InodesFree: &inodes,
	}, nil
}

func (m machine) isUnder(pressure string) bool {
	content, err := os.ReadFile(m.pressure)
	return err == nil && strings.TrimSpace(string(content)) == pressure
}
