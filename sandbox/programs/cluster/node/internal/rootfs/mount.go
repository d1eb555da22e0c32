package rootfs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/moby/sys/userns"
	"golang.org/x/sys/unix"
)

// Bind makes source, with everything mounted below it, appear at target as well.
func Bind(source, target string) error {
	return bind(source, target, 0)
}

// BindReadOnly is Bind, and nothing can be written there.
func BindReadOnly(source, target string) error {
	return bind(source, target, unix.MOUNT_ATTR_RDONLY)
}

func bind(source, target string, attributes uint64) error {
	tree, err := Detach(source, attributes)
	if err != nil {
		return err
	}
	defer tree.Close()
	return tree.Attach(target)
}

// Tree is a copy of a directory or file with everything mounted below it, which is not mounted anywhere yet. It can be taken before
// the root changes and attached after.
type Tree struct {
	file *os.File
	// IsDirectory is false for a single file.
	IsDirectory bool
	source      string
}

// Detach copies the tree at source. A user namespace allows it only with everything that is mounted below.
func Detach(source string, attributes uint64) (Tree, error) {
	info, err := os.Stat(source)
	if err != nil {
		return Tree{}, err
	}
	fd, err := unix.OpenTree(unix.AT_FDCWD, source, unix.OPEN_TREE_CLONE|unix.OPEN_TREE_CLOEXEC|unix.AT_RECURSIVE)
	if err != nil {
		return Tree{}, fmt.Errorf("open_tree %s: %w", source, err)
	}
	tree := Tree{file: os.NewFile(uintptr(fd), source), IsDirectory: info.IsDir(), source: source}
	if attributes != 0 {
		set := unix.MountAttr{Attr_set: attributes}
		if err := unix.MountSetattr(fd, "", unix.AT_EMPTY_PATH|unix.AT_RECURSIVE, &set); err != nil {
			tree.Close()
			return Tree{}, fmt.Errorf("mount_setattr %s: %w", source, err)
		}
	}
	return tree, nil
}

// Attach mounts the tree at target, which must be of the same kind.
func (t Tree) Attach(target string) error {
	if err := unix.MoveMount(int(t.file.Fd()), "", unix.AT_FDCWD, target, unix.MOVE_MOUNT_F_EMPTY_PATH); err != nil {
		return fmt.Errorf("move_mount %s to %s: %w", t.source, target, err)
	}
	return nil
}

// Close lets go of the tree; where it was attached it stays.
func (t Tree) Close() error { return t.file.Close() }

// Overlays answers a Placing that lays a directory to write into over each of the machine's. What is written goes to scratch, a
// directory on a tmpfs. Where the kernel refuses an overlay, the machine's directory appears read-only: in a user namespace below
// locked mounts, and on a machine whose own root is an overlay of overlays already.
func Overlays(scratch string) Placing {
	number := 0
	return func(source, target string) error {
		number++
		upper := filepath.Join(scratch, fmt.Sprintf("upper%d", number))
		work := filepath.Join(scratch, fmt.Sprintf("work%d", number))
		if err := makeAlike(source, upper); err != nil {
			return err
		}
		if err := os.Mkdir(work, 0o700); err != nil {
			return err
		}
		options := "lowerdir=" + escaped(source) + ",upperdir=" + escaped(upper) + ",workdir=" + escaped(work)
		if userns.RunningInUserNS() {
			options += ",userxattr" // trusted attributes are the machine's root's alone
		}
		err := unix.Mount("overlay", target, "overlay", 0, options)
		if errors.Is(err, unix.EINVAL) {
			return BindReadOnly(source, target)
		}
		if err != nil {
			return fmt.Errorf("overlay of %s: %w", source, err)
		}
		return nil
	}
}

var escaped = strings.NewReplacer(`\`, `\\`, ",", `\,`, ":", `\:`).Replace
