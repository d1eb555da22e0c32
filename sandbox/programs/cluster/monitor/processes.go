package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/moby/sys/mountinfo"

	"longhorn-s3/sandbox/cluster/node/identity"
	"longhorn-s3/sandbox/cluster/node/volumes"
)

// kubeletDirectory is where a kubelet mounts volumes for its pods: mounts there are the node's, not a container's, also where a container
// has the node's directories mounted.
const kubeletDirectory = "/var/lib/kubelet/"

// folder is a directory as mounts name their source: a filesystem, and a path in it.
type folder struct {
	major, minor int
	path         string
}

// locate finds out on which filesystem a directory lies, and where there.
func locate(directory string) (folder, error) {
	resolved, err := filepath.EvalSymlinks(directory)
	if err != nil {
		return folder{}, err
	}
	mounts, err := mountinfo.GetMounts(mountinfo.ParentsFilter(resolved))
	if err != nil {
		return folder{}, err
	}
	if len(mounts) == 0 {
		return folder{}, fmt.Errorf("%s is on no filesystem", directory)
	}
	// Of two mounts at the same place the later one is seen.
	nearest := mounts[0]
	for _, m := range mounts[1:] {
		if len(m.Mountpoint) >= len(nearest.Mountpoint) {
			nearest = m
		}
	}
	below, err := filepath.Rel(nearest.Mountpoint, resolved)
	return folder{nearest.Major, nearest.Minor, filepath.Join(nearest.Root, below)}, err
}

// processesOn lists the processes that can write to a volume below the folder. One that ends meanwhile is left out.
func processesOn(f folder) (found []process) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil
	}
	mounted := map[string][]mountedVolume{} // by mount namespace
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		directory := filepath.Join("/proc", entry.Name())
		namespace, err := os.Readlink(filepath.Join(directory, "ns", "mnt"))
		if err != nil {
			continue
		}
		on, known := mounted[namespace]
		if !known {
			mounts, err := os.ReadFile(filepath.Join(directory, "mountinfo"))
			if err != nil || len(mounts) == 0 { // empty: it has ended
				continue
			}
			on = f.volumesIn(mounts)
			mounted[namespace] = on
		}
		if len(on) == 0 {
			continue
		}
		environment, err := os.ReadFile(filepath.Join(directory, "environ"))
		if err != nil {
			continue
		}
		whose, _ := identity.FromEnvironment(environment)
		for _, v := range on {
			found = append(found, process{PID: pid, Container: whose, Generation: v.generation, volume: v.handle, mountNamespace: namespace})
		}
	}
	return found
}

// mountedVolume is a volume's generation that a process can write to.
type mountedVolume struct{ handle, generation string }

// volumesIn reads a process's mountinfo, see proc_pid_mountinfo(5): what of the folder is mounted in it so that it can write there.
func (f folder) volumesIn(content []byte) (found []mountedVolume) {
	mounts, err := mountinfo.GetMountsFromReader(bytes.NewReader(f.linesIn(content)), func(m *mountinfo.Info) (skip, stop bool) {
		return m.Major != f.major || m.Minor != f.minor || strings.Contains(m.Mountpoint, kubeletDirectory), false
	})
	if err != nil {
		return nil
	}
	for _, m := range mounts {
		relative, below := strings.CutPrefix(m.Root, f.path+"/")
		handle, generation, ok := volumes.GenerationOf(relative)
		if !below || !ok || slices.Contains(strings.Split(m.Options, ","), "ro") {
			continue
		}
		v := mountedVolume{handle, fmt.Sprintf("generation-%d", generation)}
		if !slices.Contains(found, v) {
			found = append(found, v)
		}
	}
	return found
}

// linesIn returns the lines that can name the folder, because parsing the mounts of every process of the machine would take a tenth of
// a core. The kernel escapes some characters of a path, so only the part before the first of them is looked for.
func (f folder) linesIn(content []byte) (lines []byte) {
	plain := f.path
	if special := strings.IndexAny(plain, " \t\n\\#"); special >= 0 {
		plain = plain[:special]
	}
	for line := range bytes.Lines(content) {
		if bytes.Contains(line, []byte(plain)) {
			lines = append(lines, line...)
		}
	}
	return lines
}
