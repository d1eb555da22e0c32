package volumes

import (
	"context"
	"errors"
)

// ErrNotStaged says that the node does not have the volume: there is no filesystem on it that could grow.
var ErrNotStaged = errors.New("the volume is not staged on this node")

// Expand writes down that the filesystem that node has staged is at least so large. Nothing holds what is written to that size: a
// volume's data is a directory.
func (s Store) Expand(ctx context.Context, handle, node string, bytes int64) error {
	staged := false
	err := s.change(ctx, handle, false, func(_ volume, state State) (State, error) {
		if staged = state.Current != 0 && state.StagedBy == node; !staged {
			return state, nil
		}
		return state.expanded(bytes), nil
	})
	if err == nil && !staged {
		return ErrNotStaged
	}
	return err
}

// Size is how large a volume's filesystem was last made, in bytes; 0 when it has never grown.
func (s Store) Size(ctx context.Context, handle string) (bytes int64, err error) {
	err = s.change(ctx, handle, false, func(_ volume, state State) (State, error) {
		bytes = state.Size
		return state, nil
	})
	return bytes, err
}
