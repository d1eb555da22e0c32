package rootfs

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// Empty leaves a directory empty: the machine's /run leads to its daemons.
func Empty(string, string) error { return nil }

// OwnProc mounts the calling process's PID namespace's own /proc.
func OwnProc(_, target string) error {
	return unix.Mount("proc", target, "proc", 0, "")
}

// Devices places the few devices that every container has. They are the machine's; nothing else of its /dev appears, and what is
// mounted in there later leaves no trace on the machine.
func Devices(source, target string) error {
	for _, name := range []string{"null", "zero", "full", "random", "urandom", "tty"} {
		device := filepath.Join(source, name)
		if _, err := os.Stat(device); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		place := filepath.Join(target, name)
		if err := makeFile(place); err != nil {
			return err
		}
		if err := Bind(device, place); err != nil {
			return err
		}
	}
	for name, to := range map[string]string{"fd": "/proc/self/fd", "stdin": "/proc/self/fd/0", "stdout": "/proc/self/fd/1", "stderr": "/proc/self/fd/2"} {
		if err := os.Symlink(to, filepath.Join(target, name)); err != nil {
			return err
		}
	}
	shared := filepath.Join(target, "shm")
	if err := os.Mkdir(shared, 0o777); err != nil {
		return err
	}
	return os.Chmod(shared, 0o777|os.ModeSticky)
}
