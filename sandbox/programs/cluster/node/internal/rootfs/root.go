package rootfs

import (
	"fmt"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// MakePrivate keeps to the calling process's mount namespace what is mounted from here on: nothing of it shows up in the one that this
// was copied from.
func MakePrivate() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return fmt.Errorf("make all mounts private: %w", err)
	}
	return nil
}

// Scratch mounts a tmpfs at directory, which it makes, and answers two directories on it: an empty one that can become the root, and
// one for whatever else belongs to it.
func Scratch(directory string) (root, other string, err error) {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return "", "", err
	}
	if err := unix.Mount("tmpfs", directory, "tmpfs", 0, "mode=755"); err != nil {
		return "", "", fmt.Errorf("tmpfs on %s: %w", directory, err)
	}
	root, other = filepath.Join(directory, "root"), filepath.Join(directory, "other")
	for _, d := range []string{root, other} {
		if err := os.Mkdir(d, 0o755); err != nil {
			return "", "", err
		}
	}
	return root, other, Bind(root, root) // only a mount can become the root
}

// Enter makes root the root directory of every process in the calling process's mount namespace, and lets go of the old one.
func Enter(root string) error {
	if err := unix.Chdir(root); err != nil {
		return fmt.Errorf("chdir %s: %w", root, err)
	}
	if err := unix.PivotRoot(".", "."); err != nil { // the old root is now mounted over the new one
		return fmt.Errorf("pivot_root %s: %w", root, err)
	}
	if err := unix.Unmount(".", unix.MNT_DETACH); err != nil {
		return fmt.Errorf("let go of the old root: %w", err)
	}
	return unix.Chdir("/")
}
