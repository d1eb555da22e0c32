package processes

import (
	"net/http"
	"os"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
	"longhorn-s3/sandbox/host/internal/procfs"
)

// Start starts a process under a name that no running one has.
func (t *Table) Start(name string, spec Spec) (Entry, error) {
	if err := spec.check(); err != nil {
		return Entry{}, err
	}
	input, err := os.Open(os.DevNull)
	if err != nil {
		return Entry{}, err
	}
	defer input.Close()
	log, err := os.OpenFile(spec.Log, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return Entry{}, api.Problemf(http.StatusBadRequest, "The log of %s cannot be written: %v.", name, err)
	}
	defer log.Close()

	process, err := t.start(name, spec, []uintptr{input.Fd(), log.Fd(), log.Fd()})
	if err != nil {
		return Entry{}, err
	}
	all, err := procfs.AllStats()
	if err != nil {
		return Entry{}, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return process.entry(residentBytes(all, process)), nil
}

func (t *Table) start(name string, spec Spec, files []uintptr) (*process, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.catchUp()
	if former, isKnown := t.byName[name]; isKnown && former.isLive() {
		return nil, api.Problemf(http.StatusConflict, "The process %s is running already.", name)
	}
	startedAt := time.Now()
	pid, outsidePID, err := t.fork(spec, files)
	if err != nil {
		return nil, api.Problemf(http.StatusBadRequest, "The process %s cannot be started (%s, in %s): %v.",
			name, spec.Argv[0], t.workingDirectory(spec), err)
	}
	started := &process{
		name: name, pid: pid, outsidePID: outsidePID, state: Running, startedAt: startedAt, exited: make(chan struct{}),
	}
	t.byName[name], t.byPID[pid] = started, started
	return started, nil
}

// fork starts the program in a process group of its own. It does not use os/exec, whose Wait would compete with Reap.
func (t *Table) fork(spec Spec, files []uintptr) (pid, outsidePID int, err error) {
	pidfd := -1
	attributes := &syscall.SysProcAttr{Setpgid: true, PidFD: &pidfd}
	if spec.MountNamespace {
		attributes.Unshareflags = unix.CLONE_NEWNS // after which Go makes all mounts private
	}
	pid, err = syscall.ForkExec(spec.Argv[0], spec.Argv, &syscall.ProcAttr{
		Dir: t.workingDirectory(spec), Env: spec.environment(), Files: files, Sys: attributes,
	})
	if err != nil {
		return 0, 0, err
	}
	defer unix.Close(pidfd)
	outsidePID, err = t.outside.PID(pidfd)
	if err != nil {
		_ = unix.Kill(-pid, unix.SIGKILL) // nobody could be told what was started
		return 0, 0, err
	}
	return pid, outsidePID, nil
}

func (t *Table) workingDirectory(spec Spec) string {
	if spec.Cwd == "" {
		return t.directory
	}
	return spec.Cwd
}
