package process

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// checks are made in a mount namespace of their own, by a process that is not go test's.
var checks = map[string]func(c checker) error{
	"what a container sees":               checker.sees,
	"what it must not see or leave":       checker.contained,
	"how it ends":                         checker.ends,
	"why it cannot start":                 checker.cannotStart,
	"a command in it":                     checker.execs,
	"a command in it that does not end":   checker.execTimesOut,
	"the user it runs as":                 checker.user,
	"a node that dies takes it along":     checker.diesWithItsNode,
	"what it mounted is gone when it is":  checker.leavesNothing,
	"a program on a filesystem elsewhere": checker.programElsewhere,
}

type checker struct {
	directory string
	starter   *Starter
}

func runChecks(directory string) (exitCode int) {
	err := errors.Join(
		os.MkdirAll(filepath.Join(directory, "volume", "sub"), 0o777), os.WriteFile(filepath.Join(directory, "volume", "in"), []byte("from the volume\n"), 0o644),
		os.WriteFile(filepath.Join(directory, "volume", "sub", "below"), nil, 0o644), os.WriteFile(filepath.Join(directory, "token"), []byte("secret\n"), 0o644),
	)
	if err != nil {
		fmt.Println(err)
		return 1
	}
	for name, check := range checks {
		if err := check(checker{directory, NewStarter()}); err != nil {
			fmt.Printf("%s: %v\n", name, err)
			exitCode = 1
		}
	}
	return exitCode
}

// run runs a script in a container to its end.
func (c checker) run(script string) (output string, exitCode int32, err error) {
	return c.runSpec(container(c.directory, script))
}

func (c checker) runSpec(spec Spec) (output string, exitCode int32, err error) {
	var stdout, stderr bytes.Buffer
	p, err := c.starter.Start(spec, []string{"IDENTITY=x"}, &stdout, &stderr)
	if err != nil {
		return "", 0, err
	}
	exitCode, _ = p.Wait()
	return stdout.String() + stderr.String(), exitCode, nil
}

func (c checker) wantOutput(script, want string) error {
	got, _, err := c.run(script)
	if err == nil && got != want {
		err = fmt.Errorf("%s\ngave %q\nwant %q", script, got, want)
	}
	return err
}

func (c checker) sees() error {
	return errors.Join(
		c.wantOutput("echo $$ $GREETING; cat /proc/sys/kernel/hostname; pwd", "1 hello\nphotos-0\n/\n"),
		c.wantOutput("cat /data/in; echo written > /data/out; ls /data/sub", "from the volume\nbelow\n"),
		c.wantOutput("cat /run/secrets/token /opt/sandbox/deep/token", "secret\nsecret\n"),
		c.wantOutput("echo x >/dev/null; head -c 3 /dev/zero | wc -c; echo to-stderr >/dev/stderr", "3\nto-stderr\n"),
		c.wantOutput("test -d /usr/bin && test -r /etc/passwd && test -d /sys/kernel && echo yes", "yes\n"),
		c.wantOutput("echo x > /tmp/own && cat /tmp/own", "x\n"),
		wantFile(filepath.Join(c.directory, "volume", "out"), "written\n"),
	)
}

func (c checker) contained() error {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return err
	}
	namespace, _, err := c.run("readlink /host/proc/1/ns/mnt /host/root/proc/1/ns/mnt | sort -u | wc -l; readlink /host/proc/1/ns/mnt")
	if err == nil && (!strings.HasPrefix(namespace, "1\nmnt:") || strings.Contains(namespace, own)) {
		err = fmt.Errorf("a /proc leads out of the container: %s", namespace)
	}
	err = errors.Join(
		err,
		c.wantOutput("(echo x > /run/secrets/token) 2>/dev/null; (echo x >/opt/sandbox/deep/token) 2>/dev/null; cat /run/secrets/token", "secret\n"),
		c.wantOutput("ls /run; ls /dev | tr '\\n' ' '", "secrets\nfd full null random sandbox-log shm stderr stdin stdout tty urandom zero "),
	)
	err = errors.Join(err, c.wantOutput("(echo 1 >/sys/kernel/mm/ksm/run) 2>&1 | grep -o 'Read-only file system'", "Read-only file system\n"))
	_, _, runErr := c.run("echo x > /etc/sandbox-trace; echo x > /sandbox-trace; echo x > /tmp/sandbox-trace; mkdir /usr/sandbox-trace; true")
	err = errors.Join(err, runErr)
	for _, trace := range []string{"/etc/sandbox-trace", "/sandbox-trace", "/tmp/sandbox-trace", "/usr/sandbox-trace", "/data", "/opt/sandbox", "/dev/sandbox-log"} {
		if _, statErr := os.Lstat(trace); !errors.Is(statErr, fs.ErrNotExist) {
			err = errors.Join(err, fmt.Errorf("the container has left %s on the machine", trace))
		}
	}
	return err
}

