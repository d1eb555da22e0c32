// Package jsonlines appends to the files in which the sandbox's parts tell what they have seen, one JSON value a line.
package jsonlines

import (
	"encoding/json"
	"os"
	"time"
)

// Time is a moment as these files write it: UTC, ISO 8601, milliseconds.
type Time time.Time

// MarshalText writes t.
func (t Time) MarshalText() ([]byte, error) {
	return []byte(time.Time(t).UTC().Format("2006-01-02T15:04:05.000Z")), nil
}

// Append adds value to file as one line, in one write, so that lines of several writers do not mix. The line is on the disk when it
// returns: whoever wrote it may be killed the next moment.
func Append(file string, value any) error {
	line, err := json.Marshal(value)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(append(line, '\n')); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
