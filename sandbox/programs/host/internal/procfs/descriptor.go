package procfs

import (
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// OutsideView remembers a /proc that is about to be covered by that of a new process namespace, to look up which
// process IDs the new namespace's processes have outside.
type OutsideView struct{ descriptors *os.File }

// NewOutsideView must be called while /proc is still the outer namespace's.
func NewOutsideView() (*OutsideView, error) {
	descriptors, err := os.Open("/proc/self/fdinfo")
	if err != nil {
		return nil, err
	}
	return &OutsideView{descriptors}, nil
}

// PID is the process ID outside of the process that a pidfd stands for: it works as long as nobody has waited for the
// process, even when it has already ended.
func (v *OutsideView) PID(pidfd int) (int, error) {
	fd, err := unix.Openat(int(v.descriptors.Fd()), strconv.Itoa(pidfd), unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return 0, fmt.Errorf("opening fdinfo of a pidfd: %w", err)
	}
	file := os.NewFile(uintptr(fd), "fdinfo")
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return 0, fmt.Errorf("reading fdinfo of a pidfd: %w", err)
	}
	return parsePID(string(text))
}

// parsePID finds the line "Pid:\t123" of a pidfd's fdinfo. The kernel writes -1 for a process that was waited for.
func parsePID(text string) (int, error) {
	for line := range strings.Lines(text) {
		if value, found := strings.CutPrefix(line, "Pid:"); found {
			pid, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil || pid < 1 {
				return 0, fmt.Errorf("fdinfo of a pidfd names the process %q", strings.TrimSpace(value))
			}
			return pid, nil
		}
	}
	return 0, fmt.Errorf("fdinfo of a pidfd has no line Pid: %q", text)
}
