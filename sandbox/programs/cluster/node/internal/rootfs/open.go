package rootfs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	securejoin "github.com/cyphar/filepath-securejoin"
	"github.com/moby/sys/mountinfo"
)

// MountPoints lists the directories on which something is mounted in the calling process's mount namespace.
func MountPoints() ([]string, error) {
	mounts, err := mountinfo.GetMounts(nil)
	if err != nil {
		return nil, err
	}
	var directories []string
	for _, mount := range mounts {
		if info, err := os.Stat(mount.Mountpoint); err == nil && info.IsDir() {
			directories = append(directories, mount.Mountpoint)
		}
	}
	return directories, nil
}

// Holding picks the mount points that have to be seen for one of paths to be seen. An overlay shows nothing of what is mounted below
// its directory, so these have to be open.
func Holding(mountPoints, paths []string) []string {
	var holding []string
	for _, point := range mountPoints {
		if slices.ContainsFunc(paths, func(path string) bool {
			return path == point || strings.HasPrefix(path, strings.TrimSuffix(point, "/")+"/")
		}) {
			holding = append(holding, point)
		}
	}
	return holding
}

// Missing picks the paths that do not exist below root, with the links on the way to them followed.
func Missing(root string, paths []string) ([]string, error) {
	var missing []string
	for _, path := range paths {
		resolved, err := securejoin.SecureJoin(root, path)
		if err != nil {
			return nil, err
		}
		if _, err := os.Lstat(resolved); errors.Is(err, fs.ErrNotExist) {
			relative, err := filepath.Rel(root, resolved)
			if err != nil {
				return nil, err
			}
			missing = append(missing, "/"+relative)
		}
	}
	return missing, nil
}

// MakeMountPoint makes an empty directory or file at path in the current root, unless there is something, and answers where it is once
// links on the way are followed: a mount would not go where a link leads.
func MakeMountPoint(path string, directory bool) (string, error) {
	resolved, err := securejoin.SecureJoin("/", path)
	if err != nil {
		return "", err
	}
	if directory {
		return resolved, os.MkdirAll(resolved, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(resolved), 0o755); err != nil {
		return "", err
	}
	if _, err := os.Lstat(resolved); err == nil {
		return resolved, nil
	}
	return resolved, makeFile(resolved)
}