func (c checker) ends() error {
	_, code, err := c.run("exit 7")
	if code != 7 {
		err = errors.Join(err, fmt.Errorf("exit code %d, want 7", code))
	}
	_, code, runErr := c.run("trap 'echo stopped; exit 0' TERM; kill -TERM $$; exit 1")
	if code != 0 {
		err = errors.Join(err, fmt.Errorf("exit code %d after SIGTERM, want 0", code))
	}
	p, startErr := c.starter.Start(container(c.directory, "sleep 600 & sleep 600"), nil, os.Stdout, os.Stdout)
	if startErr != nil {
		return errors.Join(err, runErr, startErr)
	}
	err = errors.Join(err, runErr, p.Signal(syscall.SIGKILL))
	if code, how := p.Wait(); code != 137 {
		err = errors.Join(err, fmt.Errorf("exit code %d (%s) after SIGKILL, want 137", code, how))
	}
	return err
}

func (c checker) cannotStart() error {
	var all error
	for reason, change := range map[string]func(*Spec){
		"no-such-program":   func(s *Spec) { s.Argv = []string{"no-such-program"} },
		"/no-such-program":  func(s *Spec) { s.Argv = []string{"/no-such-program"} },
		"permission denied": func(s *Spec) { s.Argv = []string{"/etc/passwd"} },
		"/no-such-source":   func(s *Spec) { s.Mounts = append(s.Mounts, Mount{Source: "/no-such-source", Destination: "/x"}) },
		"/no-such-cwd":      func(s *Spec) { s.Directory = "/no-such-cwd" },
	} {
		spec := container(c.directory, "")
		change(&spec)
		if _, _, err := c.runSpec(spec); err == nil || !strings.Contains(err.Error(), reason) {
			all = errors.Join(all, fmt.Errorf("error %v, want one with %q", err, reason))
		}
	}
	return all
}

func (c checker) leavesNothing() error {
	if _, _, err := c.run("true"); err != nil {
		return err
	}
	entries, err := os.ReadDir(filepath.Join(c.directory, "scratch"))
	if err == nil && len(entries) > 0 {
		err = fmt.Errorf("%v is left in the container's scratch directory", entries)
	}
	return err
}

// programElsewhere is a program on a filesystem that is mounted below a directory of the machine's.
func (c checker) programElsewhere() error {
	mounted := filepath.Join(c.directory, "mounted")
	if err := os.Mkdir(mounted, 0o755); err != nil {
		return err
	}
	if err := syscall.Mount("tmpfs", mounted, "tmpfs", 0, ""); err != nil {
		return err
	}
	defer syscall.Unmount(mounted, syscall.MNT_DETACH)
	program := filepath.Join(mounted, "program")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho here\n"), 0o755); err != nil {
		return err
	}
	spec := container(c.directory, "")
	spec.Argv, spec.MachineMounts = []string{program}, []string{"/", mounted}
	output, _, err := c.runSpec(spec)
	if err == nil && output != "here\n" {
		err = fmt.Errorf("gave %q", output)
	}
	return err
}

func wantFile(path, want string) error {
	content, err := os.ReadFile(path)
	if err == nil && string(content) != want {
		err = fmt.Errorf("%s holds %q, want %q", path, content, want)
	}
	return err
}
