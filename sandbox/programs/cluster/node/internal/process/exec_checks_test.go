package process

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func (c checker) withContainer(use func(p *Process) error) error {
	p, err := c.starter.Start(container(c.directory, "sleep 600"), nil, os.Stdout, os.Stdout)
	if err != nil {
		return err
	}
	err = use(p)
	err = errors.Join(err, p.Signal(syscall.SIGKILL))
	p.Wait()
	return err
}

func (c checker) execs() error {
	return c.withContainer(func(p *Process) error {
		command := Command{
			Argv: []string{"sh", "-c", "cat /data/in /proc/sys/kernel/hostname; echo $A $PPID; tr '\\0' ' ' </proc/1/cmdline; echo e >&2; exit 3"},
			Env:  []string{"PATH=/usr/bin:/bin", "A=b"}, Directory: "/data",
		}
		result, err := c.starter.Exec(context.Background(), p.PID, command)
		if want := "from the volume\nphotos-0\nb 0\nsh -c sleep 600 "; err != nil || string(result.Stdout) != want || string(result.Stderr) != "e\n" || result.ExitCode != 3 {
			return fmt.Errorf("stdout %q, stderr %q, exit code %d, %v", result.Stdout, result.Stderr, result.ExitCode, err)
		}
		command.Argv = []string{"no-such-program"}
		result, err = c.starter.Exec(context.Background(), p.PID, command)
		if err != nil || result.ExitCode != cannotExec || !strings.Contains(string(result.Stderr), "no-such-program") {
			return fmt.Errorf("a program that does not exist: %q, exit code %d, %v", result.Stderr, result.ExitCode, err)
		}
		return nil
	})
}

func (c checker) execTimesOut() error {
	return c.withContainer(func(p *Process) error {
		ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
		defer cancel()
		begun := time.Now()
		_, err := c.starter.Exec(ctx, p.PID, Command{Argv: []string{"sleep", "599"}, Env: []string{"PATH=/usr/bin:/bin"}})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 5*time.Second {
			return fmt.Errorf("%v after %v, want the deadline", err, time.Since(begun))
		}
		for range 50 { // the kernel kills it in its own time
			if !runs("sleep\x00599\x00") {
				return nil
			}
			time.Sleep(20 * time.Millisecond)
		}
		return errors.New("the command still runs")
	})
}

// runs tells whether there is a process with this command line.
func runs(commandLine string) bool {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil && string(content) == commandLine {
			return true
		}
	}
	return false
}
