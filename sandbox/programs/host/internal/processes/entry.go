package processes

import (
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
)

// State of a process.
type State string

const (
	// Running: it has been started and has not ended.
	Running State = "running"
	// Stopped: SIGSTOP or the like holds it.
	Stopped State = "stopped"
	// Exited: it has ended, by itself or by a signal.
	Exited State = "exited"
)

// Entry is a process as the API shows it.
type Entry struct {
	Name string `json:"name"`
	// PID is the process ID outside of the namespaces. That of an exited process may belong to another one by now.
	PID   int   `json:"pid"`
	State State `json:"state"`
	// ExitCode is null unless the process has exited by itself.
	ExitCode *int `json:"exitCode"`
	// Signal is the name of the signal that ended the process, else null.
	Signal    *string `json:"signal"`
	StartedAt string  `json:"startedAt"`
	EndedAt   *string `json:"endedAt"`
	// RSSBytes is the resident memory of the process, its descendants, and the rest of its process group.
	RSSBytes int64 `json:"rssBytes"`
}

// process is one row of the table.
type process struct {
	name       string
	pid        int // inside, where it is its process group's ID too
	outsidePID int
	state      State
	startedAt  time.Time
	endedAt    time.Time
	status     unix.WaitStatus
	exited     chan struct{}
}

func (p *process) isLive() bool { return p.state != Exited }

// note takes over what wait4 says.
func (p *process) note(status unix.WaitStatus, now time.Time) {
	switch {
	case status.Stopped():
		p.state = Stopped
	case status.Continued():
		p.state = Running
	default:
		p.state, p.status, p.endedAt = Exited, status, now
		close(p.exited)
	}
}

func (p *process) entry(rssBytes int64) Entry {
	entry := Entry{Name: p.name, PID: p.outsidePID, State: p.state, StartedAt: api.Time(p.startedAt), RSSBytes: rssBytes}
	if p.isLive() {
		return entry
	}
	endedAt := api.Time(p.endedAt)
	entry.EndedAt = &endedAt
	if p.status.Signaled() {
		signal := unix.SignalName(p.status.Signal())
		entry.Signal = &signal
	} else {
		exitCode := p.status.ExitStatus()
		entry.ExitCode = &exitCode
	}
	return entry
}
