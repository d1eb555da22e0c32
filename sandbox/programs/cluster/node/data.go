package main

import (
	"context"
	"fmt"
	"os"

	"longhorn-s3/sandbox/cluster/node/internal/options"
)

// copyData carries out what Longhorn's managers ask for: snapshots, and copies of them out of and into volumes. The size of a new
// snapshot goes to the standard output.
func copyData(command string, arguments []string) error {
	d, err := options.ParseData(command, arguments, os.Stderr)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), volumesTimeout)
	defer cancel()
	switch command {
	case "snapshot":
		bytes, err := d.Volumes.Snapshot(ctx, d.Volume, d.Snapshot)
		if err != nil {
			return err
		}
		_, err = fmt.Println(bytes)
		return err
	case "remove-snapshot":
		return d.Volumes.RemoveSnapshot(ctx, d.Volume, d.Snapshot)
	case "copy-snapshot":
		return d.Volumes.CopySnapshot(ctx, d.Volume, d.Snapshot, d.Directory)
	default: // restore
		return d.Volumes.Restore(ctx, d.Volume, d.Directory)
	}
}
