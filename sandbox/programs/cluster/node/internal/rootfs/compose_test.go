package rootfs

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/sys/unix"
)

// record places nothing and remembers what it was asked to place.
type record struct{ placed []string }

func (r *record) place(source, target string) error {
	r.placed = append(r.placed, filepath.Base(target))
	return nil
}

func machine(t *testing.T, directories ...string) string {
	t.Helper()
	root := t.TempDir()
	for _, directory := range directories {
		if err := os.MkdirAll(filepath.Join(root, directory), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func TestComposeOpensOnlyTheWay(t *testing.T) {
	source := machine(t, "usr/bin", "var/lib/dpkg", "var/lib/kube", "var/cache", "proc/1", "home/u")
	if err := os.Symlink("usr/bin", filepath.Join(source, "bin")); err != nil {
		t.Fatal(err)
	}
	root := t.TempDir()
	var directories, special record
	plan := Plan{
		Machine: source, Root: root, Directory: directories.place,
		Special: map[string]Placing{"/proc": special.place, "/var/lib/kube": special.place},
		Open:    []string{"/var/lib/longhorn", "/var/lib/kubelet/pods"},
	}
	if err := plan.Compose(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(directories.placed)
	if want := []string{"cache", "dpkg", "home", "usr"}; !slices.Equal(directories.placed, want) {
		t.Errorf("placed %v, want %v", directories.placed, want)
	}
	if want := []string{"proc", "kube"}; !slices.Equal(special.placed, want) {
		t.Errorf("placed specially %v, want %v", special.placed, want)
	}
	if to, err := os.Readlink(filepath.Join(root, "bin")); err != nil || to != "usr/bin" {
		t.Errorf("bin leads to %q, %v", to, err)
	}
	if _, err := os.Stat(filepath.Join(root, "usr", "bin")); !errors.Is(err, os.ErrNotExist) {
		t.Error("usr is a plain directory with something in it")
	}
}

func TestComposeLeavesOutTemporaryFiles(t *testing.T) {
	source, root := machine(t, "tmp/sandbox", "tmp/other", "tmp/way"), t.TempDir()
	file := filepath.Join(source, "tmp", "kubeconfig1")
	if err := errors.Join(os.Chmod(filepath.Join(source, "tmp"), 0o777|os.ModeSticky), os.WriteFile(file, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	var directories record
	if err := (Plan{Machine: source, Root: root, Directory: directories.place, Open: []string{"/tmp/way/in"}}).Compose(); err != nil {
		t.Fatal(err)
	}
	if want := []string{"other", "sandbox"}; !slices.Equal(directories.placed, want) {
		t.Errorf("placed %v, want %v", directories.placed, want)
	}
	if _, err := os.Lstat(filepath.Join(root, "tmp", "kubeconfig1")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a temporary file is in the new root")
	}
}

func TestComposeKeepsModes(t *testing.T) {
	source, root := machine(t, "tmp", "root"), t.TempDir()
	if err := errors.Join(os.Chmod(filepath.Join(source, "tmp"), 0o777|os.ModeSticky), os.Chmod(filepath.Join(source, "root"), 0o700)); err != nil {
		t.Fatal(err)
	}
	if err := (Plan{Machine: source, Root: root, Directory: Empty}).Compose(); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"tmp": os.ModeDir | os.ModeSticky | 0o777, "root": os.ModeDir | 0o700} {
		if info, err := os.Stat(filepath.Join(root, name)); err != nil || info.Mode() != want {
			t.Errorf("%s: %v, %v, want %v", name, info.Mode(), err, want)
		}
	}
}

func TestComposeLeavesOutWhatLeadsOut(t *testing.T) {
	source, root := machine(t, "usr"), t.TempDir()
	pipe := filepath.Join(source, "daemon")
	if err := unix.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (Plan{Machine: source, Root: root, Directory: Empty}).Compose(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(root, "daemon")); !errors.Is(err, os.ErrNotExist) {
		t.Error("a pipe of the machine's is in the new root")
	}
}

func TestComposeGoesOnWithoutWhatTheMachineRemovesMeanwhile(t *testing.T) {
	source, root := machine(t, "passing", "usr"), t.TempDir()
	failing := errors.New("cannot be placed")
	remove := func(source, target string) error {
		if filepath.Base(target) == "passing" {
			return errors.Join(os.Remove(source), failing)
		}
		return nil
	}
	if err := (Plan{Machine: source, Root: root, Directory: remove}).Compose(); err != nil {
		t.Error(err)
	}
	fail := func(string, string) error { return failing }
	if err := (Plan{Machine: source, Root: t.TempDir(), Directory: fail}).Compose(); !errors.Is(err, failing) {
		t.Errorf("what is still there was left out: %v", err)
	}
}

func TestHolding(t *testing.T) {
	points := []string{"/", "/home", "/home/user", "/homework", "/srv", "/opt/bin"}
	for _, c := range []struct{ paths, want []string }{
		{[]string{"/home/user/.cache/bin"}, []string{"/", "/home", "/home/user"}},
		{[]string{"/opt/bin"}, []string{"/", "/opt/bin"}},
		{[]string{"/opt"}, []string{"/"}},
		{[]string{"/opt/binary", "/srv/x"}, []string{"/", "/srv"}},
		{nil, nil},
	} {
		if got := Holding(points, c.paths); !slices.Equal(got, c.want) {
			t.Errorf("Holding(%v) = %v, want %v", c.paths, got, c.want)
		}
	}
}

func TestMissingFollowsLinksInsideTheRoot(t *testing.T) {
	root := machine(t, "run", "usr/lib", "etc", "var")
	for link, to := range map[string]string{"var/run": "/run", "lib": "usr/lib"} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := Missing(root, []string{"/etc", "/etc/hosts", "/var/run/secrets/token", "/lib/modules", "/data", "/../../escape"})
	want := []string{"/etc/hosts", "/run/secrets/token", "/usr/lib/modules", "/data", "/escape"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("missing %v, %v, want %v", got, err, want)
	}
}

func TestEscapedPathsDoNotEndAnOption(t *testing.T) {
	if got, want := escaped(`/a:b,c\d`), `/a\:b\,c\\d`; got != want {
		t.Errorf("escaped %q, want %q", got, want)
	}
}
