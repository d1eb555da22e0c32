package volumes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

const stateFile = "state.json"

// Store is the directory of all volumes. Every node works on it at the same time; a volume is locked while its state changes.
type Store struct {
	Directory string
}

// Stage gives node the volume and answers the directory of the generation that node's attachment reads and writes. Staging what node
// has staged already changes nothing. It waits for the volume's lock until ctx ends.
func (s Store) Stage(ctx context.Context, handle, node string) (directory string, err error) {
	err = s.change(ctx, handle, true, func(v volume, state State) (State, error) {
		next := state.staged(node)
		directory = v.generation(next.Current)
		switch state.originFor(node) {
		case empty:
			return next, makeGeneration(directory)
		case copied:
			return next, copyTree(v.generation(state.Current), directory)
		default:
			return next, mustBeDirectory(directory)
		}
	})
	return directory, err
}

// StagedDirectory answers the directory that node's attachment reads and writes; ok is false when node has not staged the volume's
// current generation.
func (s Store) StagedDirectory(ctx context.Context, handle, node string) (directory string, ok bool, err error) {
	err = s.change(ctx, handle, false, func(v volume, state State) (State, error) {
		ok = state.Current != 0 && state.StagedBy == node
		directory = v.generation(state.Current)
		return state, nil
	})
	return directory, ok, err
}

// Unstage confirms that node no longer has the volume. A generation that node had abandoned is removed, with all that it wrote into it.
// Unstaging what node has not staged changes nothing.
func (s Store) Unstage(ctx context.Context, handle, node string) error {
	return s.change(ctx, handle, false, func(_ volume, state State) (State, error) { return state.unstaged(node), nil })
}

// CutOff is called at the moment at which node is cut off: each volume that it has staged is copied at once, so that an attachment
// elsewhere goes on without what node writes from now on.
func (s Store) CutOff(ctx context.Context, node string) error {
	return s.changeAll(ctx, func(v volume, state State) (State, error) {
		next, copyNeeded := state.cutOff(node)
		if !copyNeeded {
			return state, nil
		}
		return next, copyTree(v.generation(state.Current), v.generation(next.Prepared))
	})
}

// Rejoin is called when a node that was cut off is back: where nobody else has attached a volume meanwhile, node goes on where it was
// and the prepared copy is removed.
func (s Store) Rejoin(ctx context.Context, node string) error {
	return s.changeAll(ctx, func(_ volume, state State) (State, error) { return state.rejoined(node), nil })
}

// NodeStarted is called when node starts with nothing left of its former life, mounts included: it has let go of everything.
func (s Store) NodeStarted(ctx context.Context, node string) error {
	return s.changeAll(ctx, func(_ volume, state State) (State, error) { return state.unstaged(node), nil })
}

// changeAll changes every volume that there is; one that fails does not keep the others from it.
func (s Store) changeAll(ctx context.Context, transition func(volume, State) (State, error)) error {
	entries, err := os.ReadDir(s.Directory)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var failures []error
	for _, entry := range entries {
		if entry.IsDir() && validHandle.MatchString(entry.Name()) {
			failures = append(failures, s.change(ctx, entry.Name(), false, transition))
		}
	}
	return errors.Join(failures...)
}

// change takes a volume from one state to the next. The state is written last and at once, when everything that it names is there, so a
// step that is cut short leaves the old state behind, and at most a directory that no state names. Those are removed on both sides of
// the step. Without create, a volume that does not exist stays so and counts as unchanged.
func (s Store) change(ctx context.Context, handle string, create bool, transition func(volume, State) (State, error)) error {
	if err := ValidateHandle(handle); err != nil {
		return err
	}
	v := volume{handle: handle, directory: filepath.Join(s.Directory, handle)}
	if create {
		if err := os.MkdirAll(v.directory, 0o755); err != nil {
			return err
		}
	}
	unlock, err := lock(ctx, v.directory)
	if errors.Is(err, fs.ErrNotExist) && !create {
		return nil
	}
	if err != nil {
		return fmt.Errorf("volume %s: %w", handle, err)
	}
	defer unlock()
	if err := v.change(transition); err != nil {
		return fmt.Errorf("volume %s: %w", handle, err)
	}
	return nil
}

// volume is one volume's directory; its lock is held.
type volume struct {
	handle, directory string
}

func (v volume) generation(number int) string {
	return filepath.Join(v.directory, generationName(number))
}

func (v volume) change(transition func(volume, State) (State, error)) error {
	state, err := v.read()
	if err != nil {
		return err
	}
	if err := v.removeUnnamed(state); err != nil {
		return err
	}
	next, err := transition(v, state)
	if err != nil || next.equal(state) {
		return err
	}
	if err := v.write(next); err != nil {
		return err
	}
	return v.removeUnnamed(next)
}

func (v volume) read() (state State, err error) {
	content, err := os.ReadFile(filepath.Join(v.directory, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil
	}
	if err != nil {
		return State{}, err
	}
	if err := json.Unmarshal(content, &state); err != nil {
		return State{}, fmt.Errorf("%s is no state of a volume: %w", filepath.Join(v.directory, stateFile), err)
	}
	return state, nil
}

func (v volume) write(state State) error {
	content, err := json.Marshal(state)
	if err != nil {
		return err
	}
	fresh := filepath.Join(v.directory, stateFile+".new")
	if err := os.WriteFile(fresh, append(content, '\n'), 0o644); err != nil {
		return err
	}
	return os.Rename(fresh, filepath.Join(v.directory, stateFile))
}

func (v volume) removeUnnamed(state State) error {
	entries, err := os.ReadDir(v.directory)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		if number, ok := generationNumber(entry.Name()); ok && !state.has(number) {
			if err := os.RemoveAll(v.generation(number)); err != nil {
				return err
			}
		}
	}
	return nil
}

// makeGeneration makes an empty one. Everybody may write: a container's user is not known to whoever makes the volume.
func makeGeneration(directory string) error {
	if err := os.Mkdir(directory, 0o777); err != nil {
		return err
	}
	return os.Chmod(directory, 0o777) // whatever the umask
}

func mustBeDirectory(path string) error {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is no directory", path)
	}
	return err
}
