package process

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/cluster/node/internal/rootfs"
)

// detached is a mount on its way from the node's root into the container's.
type detached struct {
	Mount
	tree *rootfs.Tree // nil for the container's own /proc
}

// detach takes the sources before the root changes; they are attached after, when links on the way to a destination lead where they
// lead in the container (/var/run is /run).
func detach(mounts []Mount) ([]detached, error) {
	var all []detached
	for _, mount := range outerFirst(mounts) {
		if isProc(mount.Source) {
			all = append(all, detached{Mount: mount})
			continue
		}
		var attributes uint64
		if mount.ReadOnly {
			attributes = unix.MOUNT_ATTR_RDONLY
		}
		tree, err := rootfs.Detach(mount.Source, attributes)
		if err != nil {
			return nil, err
		}
		all = append(all, detached{Mount: mount, tree: &tree})
		if filepath.Clean(mount.Source) == "/" {
			all = append(all, detached{Mount: Mount{Source: "/proc", Destination: filepath.Join(mount.Destination, "proc")}})
		}
	}
	return all, nil
}

// isProc tells of a volume that is the machine's /proc. The container gets its own: the machine's leads out of the container, and
// Longhorn's checks do go where it leads, "nsenter --mount=/host/proc/1/ns/mnt".
func isProc(source string) bool {
	clean := filepath.Clean(source)
	return clean == "/proc" || strings.HasPrefix(clean, "/proc/")
}

// outerFirst is the order in which no mount hides another.
func outerFirst(mounts []Mount) []Mount {
	sorted := slices.Clone(mounts)
	slices.SortStableFunc(sorted, func(a, b Mount) int {
		return cmp.Compare(strings.Count(filepath.Clean(a.Destination), "/"), strings.Count(filepath.Clean(b.Destination), "/"))
	})
	return sorted
}

func attach(mounts []detached) error {
	for _, mount := range mounts {
		target, err := rootfs.MakeMountPoint(mount.Destination, mount.tree == nil || mount.tree.IsDirectory)
		if err != nil {
			return err
		}
		if mount.tree == nil {
			err = rootfs.Bind(filepath.Clean(mount.Source), target)
		} else {
			err = mount.tree.Attach(target)
			mount.tree.Close()
		}
		if err != nil {
			return err
		}
	}
	return nil
}
