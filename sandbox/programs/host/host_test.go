package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"longhorn-s3/sandbox/host/internal/procfs"
)

// patience is how long anything may take that is not measured.
const patience = 10 * time.Second

// user is one on whose behalf hosts are tested.
type user struct {
	name string
	// credential is nil for the user that runs the tests.
	credential *syscall.Credential
}

// forEachUser tests as the user that runs the tests and, if that is root, as an ordinary user too.
func forEachUser(t *testing.T, test func(*testing.T, user)) {
	users := []user{{name: "ordinary user"}}
	if os.Geteuid() == 0 {
		users = []user{{name: "root"}, {"ordinary user", &syscall.Credential{Uid: 65534, Gid: 65534}}}
	}
	for _, one := range users {
		t.Run(one.name, func(t *testing.T) { test(t, one) })
	}
}

// directory makes one for a sandbox, with a path short enough for a socket.
func (u user) directory(t *testing.T) string {
	t.Helper()
	directory, err := os.MkdirTemp(programs, "d")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(directory) })
	if u.credential != nil {
		if err := os.Chown(directory, int(u.credential.Uid), int(u.credential.Gid)); err != nil {
			t.Fatal(err)
		}
	}
	return directory
}

// command prepares the program for this user.
func (u user) command(program string, arguments ...string) *exec.Cmd {
	command := exec.Command(program, arguments...)
	command.Dir = "/"
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Credential: u.credential}
	return command
}

// inUserNamespace makes the command root of a user namespace around it all.
func (u user) inUserNamespace(command *exec.Cmd) {
	uid, gid := os.Geteuid(), os.Getegid()
	if u.credential != nil {
		uid, gid = int(u.credential.Uid), int(u.credential.Gid)
	}
	attributes := command.SysProcAttr
	attributes.Cloneflags |= syscall.CLONE_NEWUSER
	attributes.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: uid, Size: 1}}
	attributes.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: gid, Size: 1}}
	attributes.Credential = &syscall.Credential{NoSetGroups: true}
}

// testHost is a host that runs.
type testHost struct {
	t         *testing.T
	directory string
	pid       int
	// starter is the writing end of the host's stdin.
	starter io.Closer
	stderr  *bytes.Buffer
	exited  chan struct{}
	command *exec.Cmd
}

func startHost(t *testing.T, u user, directory string) *testHost {
	t.Helper()
	return startCommand(t, u.command(hostProgram, "--directory="+directory), directory)
}

// startCommand starts a command that becomes the host of a directory.
func startCommand(t *testing.T, command *exec.Cmd, directory string) *testHost {
	t.Helper()
	h := &testHost{t: t, directory: directory, stderr: &bytes.Buffer{}, exited: make(chan struct{}), command: command}
	h.command.Stderr = h.stderr
	stdin, err := h.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	h.starter = stdin
	stdout, out, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdout.Close()
	h.command.Stdout = out
	err = h.command.Start()
	out.Close()
	if err != nil {
		t.Fatal(err)
	}
	h.pid = h.command.Process.Pid
	go func() {
		_ = h.command.Wait()
		close(h.exited)
	}()
	t.Cleanup(func() {
		_ = h.command.Process.Kill()
		<-h.exited
	})
	// To the end: the host lets go of its standard output when it is ready.
	line, err := io.ReadAll(stdout)
	if want := fmt.Sprintf("{\"ready\":true,\"pid\":%d}\n", h.pid); err != nil || string(line) != want {
		t.Fatalf("the host said %q, %v, and on standard error %q; want %q", line, err, h.stderr, want)
	}
	return h
}

// call makes a call of the control API and reads its answer, whose status it checks.
func (h *testHost) call(status int, method, path string, body, answer any) {
	h.t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		h.t.Fatal(err)
	}
	request, err := http.NewRequest(method, "http://host"+path, bytes.NewReader(encoded))
	if err != nil {
		h.t.Fatal(err)
	}
	client := http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true,
		DialContext: func(context.Context, string, string) (net.Conn, error) {
			return net.Dial("unix", filepath.Join(h.directory, "host.sock"))
		},
	}}
	response, err := client.Do(request)
	if err != nil {
		h.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != status {
		h.t.Fatalf("%s %s: status %d, want %d: %s %v", method, path, response.StatusCode, status, text, err)
	}
	if answer == nil {
		return
	}
	if err := json.Unmarshal(text, answer); err != nil {
		h.t.Fatalf("%s %s answered %s: %v", method, path, text, err)
	}
}

// exitCode waits for the host's end.
func (h *testHost) exitCode() int {
	h.t.Helper()
	select {
	case <-h.exited:
		return h.command.ProcessState.ExitCode()
	case <-time.After(patience):
		h.t.Fatal("the host does not end")
		return 0
	}
}

// descendants are the host's, with the first process inside.
func (h *testHost) descendants() map[int]procfs.Stat {
	h.t.Helper()
	all, err := procfs.AllStats()
	if err != nil {
		h.t.Fatal(err)
	}
	found := map[int]procfs.Stat{}
	for pid, stat := range all {
		for parent := stat.Parent; parent != 0; parent = all[parent].Parent {
			if parent == h.pid {
				found[pid] = stat
				break
			}
		}
	}
	return found
}

// wantGone checks that processes have ended, within a limit of the test's own turns of a millisecond: a machine that is
// too busy to let the test run is too busy to let a killed process end. It ends those that have not.
func wantGone(t *testing.T, processes map[int]procfs.Stat, limit time.Duration) {
	t.Helper()
	turns := limit.Milliseconds()
	for pid, was := range processes {
		for !hasEnded(pid, was) {
			if turns == 0 {
				t.Errorf("process %d still runs", pid)
				_ = syscall.Kill(pid, syscall.SIGKILL)
				break
			}
			turns--
			time.Sleep(time.Millisecond)
		}
	}
}

func hasEnded(pid int, was procfs.Stat) bool {
	stat, err := procfs.ReadStat(pid)
	return err != nil || stat.Dead() || stat.StartTime != was.StartTime
}

// mounts are the lines of a process's mounts that name a directory.
func mounts(t *testing.T, pid int, directory string) []string {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/mountinfo", pid))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for line := range strings.Lines(string(text)) {
		if strings.Contains(line, directory) {
			found = append(found, line)
		}
	}
	return found
}
