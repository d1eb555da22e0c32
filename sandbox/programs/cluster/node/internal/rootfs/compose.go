// Package rootfs puts together the root directory of a node or of a container from directories of the machine.
//
// The kernel offers two easier ways, and neither holds everywhere: an overlay of the whole of / hides what is mounted below it and is
// refused in a user namespace, where the mounts that came with it are locked; and in a user namespace nobody can make a mount point
// in a directory that belongs to the machine's root. So the new root is a tmpfs with the machine's directories placed in it one by
// one, and with plain directories on the way to everything that needs a place of its own.
package rootfs

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// Placing makes what lies at source appear at target, an empty directory.
type Placing func(source, target string) error

// Plan is what a new root is made of.
type Plan struct {
	// Machine is where the machine's root can be seen.
	Machine string
	// Root is where the new root is made, an empty directory on a file system of its own.
	Root string
	// Directory places each of the machine's directories.
	Directory Placing
	// Special places the directories that are something else in the new root, by their path there.
	Special map[string]Placing
	// Open are paths in the new root. All directories on the way to them are plain ones, in which anything can be placed or mounted.
	// Links on the way must have been followed already.
	Open []string
}

// Compose makes the new root.
func (p Plan) Compose() error {
	return p.place("/")
}

func (p Plan) place(path string) error {
	source, target := filepath.Join(p.Machine, path), filepath.Join(p.Root, path)
	if err := makeAlike(source, target); err != nil {
		return err
	}
	if special := p.Special[path]; special != nil {
		return special(source, target)
	}
	if !p.isOpen(path) {
		return p.Directory(source, target)
	}
	entries, err := os.ReadDir(source)
	if errors.Is(err, fs.ErrPermission) {
		return p.Directory(source, target)
	}
	if err != nil {
		return err
	}
	temporary := isTemporary(source)
	for _, entry := range entries {
		if temporary && entry.Type().IsRegular() {
			continue
		}
		err := p.placeEntry(filepath.Join(path, entry.Name()), entry)
		if err != nil && !outOfReach(filepath.Join(source, entry.Name())) {
			return err
		}
	}
	return nil
}

// isTemporary tells whether a directory is for temporary files of all users, such as /tmp. A node needs no such file of the machine, and
// a mount for each of thousands makes every process that reads mounts slow.
func isTemporary(directory string) bool {
	var stat unix.Stat_t
	return unix.Stat(directory, &stat) == nil && stat.Mode&0o1007 == 0o1007
}

// outOfReach tells whether the machine has removed a path meanwhile, or shows it to nobody but its owner, as FUSE does.
func outOfReach(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission)
}

// placeEntry leaves out sockets, pipes and devices: they lead out of the root.
func (p Plan) placeEntry(path string, entry fs.DirEntry) error {
	source, target := filepath.Join(p.Machine, path), filepath.Join(p.Root, path)
	switch entry.Type() {
	case fs.ModeDir:
		return p.place(path)
	case fs.ModeSymlink:
		to, err := os.Readlink(source)
		if err != nil {
			return err
		}
		return os.Symlink(to, target)
	case 0:
		if err := makeFile(target); err != nil {
			return err
		}
		return BindReadOnly(source, target)
	default:
		return nil
	}
}

// isOpen tells whether path is on the way to something that needs a place of its own.
func (p Plan) isOpen(path string) bool {
	return path == "/" || slices.ContainsFunc(p.Open, func(open string) bool { return strings.HasPrefix(open, path+"/") })
}

// makeAlike makes an empty directory with the mode and, where it can be given, the owner of another.
func makeAlike(source, target string) error {
	var stat unix.Stat_t
	if err := unix.Stat(source, &stat); err != nil {
		return fmt.Errorf("stat %s: %w", source, err)
	}
	if err := os.Mkdir(target, 0o755); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	_ = unix.Chown(target, int(stat.Uid), int(stat.Gid)) // in a user namespace most owners do not exist
	return unix.Chmod(target, stat.Mode&0o7777)
}

func makeFile(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o644)
	if err != nil {
		return err
	}
	return file.Close()
}
