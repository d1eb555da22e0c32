package volumes

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// copyTree copies a directory with everything that a file system keeps of its files: content, mode, owner, times, extended attributes,
// links. Somebody may be writing into it meanwhile: a file that vanishes on the way was in no state that had to be kept.
func copyTree(source, target string) error {
	c := copier{links: map[inode]string{}}
	if err := c.copy(source, target); err != nil {
		return fmt.Errorf("copy %s to %s: %w", source, target, err)
	}
	return mustBeDirectory(target)
}

type inode struct{ device, number uint64 }

// copier remembers where it has put the files that have more than one name.
type copier struct {
	links map[inode]string
}

// tries is how often something is copied anew that has vanished and is there again under the same name.
const tries = 100

func (c copier) copy(source, target string) error {
	for try := 1; ; try++ {
		err := c.copyOnce(source, target)
		if !errors.Is(err, fs.ErrNotExist) || try == tries {
			return err
		}
		if err := os.RemoveAll(target); err != nil {
			return err
		}
	}
}

// copyOnce fails with fs.ErrNotExist where the source vanishes on the way, and copies nothing where it is not there.
func (c copier) copyOnce(source, target string) error {
	var stat unix.Stat_t
	err := unix.Lstat(source, &stat)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	switch stat.Mode & unix.S_IFMT {
	case unix.S_IFDIR:
		err = c.copyDirectory(source, target)
	case unix.S_IFREG:
		if first, again := c.links[inode{stat.Dev, stat.Ino}]; again {
			return os.Link(first, target)
		}
		if err = copyContent(source, target); err == nil && stat.Nlink > 1 {
			c.links[inode{stat.Dev, stat.Ino}] = target
		}
	case unix.S_IFLNK:
		err = copySymlink(source, target)
	default: // a pipe or a socket
		err = unix.Mknod(target, stat.Mode, int(stat.Rdev))
	}
	if err != nil {
		return err
	}
	return copyMetadata(source, target, stat)
}

func (c copier) copyDirectory(source, target string) error {
	entries, err := os.ReadDir(source)
	if err != nil {
		return err
	}
	if err := os.Mkdir(target, 0o700); err != nil {
		return err
	}
	for _, entry := range entries {
		if err := c.copy(filepath.Join(source, entry.Name()), filepath.Join(target, entry.Name())); err != nil {
			return err
		}
	}
	return nil
}

// copyContent shares the blocks where the file system can: io.Copy between two files is copy_file_range.
func copyContent(source, target string) error {
	from, err := os.Open(source)
	if err != nil {
		return err
	}
	defer from.Close()
	to, err := os.OpenFile(target, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(to, from)
	return errors.Join(err, to.Close())
}

func copySymlink(source, target string) error {
	to, err := os.Readlink(source)
	if err != nil {
		return err
	}
	return os.Symlink(to, target)
}

// copyMetadata comes after the content: writing changes the times, and a change of owner drops set-user-ID bits.
func copyMetadata(source, target string, stat unix.Stat_t) error {
	if err := os.Lchown(target, int(stat.Uid), int(stat.Gid)); err != nil && !errors.Is(err, fs.ErrPermission) && !errors.Is(err, unix.EINVAL) {
		return err // refused, or no such owner, in a user namespace: there the copy belongs to whoever makes it, as everything does
	}
	if stat.Mode&unix.S_IFMT != unix.S_IFLNK {
		if err := unix.Chmod(target, stat.Mode&0o7777); err != nil {
			return err
		}
	}
	if err := copyAttributes(source, target); err != nil {
		return err
	}
	return unix.UtimesNanoAt(unix.AT_FDCWD, target, []unix.Timespec{stat.Atim, stat.Mtim}, unix.AT_SYMLINK_NOFOLLOW)
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return !errors.Is(err, fs.ErrNotExist)
}
