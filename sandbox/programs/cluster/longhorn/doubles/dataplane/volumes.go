// Package dataplane is how the doubles reach the data of volumes: by a program, as Longhorn's managers reach it by an engine's. The
// program is that of the sandbox's nodes, which knows where a volume's data lies and locks it while it copies.
package dataplane

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
)

// Volumes are the volumes of all nodes.
type Volumes struct {
	// Program is sandbox-node, a path or a name to look for on PATH.
	Program string
	// Directory is where the volumes lie.
	Directory string
}

// Snapshot copies what a volume holds at this moment and answers how many bytes its files have. A snapshot that is there already
// stays as it is.
func (v Volumes) Snapshot(ctx context.Context, volume, snapshot string) (size int64, err error) {
	output, err := v.run(ctx, "snapshot", "--volume="+volume, "--snapshot="+snapshot)
	if err != nil {
		return 0, err
	}
	return strconv.ParseInt(output, 10, 64)
}

// RemoveSnapshot removes a snapshot; one that is not there counts as removed.
func (v Volumes) RemoveSnapshot(ctx context.Context, volume, snapshot string) error {
	_, err := v.run(ctx, "remove-snapshot", "--volume="+volume, "--snapshot="+snapshot)
	return err
}

// CopySnapshot copies a snapshot to a directory, which is there only once it is complete.
func (v Volumes) CopySnapshot(ctx context.Context, volume, snapshot, directory string) error {
	_, err := v.run(ctx, "copy-snapshot", "--volume="+volume, "--snapshot="+snapshot, "--to="+directory)
	return err
}

// Restore makes the content of a directory the data of a volume that has none.
func (v Volumes) Restore(ctx context.Context, volume, directory string) error {
	_, err := v.run(ctx, "restore", "--volume="+volume, "--from="+directory)
	return err
}

// run answers what the program writes. Its complaint is the error.
func (v Volumes) run(ctx context.Context, command string, options ...string) (string, error) {
	call := exec.CommandContext(ctx, v.Program, append([]string{command, "--volumes=" + v.Directory}, options...)...)
	var complaint bytes.Buffer
	call.Stderr = &complaint
	output, err := call.Output()
	if _, failed := errors.AsType[*exec.ExitError](err); failed && complaint.Len() > 0 {
		return "", errors.New(strings.TrimSpace(complaint.String()))
	}
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", v.Program, command, err)
	}
	return strings.TrimSpace(string(output)), nil
}
