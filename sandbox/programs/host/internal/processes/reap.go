package processes

import (
	"errors"
	"os"
	"os/signal"
	"time"

	"golang.org/x/sys/unix"
)

// Reap waits for all children from now on: the table's processes, and the orphans that the kernel hands to the first
// process of the namespace. It is the only one that waits.
func (t *Table) Reap() {
	// One pending signal is enough: each stands for all that has happened until it is read.
	changes := make(chan os.Signal, 1)
	signal.Notify(changes, unix.SIGCHLD)
	go func() {
		for range changes {
			t.mu.Lock()
			t.catchUp()
			t.mu.Unlock()
		}
	}()
}

// catchUp takes note of all that has happened to children until now. The caller holds the lock, and whoever is about to
// judge by a process's state calls it, so as not to depend on how soon the signal is read.
func (t *Table) catchUp() {
	for {
		var status unix.WaitStatus
		pid, err := unix.Wait4(-1, &status, unix.WNOHANG|unix.WUNTRACED|unix.WCONTINUED, nil)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil || pid == 0: // ECHILD: no children at all; 0: none has changed
			return
		}
		if process, isOurs := t.byPID[pid]; isOurs {
			process.note(status, time.Now())
			if !process.isLive() {
				delete(t.byPID, pid)
			}
		}
	}
}
