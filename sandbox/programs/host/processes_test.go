package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"longhorn-s3/sandbox/host/internal/procfs"
)

func TestProcessIDsAreThoseOutside(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		h.helper("first", "sleep")
		second := h.helper("second", "sleep")
		command, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", second.PID))
		if err != nil || !strings.HasPrefix(string(command), helperProgram) {
			t.Errorf("process %d outside is %q, %v", second.PID, command, err)
		}
		if _, isInside := h.descendants()[second.PID]; !isInside {
			t.Errorf("process %d is not the host's", second.PID)
		}
		h.signal("first", "SIGKILL", false)
		ended := h.wait("first")
		if ended.State != "exited" || ended.Signal == nil || *ended.Signal != "SIGKILL" || ended.ExitCode != nil || ended.EndedAt == nil {
			t.Errorf("ended as %+v", ended)
		}
		if list := h.list(); len(list) != 2 || list["first"].State != "exited" || list["second"].State != "running" {
			t.Errorf("list %+v", list)
		}
	})
}

func TestAGroupsSignalReachesGrandchildren(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		h.helper("other", "sleep")
		others := h.descendants()
		h.helperThatSays("complete", "family", "family")
		family := h.descendants()
		for pid := range others {
			delete(family, pid)
		}
		if len(family) != 3 {
			t.Fatalf("a family of %d", len(family))
		}
		h.signal("family", "SIGSTOP", true)
		for pid := range family {
			awaitProcessState(t, pid, 'T')
		}
		// The kernel tells the parent once the last thread has stopped.
		for end := time.Now().Add(patience); h.list()["family"].State != "stopped"; time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("state %s", h.list()["family"].State)
			}
		}
		h.signal("family", "SIGKILL", true)
		wantGone(t, family, time.Second)
		if state := h.list()["other"].State; state != "running" {
			t.Errorf("the other process is %s", state)
		}
		h.call(409, "POST", "/v1/processes/family/signal", map[string]any{"signal": "SIGKILL", "group": true}, nil)
	})
}

func awaitProcessState(t *testing.T, pid int, want byte) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		stat, err := procfs.ReadStat(pid)
		if err == nil && stat.State == want {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("process %d is %c, %v; want %c", pid, stat.State, err, want)
		}
	}
}

func TestOrphansAreReaped(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		h.run(nil, "orphans", "orphan")
		orphans := h.descendants()
		if len(orphans) != 3 {
			t.Fatalf("%d processes, want the first one with two orphans", len(orphans))
		}
		for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
			left := h.descendants()
			if len(left) == 1 {
				return
			}
			if time.Now().After(end) {
				t.Fatalf("left are %+v", left)
			}
		}
	})
}

func TestMemoryOfAProcessWithItsDescendants(t *testing.T) {
	h := startHost(t, user{}, user{}.directory(t))
	h.helper("small", "sleep")
	h.helperThatSays("allocated", "large", "allocate", "100")
	const mebibyte = 1 << 20
	list := h.list()
	if large := list["large"].RSSBytes; large < 100*mebibyte || large > 200*mebibyte {
		t.Errorf("with a child of 100 MiB: %d MiB", large/mebibyte)
	}
	if small := list["small"].RSSBytes; small == 0 || small > 50*mebibyte {
		t.Errorf("without: %d MiB", small/mebibyte)
	}
}

// The host is started where all mounts propagate to wherever they can.
func TestAMountNamespaceOfItsOwn(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		directory := u.directory(t)
		command := u.command(helperProgram, hostProgram, "--directory="+directory)
		command.Env = append(os.Environ(), helperVariable+"=with-shared-mounts")
		u.inUserNamespace(command)
		command.SysProcAttr.Cloneflags |= syscall.CLONE_NEWNS
		h := startCommand(t, command, directory)
		private, shared := filepath.Join(directory, "private"), filepath.Join(directory, "shared")
		for _, point := range []string{private, shared} {
			if err := os.Mkdir(point, 0o777); err != nil {
				t.Fatal(err)
			}
		}
		h.helperWith("private", map[string]any{"mountNamespace": true}, "mount", private)
		h.awaitLog("private", "mounted")
		h.helperThatSays("mounted", "shared", "mount", shared)
		list := h.list()
		for _, test := range []struct {
			by, point string
			want      bool
		}{
			{"private", private, true}, {"private", shared, false}, {"shared", private, false}, {"shared", shared, true},
		} {
			if got := mounts(t, list[test.by].PID, test.point) != nil; got != test.want {
				t.Errorf("%s sees %s: %v", test.by, test.point, got)
			}
		}
		if outside := mounts(t, h.pid, directory); outside != nil {
			t.Errorf("seen outside: %q", outside)
		}
	})
}

func TestCallsThatAreRefused(t *testing.T) {
	h := startHost(t, user{}, user{}.directory(t))
	h.helper("p", "sleep")
	body := map[string]any{"argv": []string{helperProgram}, "env": map[string]string{}, "log": h.logOf("p")}
	signal := map[string]any{"signal": "SIGTERM", "group": false}
	for name, test := range map[string]struct {
		status       int
		method, path string
		body         any
		sentence     string
	}{
		"running already":    {409, "PUT", "/v1/processes/p", body, "running already"},
		"name":               {400, "PUT", "/v1/processes/P", body, `The name "P" is not allowed`},
		"unknown key":        {400, "PUT", "/v1/processes/q", map[string]any{"args": 1}, `unknown field "args"`},
		"unknown process":    {404, "POST", "/v1/processes/q/signal", signal, "There is no process q."},
		"unknown signal":     {400, "POST", "/v1/processes/p/signal", map[string]any{"signal": "SIGUSR1"}, "use SIGTERM, SIGKILL, SIGSTOP or SIGCONT"},
		"wait too short":     {408, "POST", "/v1/processes/p/wait", map[string]any{"seconds": 0.05}, "still running after 50ms"},
		"wait for ever":      {400, "POST", "/v1/processes/p/wait", map[string]any{"seconds": 1e9}, "between 0 and 86400"},
		"unknown call":       {404, "GET", "/v2/processes", nil, "not a call of this API"},
		"unknown call below": {404, "DELETE", "/v1/processes/p", nil, "not a call of this API"},
	} {
		var answer map[string]string
		h.call(test.status, test.method, test.path, test.body, &answer)
		if !strings.Contains(answer["error"], test.sentence) {
			t.Errorf("%s: %q", name, answer["error"])
		}
	}
	var sent map[string]string
	h.call(200, "POST", "/v1/processes/p/signal", signal, &sent)
	if _, err := time.Parse("2006-01-02T15:04:05.000Z", sent["at"]); err != nil {
		t.Error(err)
	}
}
