package volumes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFirstAttachmentIsEmptyAndForEverybody(t *testing.T) {
	s := newStore(t)
	directory := stage(t, s, "node1")
	if want := filepath.Join(s.Directory, volumeName, "generation-1"); directory != want {
		t.Errorf("staged %s, want %s", directory, want)
	}
	wantFiles(t, directory)
	info, err := os.Stat(directory)
	must(t, err)
	if info.Mode().Perm() != 0o777 {
		t.Errorf("mode %v: a container's user may not write", info.Mode())
	}
}

func TestStagingTwiceOnOneNodeChangesNothing(t *testing.T) {
	s := newStore(t)
	first := stage(t, s, "node1")
	write(t, first, "a")
	if second := stage(t, s, "node1"); second != first {
		t.Errorf("staged %s, then %s", first, second)
	}
	wantFiles(t, first, "a")
	wantGenerations(t, s, "generation-1")
}

func TestAfterACleanUnstageTheSameDataGoesOnAnywhere(t *testing.T) {
	s := newStore(t)
	first := stage(t, s, "node1")
	write(t, first, "a")
	must(t, s.Unstage(t.Context(), volumeName, "node1"))
	if second := stage(t, s, "node2"); second != first {
		t.Errorf("node2 got %s, want %s itself", second, first)
	}
	wantGenerations(t, s, "generation-1")
}

func TestWithoutAConfirmedDetachTheNextAttachmentGetsACopy(t *testing.T) {
	s := newStore(t)
	isolated := stage(t, s, "node1")
	write(t, isolated, "before")
	successor := stage(t, s, "node2")
	if successor == isolated {
		t.Fatal("both nodes have one generation")
	}
	write(t, isolated, "lost")
	write(t, successor, "kept")
	wantFiles(t, successor, "before", "kept")
	wantFiles(t, isolated, "before", "lost")

	t.Run("and the isolated node's unstage removes what it wrote", func(t *testing.T) {
		must(t, s.Unstage(t.Context(), volumeName, "node1"))
		wantGenerations(t, s, "generation-2")
		wantFiles(t, successor, "before", "kept")
	})
	t.Run("and leaves the successor's attachment alone", func(t *testing.T) {
		if _, ok, err := s.StagedDirectory(t.Context(), volumeName, "node2"); err != nil || !ok {
			t.Errorf("node2 has lost the volume: %v", err)
		}
	})
}

func TestTheIsolatedNodesNextStartRemovesWhatItWrote(t *testing.T) {
	s := newStore(t)
	write(t, stage(t, s, "node1"), "lost")
	stage(t, s, "node2")
	must(t, s.NodeStarted(t.Context(), "node1"))
	wantGenerations(t, s, "generation-2")
}

func TestANodeThatLostPowerHasLetGoOfItsVolumesWhenItStarts(t *testing.T) {
	s := newStore(t)
	first := stage(t, s, "node1")
	must(t, s.NodeStarted(t.Context(), "node1"))
	if second := stage(t, s, "node2"); second != first {
		t.Errorf("node2 got %s, want %s: nobody can write into it any more", second, first)
	}
}

func TestUnstagingWhatIsNotStagedIsNoError(t *testing.T) {
	s := newStore(t)
	must(t, s.Unstage(t.Context(), "pvc-never-seen", "node1"))
	if exists(s.Directory) {
		t.Error("a directory was made for it")
	}
	stage(t, s, "node1")
	must(t, s.Unstage(t.Context(), volumeName, "node2"))
	must(t, s.Unstage(t.Context(), volumeName, "node1"))
	must(t, s.Unstage(t.Context(), volumeName, "node1"))
	if _, ok, err := s.StagedDirectory(t.Context(), volumeName, "node1"); ok || err != nil {
		t.Errorf("still staged: %v, %v", ok, err)
	}
}

func TestNoVolumesYet(t *testing.T) {
	s := newStore(t)
	must(t, s.CutOff(t.Context(), "node1"))
	must(t, s.Rejoin(t.Context(), "node1"))
	must(t, s.NodeStarted(t.Context(), "node1"))
}

func TestHandlesThatAreNoNames(t *testing.T) {
	s := newStore(t)
	for _, handle := range []string{"", ".", "..", "../x", "a/b", ".hidden", strings.Repeat("x", 254)} {
		if _, err := s.Stage(t.Context(), handle, "node1"); err == nil {
			t.Errorf("handle %q was taken", handle)
		}
	}
}

// A step that is cut short has made directories and not yet written the state that names them.

// The isolated gateway goes on writing, renaming and deleting while its data is copied.
