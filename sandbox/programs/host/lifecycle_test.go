package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// startBusyHost starts a host with a family of processes and a mount inside.
func startBusyHost(t *testing.T, u user, directory string) *testHost {
	t.Helper()
	h := startHost(t, u, directory)
	for _, former := range []string{"family", "mount"} {
		_ = os.Remove(h.logOf(former))
	}
	h.helperThatSays("complete", "family", "family")
	mountPoint := filepath.Join(directory, "mount-point")
	if err := os.MkdirAll(mountPoint, 0o777); err != nil {
		t.Fatal(err)
	}
	h.helperThatSays("mounted", "mount", "mount", mountPoint)
	if got := len(h.descendants()); got != 5 {
		t.Fatalf("%d processes, want the first one, a family of three and one that mounts", got)
	}
	return h
}

func TestStopLeavesNothing(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		directory := u.directory(t)
		h := startBusyHost(t, u, directory)
		inside := h.descendants()
		h.call(200, "POST", "/v1/stop", struct{}{}, nil)
		wantGone(t, inside, 0) // when it answers, not some time after
		if code := h.exitCode(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		if left := mounts(t, os.Getpid(), directory); left != nil {
			t.Errorf("mounts are left: %q", left)
		}
		entries, err := os.ReadDir(directory)
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range entries {
			if one.Type()&os.ModeSocket != 0 {
				t.Errorf("the socket %s is left", one.Name())
			}
		}
		if h.stderr.Len() > 0 {
			t.Errorf("standard error: %s", h.stderr)
		}
	})
}

func TestTheEndOfTheStarterEndsAll(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startBusyHost(t, u, u.directory(t))
		inside := h.descendants()
		h.starter.Close()
		if code := h.exitCode(); code != 0 {
			t.Errorf("exit code %d", code)
		}
		wantGone(t, inside, 0)
	})
}

func TestSIGTERMEndsAll(t *testing.T) {
	h := startBusyHost(t, user{}, user{}.directory(t))
	inside := h.descendants()
	h.call(200, "POST", "/v1/detach", struct{}{}, nil)
	if err := h.command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := h.exitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	wantGone(t, inside, 0)
}

func TestSIGKILLOfTheHostEndsAll(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		directory := u.directory(t)
		h := startBusyHost(t, u, directory)
		inside := h.descendants()
		if err := h.command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		wantGone(t, inside, time.Second)
		<-h.exited
		// What the dead host left must not keep another one from starting.
		again := startHost(t, u, directory)
		if processes := again.list(); len(processes) != 0 {
			t.Errorf("the new host has %+v", processes)
		}
	})
}

// The kernel alone must be enough: the first process inside is stopped and cannot see that the host is gone.
func TestSIGKILLOfTheHostEndsAllWithoutAnyHelp(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startBusyHost(t, u, u.directory(t))
		inside := h.descendants()
		h.signalFirst(syscall.SIGSTOP)
		if err := h.command.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		wantGone(t, inside, time.Second)
	})
}

func TestAHostStartedRightAfterAKillWaitsForTheFormersProcesses(t *testing.T) {
	directory := user{}.directory(t)
	for range 5 {
		h := startBusyHost(t, user{}, directory)
		inside := h.descendants()
		_ = h.command.Process.Kill()
		<-h.exited
		again := startHost(t, user{}, directory)
		wantGone(t, inside, 0)
		// Nor must the next one have to wait for more than the answer.
		again.call(200, "POST", "/v1/stop", struct{}{}, nil)
	}
}

func TestDetachSurvivesTheStarter(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		var about struct {
			Directory, StartedAt string
			PID                  int
			Detached             bool
		}
		h.call(200, "GET", "/v1/host", nil, &about)
		if about.Directory != h.directory || about.PID != h.pid || about.Detached {
			t.Errorf("before: %+v", about)
		}
		if _, err := time.Parse("2006-01-02T15:04:05.000Z", about.StartedAt); err != nil {
			t.Error(err)
		}
		h.call(200, "POST", "/v1/detach", struct{}{}, nil)
		h.starter.Close()
		if err := h.command.Process.Signal(syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		select {
		case <-h.exited:
			t.Fatal("it ended with its starter")
		case <-time.After(300 * time.Millisecond):
		}
		h.call(200, "GET", "/v1/host", nil, &about)
		if !about.Detached {
			t.Errorf("after: %+v", about)
		}
		h.call(200, "POST", "/v1/stop", struct{}{}, nil)
		if code := h.exitCode(); code != 0 {
			t.Errorf("exit code %d", code)
		}
	})
}

func TestTheEndOfTheFirstProcessInside(t *testing.T) {
	h := startBusyHost(t, user{}, user{}.directory(t))
	inside := h.descendants()
	h.signalFirst(syscall.SIGKILL)
	if code := h.exitCode(); code != 1 {
		t.Errorf("exit code %d", code)
	}
	wantGone(t, inside, 0)
	log, err := os.ReadFile(filepath.Join(h.directory, "logs", "sandbox-host.log"))
	if err != nil || !strings.Contains(string(log), "signal: killed") {
		t.Errorf("the log says %q, %v", log, err)
	}
	if _, err := os.Stat(filepath.Join(h.directory, "host.sock")); !os.IsNotExist(err) {
		t.Errorf("the socket is left: %v", err)
	}
}

func TestAStraySignalInsideEndsNothing(t *testing.T) {
	h := startHost(t, user{}, user{}.directory(t))
	h.run(nil, "stray", "signal-first")
	h.helper("still", "sleep")
	if state := h.list()["still"].State; state != "running" {
		t.Errorf("state %s", state)
	}
}

// signalFirst sends a signal to the first process inside.
func (h *testHost) signalFirst(signal syscall.Signal) {
	h.t.Helper()
	for pid, stat := range h.descendants() {
		if stat.Parent == h.pid {
			if err := syscall.Kill(pid, signal); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}
