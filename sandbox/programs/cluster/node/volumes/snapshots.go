package volumes

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Below a volume's directory, beside its generations: one directory for each snapshot. No state names them, and no attachment sees
// them.
const snapshotsDirectory = "snapshots"

// ErrCutOff says that the node which has the volume is cut off: nobody can ask its engine for anything.
var ErrCutOff = errors.New("the node that has the volume is cut off")

// Snapshot copies what the volume holds at this moment and answers how many bytes its files have. A snapshot that is there already
// stays as it is. A volume that was never attached is empty.
func (s Store) Snapshot(ctx context.Context, handle, name string) (bytes int64, err error) {
	if err := ValidateSnapshot(name); err != nil {
		return 0, err
	}
	err = s.change(ctx, handle, true, func(v volume, state State) (State, error) {
		if state.Prepared != 0 {
			return state, ErrCutOff
		}
		fill := makeGeneration
		if state.Current != 0 {
			fill = copyOf(v.generation(state.Current))
		}
		if err := os.MkdirAll(filepath.Join(v.directory, snapshotsDirectory), 0o755); err != nil {
			return state, err
		}
		if err := makeWhole(v.snapshot(name), fill); err != nil {
			return state, err
		}
		bytes, err = size(v.snapshot(name))
		return state, err
	})
	return bytes, err
}

// RemoveSnapshot removes a snapshot. One that is not there counts as removed.
func (s Store) RemoveSnapshot(ctx context.Context, handle, name string) error {
	if err := ValidateSnapshot(name); err != nil {
		return err
	}
	return s.change(ctx, handle, false, func(v volume, state State) (State, error) { return state, os.RemoveAll(v.snapshot(name)) })
}

// CopySnapshot copies a snapshot to target, a directory that is there only once it is complete. A target that is there already stays
// as it is.
func (s Store) CopySnapshot(ctx context.Context, handle, name, target string) error {
	if err := ValidateSnapshot(name); err != nil {
		return err
	}
	return s.change(ctx, handle, true, func(v volume, state State) (State, error) {
		return state, makeWhole(target, copyOf(v.snapshot(name)))
	})
}

// Restore makes the content of a directory the data that the volume's first attachment finds. A volume that has data already keeps
// it.
func (s Store) Restore(ctx context.Context, handle, source string) error {
	return s.change(ctx, handle, true, func(v volume, state State) (State, error) {
		next, copyNeeded := state.restored()
		if !copyNeeded {
			return state, nil
		}
		return next, copyOf(source)(v.generation(next.Current))
	})
}

// ValidateSnapshot says why a name cannot be that of a snapshot's directory.
func ValidateSnapshot(name string) error {
	if !validHandle.MatchString(name) {
		return fmt.Errorf("snapshot %q: its name must be 1 to 253 letters, digits, '.', '_' or '-' and begin with a letter or digit", name)
	}
	return nil
}

func (v volume) snapshot(name string) string {
	return filepath.Join(v.directory, snapshotsDirectory, name)
}

// copyOf copies a directory that has to be there, unlike what vanishes below it.
func copyOf(source string) func(target string) error {
	return func(target string) error {
		if err := mustBeDirectory(source); err != nil {
			return err
		}
		return copyTree(source, target)
	}
}

// makeWhole fills a directory beside target first, so that target is never half made.
func makeWhole(target string, fill func(target string) error) error {
	if exists(target) {
		return nil
	}
	fresh := filepath.Join(filepath.Dir(target), "."+filepath.Base(target)+".new")
	if err := os.RemoveAll(fresh); err != nil {
		return err
	}
	if err := fill(fresh); err != nil {
		return errors.Join(err, os.RemoveAll(fresh))
	}
	return os.Rename(fresh, target)
}

// size is how many bytes the files below a directory have.
func size(directory string) (bytes int64, err error) {
	err = filepath.WalkDir(directory, func(_ string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			bytes += info.Size()
		}
		return err
	})
	return bytes, err
}
