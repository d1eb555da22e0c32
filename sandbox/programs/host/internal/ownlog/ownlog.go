// Package ownlog is where this program's own last words go once nobody reads its standard error any more.
package ownlog

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// TakeOver appends what is written to the streams from now on to logs/sandbox-host.log of the sandbox's directory. If
// that file cannot be opened they stay as they are: a log is no reason to fail.
func TakeOver(directory string, streams ...*os.File) {
	logs := filepath.Join(directory, "logs")
	if err := os.MkdirAll(logs, 0o755); err != nil {
		return
	}
	file, err := os.OpenFile(filepath.Join(logs, "sandbox-host.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return
	}
	defer file.Close()
	for _, stream := range streams {
		// Fails only for a descriptor that is not open.
		_ = unix.Dup3(int(file.Fd()), int(stream.Fd()), 0)
	}
}
