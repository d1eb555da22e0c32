package disk

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/cluster/node/internal/mounttest"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == enterCommand {
		lookAround(os.Args[2])
	}
	mounttest.Main(m)
}

func newDisk(t *testing.T) Disk {
	t.Helper()
	d := Disk{Directory: filepath.Join(t.TempDir(), "nodes", "node1")}
	if err := d.PowerOn("plugins_registry"); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPowerOnKeepsLonghornsDataAlone(t *testing.T) {
	d := newDisk(t)
	for _, part := range []string{"kubelet", "containers", "hosts", "roots", "longhorn"} {
		if err := os.WriteFile(filepath.Join(d.Directory, part, "left"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.PowerOn("plugins_registry"); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(filepath.Join(d.Directory, "*", "left"))
	if want := []string{filepath.Join(d.Directory, "longhorn", "left")}; err != nil || !slices.Equal(left, want) {
		t.Errorf("left %v, %v, want %v", left, err, want)
	}
	if info, err := os.Stat(filepath.Join(d.Directory, "kubelet", "plugins_registry")); err != nil || !info.IsDir() {
		t.Errorf("plugins_registry: %v", err)
	}
	if content, err := os.ReadFile(d.ResolverFile()); err != nil || len(content) > 0 {
		t.Errorf("resolv.conf %q, %v", content, err)
	}
}

func TestPowerOnDeletesNothingThatIsMounted(t *testing.T) {
	d := newDisk(t)
	volume, target := t.TempDir(), filepath.Join(d.Directory, "kubelet", "mount")
	if err := errors.Join(os.WriteFile(filepath.Join(volume, "object"), nil, 0o644), os.Mkdir(target, 0o755), unix.Mount(volume, target, "", unix.MS_BIND, "")); err != nil {
		t.Fatal(err)
	}
	err := d.PowerOn()
	if unmountErr := unix.Unmount(target, 0); unmountErr != nil {
		t.Fatal(unmountErr)
	}
	if err == nil || !strings.Contains(err.Error(), target) {
		t.Errorf("error %v, want one that names %s", err, target)
	}
	if _, err := os.Stat(filepath.Join(volume, "object")); err != nil {
		t.Errorf("the volume's data is gone: %v", err)
	}
}

func TestHostPath(t *testing.T) {
	d := newDisk(t)
	directory := t.TempDir()
	for _, path := range []string{directory, filepath.Join(directory, "new", "one")} {
		got, err := d.HostPath(path)
		if info, statErr := os.Stat(path); err != nil || got != path || statErr != nil || !info.IsDir() {
			t.Errorf("HostPath(%s) = %s, %v, %v", path, got, err, statErr)
		}
	}
	forbidden := "/proc/sandbox/modules" // nobody can make a directory there
	got, err := d.HostPath(forbidden)
	if want := filepath.Join(d.Directory, "elsewhere", forbidden); err != nil || got != want {
		t.Errorf("HostPath(%s) = %s, %v, want %s", forbidden, got, err, want)
	}
	if info, err := os.Stat(got); err != nil || !info.IsDir() {
		t.Errorf("%s: %v", got, err)
	}
}

func TestOutermost(t *testing.T) {
	got := outermost([]string{"/s/volumes", "/s", "/s/nodes/node1", "/srv", "/s"})
	if want := []string{"/s", "/srv"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
