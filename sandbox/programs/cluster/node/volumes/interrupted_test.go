package volumes

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestALockThatIsHeldIsWaitedForUntilTheCallIsOver(t *testing.T) {
	s := newStore(t)
	stage(t, s, "node1")
	unlock, err := lock(t.Context(), filepath.Join(s.Directory, volumeName))
	must(t, err)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Stage(ctx, volumeName, "node2"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want the deadline", err)
	}
	time.AfterFunc(30*time.Millisecond, unlock)
	stage(t, s, "node2")
}

func TestAStepThatIsCutShortIsMadeAgain(t *testing.T) {
	for name, step := range map[string]func(Store) error{
		"first attachment": func(s Store) error { _, err := s.Stage(context.Background(), volumeName, "node1"); return err },
		"copy":             func(s Store) error { _, err := s.Stage(context.Background(), volumeName, "node2"); return err },
		"cut off":          func(s Store) error { return s.CutOff(context.Background(), "node1") },
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore(t)
			directory := filepath.Join(s.Directory, volumeName)
			var before []byte
			if name != "first attachment" {
				write(t, stage(t, s, "node1"), "a")
				before, _ = os.ReadFile(filepath.Join(directory, stateFile))
			}
			must(t, step(s))
			after := files(t, directory)
			// The power went just before the state was written, with half of it in the new file and half of a copy made.
			must(t, os.WriteFile(filepath.Join(directory, stateFile+".new"), []byte(`{"curr`), 0o644))
			if before == nil {
				must(t, os.Remove(filepath.Join(directory, stateFile)))
			} else {
				must(t, os.WriteFile(filepath.Join(directory, stateFile), before, 0o644))
			}
			for _, entry := range after {
				if number, ok := generationNumber(entry); ok && (before == nil || number > 1) {
					must(t, os.RemoveAll(filepath.Join(directory, entry)))
					must(t, os.Mkdir(filepath.Join(directory, entry), 0o700))
					write(t, filepath.Join(directory, entry), "half")
				}
			}
			must(t, step(s))
			if again := files(t, directory); !slices.Equal(again, after) {
				t.Errorf("%v, want %v", again, after)
			}
			for _, entry := range after {
				if _, ok := generationNumber(entry); ok && exists(filepath.Join(directory, entry, "half")) {
					t.Errorf("%s holds what a step that was cut short left there", entry)
				}
			}
		})
	}
}

func TestDirectoriesThatNoStateNamesAreRemoved(t *testing.T) {
	s := newStore(t)
	stage(t, s, "node1")
	must(t, os.Mkdir(filepath.Join(s.Directory, volumeName, "generation-7"), 0o755))
	must(t, s.Unstage(t.Context(), volumeName, "node1"))
	wantGenerations(t, s, "generation-1")
}
