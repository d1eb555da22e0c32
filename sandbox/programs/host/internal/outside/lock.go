package outside

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/procfs"
)

// endingLimit is how long the processes of a killed sandbox may take to end before a new one gives up.
const endingLimit = 10 * time.Second

// lock is held by the one host of a directory. Its file says who that is and what the first process inside is.
type lock struct{ file *os.File }

// lockDirectory makes this process the host of a directory, once the processes of a host that was killed have ended.
func lockDirectory(directory string, endingLimit time.Duration) (*lock, error) {
	file, err := os.OpenFile(filepath.Join(directory, "host.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("The sandbox's directory cannot be used: %v.", err)
	}
	content, readErr := io.ReadAll(file)
	former := parseHolder(string(content))
	switch err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
	case errors.Is(err, unix.EWOULDBLOCK):
		file.Close()
		return nil, fmt.Errorf("A sandbox already runs in %s (process %d): stop it first, or use another directory.",
			directory, former.host)
	case err != nil:
		file.Close()
		return nil, fmt.Errorf("%s cannot be locked: %v.", file.Name(), err)
	case readErr != nil:
		file.Close()
		return nil, fmt.Errorf("%s cannot be read: %v.", file.Name(), readErr)
	}
	if !former.waitForEnd(endingLimit) {
		file.Close()
		return nil, fmt.Errorf("The processes of the last sandbox in %s have not ended (process %d): try again, or end "+
			"that process.", directory, former.first)
	}
	return &lock{file}, nil
}

// record writes down who holds the lock.
func (l *lock) record(h holder) error {
	if err := l.file.Truncate(0); err != nil {
		return err
	}
	_, err := l.file.WriteAt([]byte(h.String()), 0)
	return err
}

// release leaves the file: removing it could take it from under another host that has just opened it.
func (l *lock) release() { l.file.Close() }

// holder is what the lock's file says.
type holder struct {
	host int
	// first is the first process inside, which ends last there; firstStart tells it from a later one with the same ID.
	first      int
	firstStart uint64
}

func (h holder) String() string {
	return fmt.Sprintf("host %d first %d %d\n", h.host, h.first, h.firstStart)
}

// parseHolder gives an empty holder for an empty or unknown content.
func parseHolder(content string) holder {
	var h holder
	_, err := fmt.Sscanf(strings.TrimSpace(content), "host %d first %d %d", &h.host, &h.first, &h.firstStart)
	if err != nil {
		return holder{host: h.host}
	}
	return h
}

// waitForEnd waits until nothing inside a former sandbox is left: the kernel kills all of it when its host is killed,
// but that takes a moment.
func (h holder) waitForEnd(limit time.Duration) bool {
	const pause = 5 * time.Millisecond
	for end := time.Now().Add(limit); ; time.Sleep(pause) {
		stat, err := procfs.ReadStat(h.first)
		if h.first == 0 || err != nil || stat.Dead() || stat.StartTime != h.firstStart {
			return true
		}
		if time.Now().After(end) {
			return false
		}
	}
}
