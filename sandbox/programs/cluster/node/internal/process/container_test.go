package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"longhorn-s3/sandbox/cluster/node/internal/rootfs"
)

// The test binary is also what Starter calls, what stands for a node, and what makes the checks in a mount namespace of its own.
const (
	checksCommand    = "checks"
	nodeCommand      = "node"
	onOverlayCommand = "checks-on-an-overlay"
)

func TestMain(m *testing.M) {
	command := ""
	if len(os.Args) > 1 {
		command = os.Args[1]
	}
	switch command {
	case InitCommand:
		Init()
	case ExecCommand:
		ExecInContainer()
	case nodeCommand:
		beANode(os.Args[2], os.Args[3])
	case checksCommand:
		os.Exit(runChecks(os.Args[2]))
	case onOverlayCommand:
		if err := moveToAnOverlay(os.Args[2]); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(runChecks(os.Args[2]))
	}
	os.Exit(m.Run())
}

// TestContainers makes all checks on every kind of machine that this one can be: for its root, on a root directory that is an overlay
// itself, and in a user namespace with a single user.
func TestContainers(t *testing.T) {
	const namespaces = syscall.CLONE_NEWNS
	userNamespace := &syscall.SysProcAttr{
		Cloneflags:  namespaces | syscall.CLONE_NEWUSER,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	inOwnNamespace(t, "user namespace", checksCommand, userNamespace)
	if os.Geteuid() == 0 {
		inOwnNamespace(t, "root", checksCommand, &syscall.SysProcAttr{Cloneflags: namespaces})
		inOwnNamespace(t, "root on an overlay", onOverlayCommand, &syscall.SysProcAttr{Cloneflags: namespaces})
	}
}

func inOwnNamespace(t *testing.T, name, command string, attributes *syscall.SysProcAttr) {
	t.Run(name, func(t *testing.T) {
		checks := exec.Command("/proc/self/exe", command, t.TempDir())
		checks.SysProcAttr = attributes
		output, err := checks.CombinedOutput()
		if err != nil {
			t.Errorf("%v\n%s", err, output)
		}
	})
}

// moveToAnOverlay makes the root directory an overlay, as it is in most containers.
func moveToAnOverlay(directory string) error {
	if err := rootfs.MakePrivate(); err != nil {
		return err
	}
	_, scratch, err := rootfs.Scratch(filepath.Join(directory, "overlay"))
	if err != nil {
		return err
	}
	root := filepath.Join(scratch, "root")
	if err := os.Mkdir(root, 0o755); err != nil {
		return err
	}
	if err := rootfs.Overlays(scratch)("/", root); err != nil {
		return err
	}
	for _, path := range []string{"/proc", "/sys", "/dev", directory} {
		if err := rootfs.Bind(path, filepath.Join(root, path)); err != nil {
			return err
		}
	}
	return rootfs.Enter(root)
}

// container is a container of the checks, which runs a shell script.
func container(directory, script string) Spec {
	return Spec{
		Scratch: filepath.Join(directory, "scratch"), Machine: "/", Hostname: "photos-0",
		Mounts: []Mount{
			{Source: filepath.Join(directory, "token"), Destination: "/var/run/secrets/token", ReadOnly: true},
			{Source: filepath.Join(directory, "volume", "sub"), Destination: "/data/sub"},
			{Source: filepath.Join(directory, "volume"), Destination: "/data"},
			{Source: "/proc", Destination: "/host/proc"},
			{Source: "/", Destination: "/host/root"},
			{Source: filepath.Join(directory, "token"), Destination: "/dev/sandbox-log"},
			{Source: filepath.Join(directory, "token"), Destination: "/opt/sandbox/deep/token", ReadOnly: true},
		},
		Command: Command{Argv: []string{"sh", "-c", script}, Env: []string{"PATH=/usr/bin:/bin", "GREETING=hello"}},
	}
}

// beANode starts a container and waits to be killed.
func beANode(directory, uid string) {
	spec := container(directory, "sleep 600")
	fmt.Sscan(uid, &spec.Command.Credentials.UID)
	p, err := NewStarter().Start(spec, nil, os.Stderr, os.Stderr)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(p.PID)
	select {}
}
