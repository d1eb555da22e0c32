package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

const enterCommand = "enter-root"

// enterRoot runs lookAround in another process, since a root directory is a matter of the whole process.
func enterRoot(sandbox string, attributes *syscall.SysProcAttr) (string, error) {
	node := exec.Command("/proc/self/exe", enterCommand, sandbox)
	node.SysProcAttr = attributes
	output, err := node.CombinedOutput()
	return string(output), err
}

// lookAround is a node that enters its root and looks whether everything is where it has to be. It does not return.
func lookAround(sandbox string) {
	if err := lookAroundIn(sandbox); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	os.Exit(0)
}

func lookAroundIn(sandbox string) error {
	own := Disk{Directory: filepath.Join(sandbox, "nodes", "node1")}
	if err := own.PowerOn(); err != nil {
		return err
	}
	machineMounts, err := own.EnterRoot(filepath.Join(sandbox, "volumes"), sandbox)
	if err != nil {
		return err
	}
	if !slices.Contains(machineMounts, "/proc") || slices.Contains(machineMounts, Machine) {
		err = fmt.Errorf("mounts of the machine: %v", machineMounts)
	}
	for _, path := range []string{KubeletRoot + "/kubelet", longhornData + "/longhorn", containerLogs + "/containers", sandbox + "/not-run.jsonl"} {
		err = errors.Join(err, os.WriteFile(path, nil, 0o644))
	}
	// What is written next to the machine's files stays with the node.
	err = errors.Join(err, os.WriteFile("/tmp/sandbox-trace", nil, 0o644))
	if machineErr := os.WriteFile(filepath.Join(Machine, sandbox, "through-the-machine"), nil, 0o644); !errors.Is(machineErr, syscall.EROFS) {
		err = errors.Join(err, fmt.Errorf("the machine's root is not read-only: %v", machineErr))
	}
	if _, lookErr := exec.LookPath("mount"); lookErr != nil {
		err = errors.Join(err, lookErr)
	}
	for _, path := range []string{"/proc/self/exe", "/sys/kernel", "/dev/null", filepath.Join(Machine, "usr")} {
		if _, statErr := os.Stat(path); statErr != nil {
			err = errors.Join(err, statErr)
		}
	}
	return err
}

func TestEnterRoot(t *testing.T) {
	sandbox := t.TempDir()
	if err := os.Mkdir(filepath.Join(sandbox, "volumes"), 0o755); err != nil {
		t.Fatal(err)
	}
	if output, err := enterRoot(sandbox, &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS}); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	for _, path := range []string{"nodes/node1/kubelet/kubelet", "nodes/node1/longhorn/longhorn", "nodes/node1/containers/containers", "not-run.jsonl"} {
		if _, err := os.Stat(filepath.Join(sandbox, path)); err != nil {
			t.Error(err)
		}
	}
	for _, path := range []string{"/tmp/sandbox-trace", Machine, filepath.Join(KubeletRoot, "kubelet"), filepath.Join(longhornData, "longhorn")} {
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the node has left %s on the machine", path)
		}
	}
}

func TestANodeDoesNotChangeTheRootOfItsStarter(t *testing.T) {
	output, err := enterRoot(t.TempDir(), nil)
	if err == nil || !strings.Contains(output, "mount namespace of its own") {
		t.Errorf("%v: %s", err, output)
	}
}
