package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// refused runs the program to its end and gives its exit code and standard error.
func refused(t *testing.T, u user, change func(*exec.Cmd), program string, arguments ...string) (int, string) {
	t.Helper()
	command := u.command(program, arguments...)
	command.Env = append(os.Environ(), helperVariable+"=without-network-namespaces")
	change(command)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err == nil || stdout.Len() > 0 {
		t.Errorf("%v: %v, and standard output %q", arguments, err, &stdout)
	}
	return command.ProcessState.ExitCode(), stderr.String()
}

func unchanged(*exec.Cmd) {}

func TestASecondHostIsRefused(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		code, sentence := refused(t, u, unchanged, hostProgram, "--directory="+h.directory)
		if want := "A sandbox already runs in " + h.directory; code != 3 || !strings.HasPrefix(sentence, want) {
			t.Errorf("exit code %d, %q", code, sentence)
		}
		h.call(200, "GET", "/v1/host", nil, nil) // the first one is as it was
	})
}

func TestDirectoriesThatCannotBeUsed(t *testing.T) {
	directory := user{}.directory(t)
	long := filepath.Join(directory, strings.Repeat("d", 107-len(directory)-len("/host.sock")))
	if err := os.Mkdir(long, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"relative":                         "not an absolute path",
		filepath.Join(directory, "absent"): "no such file or directory",
		long:                               "use a shorter directory",
	} {
		code, sentence := refused(t, user{}, unchanged, hostProgram, "--directory="+path)
		if code != 3 || !strings.Contains(sentence, want) || strings.Count(sentence, "\n") != 1 {
			t.Errorf("%s: exit code %d, %q", path, code, sentence)
		}
	}
}

func TestAMachineWithoutNamespaces(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		directory := u.directory(t)
		code, sentence := refused(t, u, u.inUserNamespace, helperProgram, hostProgram, "--directory="+directory)
		if code != 3 || !strings.Contains(sentence, "user.max_net_namespaces is 0") || strings.Count(sentence, "\n") != 1 {
			t.Errorf("exit code %d, %q", code, sentence)
		}
		if _, err := os.Stat(filepath.Join(directory, "host.sock")); !os.IsNotExist(err) {
			t.Errorf("the socket is left: %v", err)
		}
	})
}

func TestBadUsage(t *testing.T) {
	for name, arguments := range map[string][]string{
		"nothing": {}, "unknown flag": {"--dir=/tmp"}, "no value": {"--directory="}, "too much": {"--directory=/tmp", "more"},
		"answer without address": {"answer"}, "wait-for without URL": {"wait-for"}, "wait-for with two": {"wait-for", "a", "b"},
	} {
		code, text := refused(t, user{}, unchanged, hostProgram, arguments...)
		if code != 2 || !strings.Contains(text, "usage: sandbox-host") {
			t.Errorf("%s: exit code %d, %q", name, code, text)
		}
	}
	code, text := refused(t, user{}, unchanged, hostProgram, "inside", "--directory=/tmp")
	if code != 3 || !strings.Contains(text, "use sandbox-host --directory=DIR") {
		t.Errorf("inside by hand: exit code %d, %q", code, text)
	}
}
