package volumes

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCutOff(t *testing.T) {
	cut := func(t *testing.T) (Store, string) {
		s := newStore(t)
		isolated := stage(t, s, "node1")
		write(t, isolated, "before")
		must(t, s.CutOff(t.Context(), "node1"))
		write(t, isolated, "after")
		return s, isolated
	}
	t.Run("what is written after the cut is not in the next attachment", func(t *testing.T) {
		s, _ := cut(t)
		wantFiles(t, stage(t, s, "node2"), "before")
	})
	t.Run("a second cut does not move the first", func(t *testing.T) {
		s, _ := cut(t)
		must(t, s.CutOff(t.Context(), "node1"))
		wantFiles(t, stage(t, s, "node2"), "before")
	})
	t.Run("cutting off another node changes nothing", func(t *testing.T) {
		s, isolated := cut(t)
		must(t, s.CutOff(t.Context(), "node2"))
		wantGenerations(t, s, "generation-1", "generation-2")
		wantFiles(t, isolated, "after", "before")
	})
	t.Run("a node that rejoins goes on where it was", func(t *testing.T) {
		s, isolated := cut(t)
		must(t, s.Rejoin(t.Context(), "node1"))
		wantGenerations(t, s, "generation-1")
		if again := stage(t, s, "node1"); again != isolated {
			t.Errorf("node1 got %s, want %s", again, isolated)
		}
		wantFiles(t, stage(t, s, "node2"), "after", "before")
	})
	t.Run("a node that rejoins too late keeps only what it abandoned", func(t *testing.T) {
		s, isolated := cut(t)
		successor := stage(t, s, "node2")
		must(t, s.Rejoin(t.Context(), "node1"))
		wantGenerations(t, s, "generation-1", "generation-2")
		if _, ok, _ := s.StagedDirectory(t.Context(), volumeName, "node1"); ok {
			t.Error("node1 still counts as the one who has it")
		}
		must(t, s.Unstage(t.Context(), volumeName, "node1"))
		wantFiles(t, successor, "before")
		if exists(isolated) {
			t.Error("the abandoned generation is still there")
		}
	})
	t.Run("a clean unstage during the cut is a confirmed detach", func(t *testing.T) {
		s, isolated := cut(t)
		must(t, s.Unstage(t.Context(), volumeName, "node1"))
		wantGenerations(t, s, "generation-1")
		if next := stage(t, s, "node2"); next != isolated {
			t.Errorf("node2 got %s, want %s", next, isolated)
		}
	})
	t.Run("a number never comes back", func(t *testing.T) {
		s, _ := cut(t)
		must(t, s.Rejoin(t.Context(), "node1"))
		must(t, s.CutOff(t.Context(), "node1"))
		wantGenerations(t, s, "generation-1", "generation-3")
	})
}

func TestAVolumeThatFailsDoesNotKeepTheOthersFromBeingCutOff(t *testing.T) {
	s := newStore(t)
	for _, handle := range []string{"pvc-a", "pvc-b"} {
		_, err := s.Stage(t.Context(), handle, "node1")
		must(t, err)
	}
	must(t, os.WriteFile(filepath.Join(s.Directory, "pvc-a", stateFile), []byte("{"), 0o644))
	err := s.CutOff(t.Context(), "node1")
	if err == nil || !strings.Contains(err.Error(), "pvc-a") {
		t.Errorf("error %v does not name the volume", err)
	}
	if !exists(filepath.Join(s.Directory, "pvc-b", "generation-2")) {
		t.Error("pvc-b was not copied")
	}
}
