package process

import "testing"

func TestNoMountHidesAnother(t *testing.T) {
	mounts := []Mount{{Destination: "/data/sub/deep"}, {Destination: "/data/sub/"}, {Destination: "/a/b"}, {Destination: "/data"}}
	got := ""
	for _, mount := range outerFirst(mounts) {
		got += mount.Destination + " "
	}
	if want := "/data /data/sub/ /a/b /data/sub/deep "; got != want {
		t.Errorf("order %q, want %q", got, want)
	}
	if mounts[0].Destination != "/data/sub/deep" {
		t.Error("the caller's list was sorted")
	}
}

func TestIsProc(t *testing.T) {
	for source, want := range map[string]bool{"/proc": true, "/proc/": true, "//proc/1": true, "/process": false, "/": false, "/host/proc": false} {
		if got := isProc(source); got != want {
			t.Errorf("isProc(%q) = %v", source, got)
		}
	}
}
