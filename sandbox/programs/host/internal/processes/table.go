// Package processes starts processes as the children of the first process of a process namespace and keeps book of
// them.
package processes

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
	"longhorn-s3/sandbox/host/internal/procfs"
)

// Table is the book. Its lock is also held while a process is started, signalled or waited for: so no process is waited
// for before it is in the book, and none is signalled after it was waited for, when its process ID may be another's.
type Table struct {
	directory string
	outside   *procfs.OutsideView

	mu     sync.Mutex
	byName map[string]*process
	byPID  map[int]*process // those that have not exited
}

// NewTable makes an empty table. Processes start in directory unless they ask for another one.
func NewTable(directory string, outside *procfs.OutsideView) *Table {
	return &Table{directory: directory, outside: outside, byName: map[string]*process{}, byPID: map[int]*process{}}
}

// List shows all processes, by name, those that have exited too.
func (t *Table) List() ([]Entry, error) {
	all, err := procfs.AllStats()
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.catchUp()
	entries := make([]Entry, 0, len(t.byName))
	for _, process := range t.byName {
		entries = append(entries, process.entry(residentBytes(all, process)))
	}
	slices.SortFunc(entries, func(a, b Entry) int { return strings.Compare(a.Name, b.Name) })
	return entries, nil
}

// Signal sends a signal to a process, or to its whole process group, and gives the moment just before.
func (t *Table) Signal(name string, signal unix.Signal, group bool) (time.Time, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.catchUp()
	process, err := t.find(name)
	if err != nil {
		return time.Time{}, err
	}
	if !process.isLive() {
		return time.Time{}, api.Problemf(http.StatusConflict, "The process %s is not running.", name)
	}
	target := process.pid
	if group {
		target = -process.pid
	}
	at := time.Now()
	return at, unix.Kill(target, signal)
}

// Wait gives the entry of a process once it has exited. It gives up after limit, with status 408.
func (t *Table) Wait(ctx context.Context, name string, limit time.Duration) (Entry, error) {
	t.mu.Lock()
	process, err := t.find(name)
	t.mu.Unlock()
	if err != nil {
		return Entry{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	select {
	case <-process.exited:
	case <-ctx.Done():
		return Entry{}, api.Problemf(http.StatusRequestTimeout, "The process %s is still running after %v.", name, limit)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return process.entry(0), nil
}

func (t *Table) find(name string) (*process, error) {
	process, isKnown := t.byName[name]
	if !isKnown {
		return nil, api.Problemf(http.StatusNotFound, "There is no process %s.", name)
	}
	return process, nil
}

// residentBytes is 0 for a process that has exited: its process ID may be another's.
func residentBytes(all map[int]procfs.Stat, process *process) int64 {
	if !process.isLive() {
		return 0
	}
	return treeBytes(all, process.pid)
}
