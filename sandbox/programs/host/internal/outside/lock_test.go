package outside

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"longhorn-s3/sandbox/host/internal/procfs"
)

// moment is a limit that is reached at once.
const moment = 20 * time.Millisecond

func TestHolderIsReadAsItIsWritten(t *testing.T) {
	want := holder{host: 12, first: 345, firstStart: 18446744073709551615}
	if got := parseHolder(want.String()); got != want {
		t.Errorf("got %+v", got)
	}
	for content, want := range map[string]holder{
		"":                     {},
		"host 12":              {host: 12},
		"host 12 first 345":    {host: 12},
		"something else":       {},
		"host x first 3 4 5 6": {},
	} {
		if got := parseHolder(content); got != want {
			t.Errorf("%q: got %+v", content, got)
		}
	}
}

func TestWaitForEnd(t *testing.T) {
	me, err := procfs.ReadStat(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		former holder
		want   bool
	}{
		"no former sandbox":         {holder{}, true},
		"no such process":           {holder{first: 1 << 30, firstStart: 1}, true},
		"another process by now":    {holder{first: os.Getpid(), firstStart: me.StartTime + 1}, true},
		"a process that still runs": {holder{first: os.Getpid(), firstStart: me.StartTime}, false},
	} {
		if got := test.former.waitForEnd(moment); got != test.want {
			t.Errorf("%s: got %v", name, got)
		}
	}
}

func TestOneHolderAtATime(t *testing.T) {
	directory := t.TempDir()
	first, err := lockDirectory(directory, moment)
	if err != nil {
		t.Fatal(err)
	}
	if err := first.record(holder{host: 4711}); err != nil {
		t.Fatal(err)
	}
	if _, err := lockDirectory(directory, moment); err == nil || !strings.Contains(err.Error(), directory+" (process 4711)") {
		t.Errorf("the second got %v", err)
	}
	first.release()
	again, err := lockDirectory(directory, moment)
	if err != nil {
		t.Fatal(err)
	}
	again.release()
	if _, err := lockDirectory(filepath.Join(directory, "absent"), moment); err == nil {
		t.Error("locked a directory that is not there")
	}
}

func TestTheFormersProcessesMustHaveEnded(t *testing.T) {
	directory := t.TempDir()
	first, err := lockDirectory(directory, moment)
	if err != nil {
		t.Fatal(err)
	}
	me, err := procfs.ReadStat(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	if err := first.record(holder{host: 1, first: os.Getpid(), firstStart: me.StartTime}); err != nil {
		t.Fatal(err)
	}
	first.release()
	if _, err := lockDirectory(directory, moment); err == nil || !strings.Contains(err.Error(), "have not ended") {
		t.Errorf("got %v", err)
	}
}
