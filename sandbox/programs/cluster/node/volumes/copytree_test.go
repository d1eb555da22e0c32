package volumes

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

func TestTheCopyKeepsEverything(t *testing.T) {
	s := newStore(t)
	source := stage(t, s, "node1")
	must(t, os.Mkdir(filepath.Join(source, "bucket"), 0o2750))
	must(t, os.Chmod(filepath.Join(source, "bucket"), 0o750|os.ModeSetgid))
	object := filepath.Join(source, "bucket", "object")
	must(t, os.WriteFile(object, []byte("content"), 0o640))
	must(t, unix.Setxattr(object, "user.etag", []byte("\x00binary"), 0))
	must(t, unix.Setxattr(object, "user.large", []byte(strings.Repeat("x", 3000)), 0))
	must(t, unix.Setxattr(filepath.Join(source, "bucket"), "user.acl", []byte("owner"), 0))
	must(t, os.Link(object, filepath.Join(source, "second name")))
	must(t, os.Symlink("bucket/object", filepath.Join(source, "link")))
	must(t, unix.Mkfifo(filepath.Join(source, "pipe"), 0o600))
	then := time.Unix(1700000000, 123456789)
	must(t, os.Chtimes(object, then, then))
	must(t, os.Chtimes(filepath.Join(source, "bucket"), then, then))
	if os.Geteuid() == 0 {
		must(t, os.Chown(object, 1234, 4321))
	}

	target := stage(t, s, "node2")
	for _, name := range []string{"bucket", "bucket/object", "second name", "link", "pipe"} {
		var want, got unix.Stat_t
		must(t, unix.Lstat(filepath.Join(source, name), &want))
		must(t, unix.Lstat(filepath.Join(target, name), &got))
		if got.Mode != want.Mode || got.Uid != want.Uid || got.Gid != want.Gid || got.Mtim != want.Mtim || got.Nlink != want.Nlink {
			t.Errorf("%s: %+v, want %+v", name, got, want)
		}
		attributes, err := attributeNames(filepath.Join(target, name))
		must(t, err)
		for _, attributeName := range attributes {
			wantValue, _ := attribute(filepath.Join(source, name), attributeName)
			gotValue, _ := attribute(filepath.Join(target, name), attributeName)
			if string(gotValue) != string(wantValue) {
				t.Errorf("%s: attribute %s is %q, want %q", name, attributeName, gotValue, wantValue)
			}
		}
	}
	copied, err := attributeNames(filepath.Join(target, "bucket", "object"))
	must(t, err)
	if slices.Sort(copied); !slices.Equal(copied, []string{"user.etag", "user.large"}) {
		t.Errorf("attributes %v", copied)
	}
	content, err := os.ReadFile(filepath.Join(target, "bucket", "object"))
	if err != nil || string(content) != "content" {
		t.Errorf("content %q, %v", content, err)
	}
	if to, _ := os.Readlink(filepath.Join(target, "link")); to != "bucket/object" {
		t.Errorf("link to %q", to)
	}
	var one, two unix.Stat_t
	must(t, unix.Lstat(filepath.Join(target, "bucket", "object"), &one))
	must(t, unix.Lstat(filepath.Join(target, "second name"), &two))
	if one.Ino != two.Ino {
		t.Error("one file with two names became two files")
	}
}

func TestACopyOfADirectoryThatChanges(t *testing.T) {
	s := newStore(t)
	source := stage(t, s, "node1")
	for i := range 200 {
		write(t, source, "kept"+strings.Repeat("x", i))
	}
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-done:
				return
			default:
			}
			temporary := filepath.Join(source, "temporary")
			os.WriteFile(temporary, []byte("x"), 0o644)
			os.Rename(temporary, filepath.Join(source, "object"))
			os.Mkdir(filepath.Join(source, "parts"), 0o755)
			os.WriteFile(filepath.Join(source, "parts", "part"), nil, 0o644)
			os.RemoveAll(filepath.Join(source, "parts"))
		}
	}()
	for range 20 {
		target := filepath.Join(t.TempDir(), "copy")
		if err := copyTree(source, target); err != nil {
			t.Error(err)
		}
		kept := slices.DeleteFunc(files(t, target), func(name string) bool { return !strings.HasPrefix(name, "kept") })
		if len(kept) != 200 {
			t.Errorf("%d of 200 files were copied", len(kept))
		}
	}
	close(done)
	<-stopped
}
