package runtime

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// The longest piece of a line that is written as one entry, as containerd has it.
const longestEntry = 16 << 10

// containerLog is a container's log file in the format that the kubelet reads: time, stream, F for a whole line and P for a piece of
// one, text. Without a path everything is thrown away.
type containerLog struct {
	path string
	now  func() time.Time

	mutex sync.Mutex
	file  *os.File
}

// open opens the file, again after the kubelet has moved it away.
func (l *containerLog) open() error {
	if l.path == "" {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o755); err != nil {
		return err
	}
	file, err := os.OpenFile(l.path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.file != nil {
		l.file.Close()
	}
	l.file = file
	return nil
}

func (l *containerLog) close() {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.file != nil {
		l.file.Close()
		l.file = nil
	}
}

func (l *containerLog) entry(stream, tag string, text []byte) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.file == nil {
		return nil
	}
	_, err := fmt.Fprintf(l.file, "%s %s %s %s\n", l.now().UTC().Format(time.RFC3339Nano), stream, tag, text)
	return err
}

// stream answers where the container's stdout or stderr goes.
func (l *containerLog) stream(name string) *logStream { return &logStream{log: l, name: name} }

// logStream cuts what a container writes into lines.
type logStream struct {
	log     *containerLog
	name    string
	pending []byte
}

var _ io.WriteCloser = (*logStream)(nil)

func (s *logStream) Write(text []byte) (int, error) {
	s.pending = append(s.pending, text...)
	for {
		end := bytes.IndexByte(s.pending, '\n')
		switch {
		case end >= 0 && end <= longestEntry:
			s.log.entry(s.name, "F", s.pending[:end])
			s.pending = s.pending[end+1:]
		case len(s.pending) > longestEntry:
			s.log.entry(s.name, "P", s.pending[:longestEntry])
			s.pending = s.pending[longestEntry:]
		default:
			s.pending = append([]byte(nil), s.pending...) // what was written is not kept for ever
			return len(text), nil                         // a full disk is no reason to stop the container
		}
	}
}

// Close writes the last line, if it has no end.
func (s *logStream) Close() error {
	if len(s.pending) == 0 {
		return nil
	}
	return s.log.entry(s.name, "F", s.pending)
}
