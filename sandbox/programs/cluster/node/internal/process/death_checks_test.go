package process

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

func (c checker) user() error {
	namespace, err := CurrentUserNamespace()
	if err != nil {
		return err
	}
	spec := container(c.directory, "id -u; id -g; id -G")
	existing, same := namespace.Existing(Credentials{UID: 1234, GID: 4321, Groups: []int{5555}})
	spec.Credentials = existing
	want := "1234\n4321\n4321 5555\n"
	if !same {
		want = "0\n0\n"
	}
	output, _, err := c.runSpec(spec)
	if err == nil && !strings.HasPrefix(output, want) {
		err = fmt.Errorf("runs as %q, want %q", output, want)
	}
	return err
}

func (c checker) diesWithItsNode() error {
	namespace, err := CurrentUserNamespace()
	if err != nil {
		return err
	}
	other := namespace.Users.nearest(1234)                  // a change of user makes the kernel forget who is to die with whom,
	for _, uid := range []int{0, other, 0, 0, 0, 0, 0, 0} { // and at times so does the thread that happens to call exec
		node := exec.Command("/proc/self/exe", nodeCommand, c.directory, fmt.Sprint(uid))
		stdout, err := node.StdoutPipe()
		if err != nil {
			return err
		}
		if err := node.Start(); err != nil {
			return err
		}
		line, err := bufio.NewReader(stdout).ReadString('\n')
		pid := 0
		if _, scanErr := fmt.Sscan(line, &pid); err != nil || scanErr != nil {
			return fmt.Errorf("node: %q, %w", line, errors.Join(err, scanErr))
		}
		if err := errors.Join(node.Process.Kill(), notStill(pid)); err != nil {
			return fmt.Errorf("user %d: %w", uid, err)
		}
		node.Wait()
	}
	return nil
}

// notStill waits until a process is gone, or only has to be reaped.
func notStill(pid int) error {
	var stat []byte
	for range 500 {
		var err error
		stat, err = os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil || strings.Contains(string(stat), ") Z ") {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("process %d still runs: %s", pid, stat)
}
