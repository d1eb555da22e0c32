package volumes

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func snapshot(t *testing.T, s Store, name string) string {
	t.Helper()
	_, err := s.Snapshot(t.Context(), volumeName, name)
	must(t, err)
	return filepath.Join(s.Directory, volumeName, snapshotsDirectory, name)
}

func TestASnapshotKeepsWhatTheVolumeHeld(t *testing.T) {
	s := newStore(t)
	current := stage(t, s, "node1")
	write(t, current, "before")
	bytes, err := s.Snapshot(t.Context(), volumeName, "snap-1")
	must(t, err)
	if bytes != int64(len("before")) {
		t.Errorf("%d bytes, want %d", bytes, len("before"))
	}
	write(t, current, "after")
	taken := snapshot(t, s, "snap-1")
	wantFiles(t, taken, "before") // taken again, it stays as it is

	t.Run("whatever becomes of the volume's attachments", func(t *testing.T) {
		stage(t, s, "node2")
		must(t, s.Unstage(t.Context(), volumeName, "node1"))
		must(t, s.NodeStarted(t.Context(), "node2"))
		wantFiles(t, taken, "before")
	})
	t.Run("until it is removed", func(t *testing.T) {
		for range 2 {
			must(t, s.RemoveSnapshot(t.Context(), volumeName, "snap-1"))
		}
		if exists(taken) {
			t.Error("it is still there")
		}
	})
}

func TestASnapshotOfAVolumeThatWasNeverAttachedIsEmpty(t *testing.T) {
	s := newStore(t)
	wantFiles(t, snapshot(t, s, "snap-1"))
	wantFiles(t, stage(t, s, "node1"))
}

func TestWhileItsNodeIsCutOffNoSnapshotIsTaken(t *testing.T) {
	s := newStore(t)
	stage(t, s, "node1")
	must(t, s.CutOff(t.Context(), "node1"))
	if _, err := s.Snapshot(t.Context(), volumeName, "snap-1"); !errors.Is(err, ErrCutOff) {
		t.Errorf("error %v", err)
	}
}

func TestASnapshotBecomesTheFirstDataOfAnotherVolume(t *testing.T) {
	s := newStore(t)
	write(t, stage(t, s, "node1"), "object")
	snapshot(t, s, "snap-1")
	backup := filepath.Join(t.TempDir(), "backup")
	for range 2 {
		must(t, s.CopySnapshot(t.Context(), volumeName, "snap-1", backup))
	}
	must(t, s.RemoveSnapshot(t.Context(), volumeName, "snap-1"))

	must(t, s.Restore(t.Context(), "pvc-2", backup))
	directory, err := s.Stage(t.Context(), "pvc-2", "node2")
	must(t, err)
	wantFiles(t, directory, "object")
	write(t, directory, "written since")
	must(t, s.Restore(t.Context(), "pvc-2", backup))
	wantFiles(t, directory, "object", "written since")
	wantFiles(t, backup, "object")
}

func TestWhatIsCopiedMustBeThere(t *testing.T) {
	s := newStore(t)
	target := filepath.Join(t.TempDir(), "backup")
	if err := s.CopySnapshot(t.Context(), volumeName, "snap-1", target); err == nil || !strings.Contains(err.Error(), "snap-1") {
		t.Errorf("error %v does not name the snapshot", err)
	}
	if err := s.Restore(t.Context(), volumeName, target); err == nil || !strings.Contains(err.Error(), target) {
		t.Errorf("error %v does not name the backup", err)
	}
	if exists(target) {
		t.Error("half of it was made")
	}
	wantFiles(t, stage(t, s, "node1"))
}

func TestACopyThatWasCutShortIsMadeAgain(t *testing.T) {
	s := newStore(t)
	write(t, stage(t, s, "node1"), "object")
	must(t, os.MkdirAll(filepath.Join(s.Directory, volumeName, snapshotsDirectory, ".snap-1.new", "half"), 0o755))
	wantFiles(t, snapshot(t, s, "snap-1"), "object")
	wantFiles(t, filepath.Join(s.Directory, volumeName, snapshotsDirectory), "snap-1")
}

func TestSnapshotsThatAreNoNames(t *testing.T) {
	s := newStore(t)
	for _, name := range []string{"", ".", "..", "../generation-1", ".hidden"} {
		_, err := s.Snapshot(t.Context(), volumeName, name)
		if err == nil || s.RemoveSnapshot(t.Context(), volumeName, name) == nil || s.CopySnapshot(t.Context(), volumeName, name, t.TempDir()+"/x") == nil {
			t.Errorf("snapshot %q was taken", name)
		}
	}
}
