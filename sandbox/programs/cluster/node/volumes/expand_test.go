package volumes

import (
	"errors"
	"testing"
)

func wantSize(t *testing.T, s Store, want int64) {
	t.Helper()
	got, err := s.Size(t.Context(), volumeName)
	must(t, err)
	if got != want {
		t.Errorf("the filesystem has %d bytes, want %d", got, want)
	}
}

func TestAFilesystemGrowsWhereItIsStaged(t *testing.T) {
	s := newStore(t)
	directory := stage(t, s, "node1")
	write(t, directory, "a")
	wantSize(t, s, 0)
	for _, bytes := range []int64{2 << 30, 2 << 30, 1 << 30} { // each call may come again, and none shrinks it
		must(t, s.Expand(t.Context(), volumeName, "node1", bytes))
		wantSize(t, s, 2<<30)
	}
	wantFiles(t, directory, "a")
}

func TestTheSizeGoesWithTheVolume(t *testing.T) {
	s := newStore(t)
	stage(t, s, "node1")
	must(t, s.Expand(t.Context(), volumeName, "node1", 2<<30))
	stage(t, s, "node2")
	wantSize(t, s, 2<<30)
}

func TestAFilesystemGrowsNowhereElse(t *testing.T) {
	s := newStore(t)
	stage(t, s, "node1")
	stage(t, s, "node2")
	for _, handle := range []string{volumeName, "pvc-unknown"} {
		if err := s.Expand(t.Context(), handle, "node1", 2<<30); !errors.Is(err, ErrNotStaged) {
			t.Errorf("%s: error %v", handle, err)
		}
	}
	wantSize(t, s, 0)
}
