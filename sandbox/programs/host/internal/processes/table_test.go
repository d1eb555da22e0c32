package processes

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
	"longhorn-s3/sandbox/host/internal/procfs"
)

// theTable is the only one of the test's process, since a table waits for all children. For that reason too, no test of
// this package may use os/exec.
var theTable = sync.OnceValues(func() (*Table, error) {
	outside, err := procfs.NewOutsideView()
	if err != nil {
		return nil, err
	}
	table := NewTable(os.TempDir(), outside)
	table.Reap()
	return table, nil
})

// newTable gives the table without the processes of other tests, and an empty directory.
func newTable(t *testing.T) (*Table, string) {
	t.Helper()
	table, err := theTable()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for name := range table.byName {
			_, _ = table.Signal(name, unix.SIGKILL, true)
			_, _ = table.Wait(context.Background(), name, 5*time.Second)
			delete(table.byName, name)
		}
	})
	return table, t.TempDir()
}

func shell(directory, script string) Spec {
	return Spec{
		Argv: []string{"/bin/sh", "-c", script},
		Env:  map[string]string{"PATH": "/usr/bin:/bin"},
		Log:  filepath.Join(directory, "log"),
	}
}

func start(t *testing.T, table *Table, name string, spec Spec) Entry {
	t.Helper()
	entry, err := table.Start(name, spec)
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func wait(t *testing.T, table *Table, name string) Entry {
	t.Helper()
	entry, err := table.Wait(context.Background(), name, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

func wantStatus(t *testing.T, err error, status int) {
	t.Helper()
	problem := (*api.Problem)(nil)
	if !errors.As(err, &problem) || problem.Status != status {
		t.Errorf("got %v, want a problem with status %d", err, status)
	}
}

func TestAProcessFromStartToExit(t *testing.T) {
	table, directory := newTable(t)
	began := start(t, table, "p", shell(directory, "echo out; echo err >&2; pwd; read line || echo no input; exit 7"))
	if began.PID == 0 || began.State != Running && began.State != Exited {
		t.Errorf("started as %+v", began)
	}
	ended := wait(t, table, "p")
	if ended.State != Exited || ended.ExitCode == nil || *ended.ExitCode != 7 || ended.Signal != nil || ended.PID != began.PID {
		t.Errorf("ended as %+v", ended)
	}
	if ended.EndedAt == nil || *ended.EndedAt < ended.StartedAt {
		t.Errorf("times %s to %v", ended.StartedAt, ended.EndedAt)
	}
	log, err := os.ReadFile(filepath.Join(directory, "log"))
	if want := "out\nerr\n" + os.TempDir() + "\nno input\n"; err != nil || string(log) != want {
		t.Errorf("log %q, %v; want %q", log, err, want)
	}
}

func TestTheLogIsAppendedTo(t *testing.T) {
	table, directory := newTable(t)
	for range 2 {
		start(t, table, "p", shell(directory, "echo again"))
		wait(t, table, "p")
	}
	if log, _ := os.ReadFile(filepath.Join(directory, "log")); string(log) != "again\nagain\n" {
		t.Errorf("log %q", log)
	}
}

func TestTheEnvironmentIsExactlyTheGivenOne(t *testing.T) {
	t.Setenv("INHERITED", "yes")
	table, directory := newTable(t)
	spec := Spec{
		Argv: []string{"/usr/bin/env"}, Env: map[string]string{"ONE": "1", "TWO": "a b"},
		Log: filepath.Join(directory, "log"), Cwd: "/",
	}
	start(t, table, "p", spec)
	wait(t, table, "p")
	if log, _ := os.ReadFile(spec.Log); string(log) != "ONE=1\nTWO=a b\n" {
		t.Errorf("environment %q", log)
	}
}

func TestSignalsAndStates(t *testing.T) {
	table, directory := newTable(t)
	start(t, table, "p", shell(directory, "exec sleep 100"))
	for _, step := range []struct {
		signal unix.Signal
		state  State
	}{{unix.SIGSTOP, Stopped}, {unix.SIGCONT, Running}, {unix.SIGTERM, Exited}} {
		before := time.Now()
		at, err := table.Signal("p", step.signal, false)
		if err != nil || at.Before(before) || at.After(time.Now()) {
			t.Fatalf("%v: at %v, %v", step.signal, at, err)
		}
		awaitState(t, table, step.state)
	}
	if ended := wait(t, table, "p"); ended.Signal == nil || *ended.Signal != "SIGTERM" || ended.ExitCode != nil {
		t.Errorf("ended as %+v", ended)
	}
	_, err := table.Signal("p", unix.SIGKILL, true)
	wantStatus(t, err, http.StatusConflict)
}

func awaitState(t *testing.T, table *Table, want State) {
	t.Helper()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(time.Millisecond) {
		entries, err := table.List()
		if err != nil || len(entries) != 1 {
			t.Fatalf("list %v, %v", entries, err)
		}
		if entries[0].State == want {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("state %s, want %s", entries[0].State, want)
		}
	}
}

func TestRefusals(t *testing.T) {
	table, directory := newTable(t)
	start(t, table, "p", shell(directory, "exec sleep 100"))

	_, err := table.Start("p", shell(directory, "true"))
	wantStatus(t, err, http.StatusConflict)
	_, err = table.Start("q", Spec{})
	wantStatus(t, err, http.StatusBadRequest)
	_, err = table.Start("q", shell(filepath.Join(directory, "absent"), "true"))
	wantStatus(t, err, http.StatusBadRequest)
	_, err = table.Start("q", Spec{Argv: []string{"/absent/program"}, Log: filepath.Join(directory, "log")})
	wantStatus(t, err, http.StatusBadRequest)
	if !strings.Contains(err.Error(), "/absent/program") {
		t.Errorf("%q does not name the program", err)
	}
	_, err = table.Signal("q", unix.SIGTERM, false)
	wantStatus(t, err, http.StatusNotFound)
	_, err = table.Wait(context.Background(), "q", time.Second)
	wantStatus(t, err, http.StatusNotFound)
	_, err = table.Wait(context.Background(), "p", 10*time.Millisecond)
	wantStatus(t, err, http.StatusRequestTimeout)
	if entries, _ := table.List(); len(entries) != 1 {
		t.Errorf("a refused start left %+v", entries)
	}
}

// A process that ends before anyone could look at it must still have its process ID and its exit code.
func TestProcessesThatEndAtOnce(t *testing.T) {
	table, directory := newTable(t)
	spec := Spec{Argv: []string{"/bin/true"}, Log: filepath.Join(directory, "log")}
	for range 200 {
		began := start(t, table, "p", spec)
		if ended := wait(t, table, "p"); began.PID == 0 || ended.ExitCode == nil || *ended.ExitCode != 0 {
			t.Fatalf("from %+v to %+v", began, ended)
		}
	}
	if len(table.byPID) != 0 {
		t.Errorf("%d are still thought to run", len(table.byPID))
	}
}
