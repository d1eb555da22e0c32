// Package procfs reads what /proc says about processes.
package procfs

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Stat is the part of /proc/PID/stat that this program looks at (proc_pid_stat(5)).
type Stat struct {
	// State is the letter that ps prints: R, S, D, T, Z, X …
	State byte
	// Parent is the process ID of the parent.
	Parent int
	// Group is the process group ID.
	Group int
	// Threads is their number, with the main one even after its end.
	Threads int
	// StartTime is when the process began, in clock ticks since the machine's start. With the process ID it tells a
	// process from a later one that got the same ID.
	StartTime uint64
	// ResidentPages is the resident set, in pages of memory.
	ResidentPages int64
}

// Dead says that the process has ended, even if its parent has not yet taken note. The state is the main thread's: as
// long as there are others, the process is still about to end.
func (s Stat) Dead() bool { return (s.State == 'Z' || s.State == 'X') && s.Threads <= 1 }

// ReadStat reads the entry of one process. The error is fs.ErrNotExist or ESRCH where there is no such process.
func ReadStat(pid int) (Stat, error) {
	text, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "stat"))
	if err != nil {
		return Stat{}, err
	}
	return parseStat(string(text))
}

// AllStats reads the entries of all processes. Those that end meanwhile are left out.
func AllStats() (map[int]Stat, error) {
	names, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return nil, err
	}
	all := make(map[int]Stat, len(names))
	for _, name := range names {
		pid, err := strconv.Atoi(filepath.Base(name))
		if err != nil {
			continue
		}
		if stat, err := ReadStat(pid); err == nil {
			all[pid] = stat
		}
	}
	return all, nil
}

// parseStat starts behind the last ')', since the command's name before it may hold anything, blanks and brackets too.
func parseStat(text string) (Stat, error) {
	fields := strings.Fields(text[strings.LastIndexByte(text, ')')+1:])
	const afterName = 3 // proc_pid_stat(5) counts from 1, and the state behind the name is field 3
	if len(fields) <= 24-afterName || len(fields[0]) != 1 {
		return Stat{}, fmt.Errorf("/proc/PID/stat has an unknown form: %q", text)
	}
	var numbers numberReader
	stat := Stat{
		State:         fields[0][0],
		Parent:        int(numbers.signed(fields[4-afterName])),
		Group:         int(numbers.signed(fields[5-afterName])),
		Threads:       int(numbers.signed(fields[20-afterName])),
		StartTime:     numbers.unsigned(fields[22-afterName]),
		ResidentPages: numbers.signed(fields[24-afterName]),
	}
	return stat, numbers.err
}

// numberReader reads numbers and keeps the first error.
type numberReader struct{ err error }

func (r *numberReader) signed(text string) int64 {
	number, err := strconv.ParseInt(text, 10, 64)
	r.keep(err)
	return number
}

func (r *numberReader) unsigned(text string) uint64 {
	number, err := strconv.ParseUint(text, 10, 64)
	r.keep(err)
	return number
}

func (r *numberReader) keep(err error) {
	if r.err == nil {
		r.err = err
	}
}
