package runtime

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func openLog(t *testing.T) *containerLog {
	t.Helper()
	l := &containerLog{path: filepath.Join(t.TempDir(), "gateway", "0.log"), now: func() time.Time { return time.Unix(0, 7) }}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	return l
}

func wantLog(t *testing.T, path, want string) {
	t.Helper()
	if content, err := os.ReadFile(path); err != nil || string(content) != want {
		t.Errorf("log %q, %v\nwant %q", content, err, want)
	}
}

const at = "1970-01-01T00:00:00.000000007Z "

func TestLogHasLinesHoweverTheyAreWritten(t *testing.T) {
	l := openLog(t)
	stdout, stderr := l.stream("stdout"), l.stream("stderr")
	for _, text := range []string{"one\ntwo", "", "\n\nthr", "ee\n", "no end"} {
		if n, err := stdout.Write([]byte(text)); n != len(text) || err != nil {
			t.Errorf("wrote %d of %d, %v", n, len(text), err)
		}
	}
	stderr.Write([]byte("error\n"))
	stdout.Close()
	stderr.Close()
	l.close()
	wantLog(t, l.path, at+"stdout F one\n"+at+"stdout F two\n"+at+"stdout F \n"+at+"stdout F three\n"+at+"stderr F error\n"+at+"stdout F no end\n")
}

func TestALongLineIsWrittenInPieces(t *testing.T) {
	l := openLog(t)
	stdout := l.stream("stdout")
	long := strings.Repeat("x", 2*longestEntry) + "end\n"
	for _, piece := range []string{long[:100], long[100:20000], long[20000:]} {
		stdout.Write([]byte(piece))
	}
	stdout.Close()
	x := strings.Repeat("x", longestEntry)
	wantLog(t, l.path, at+"stdout P "+x+"\n"+at+"stdout P "+x+"\n"+at+"stdout F end\n")
}

func TestLogGoesOnInANewFileAfterItWasMovedAway(t *testing.T) {
	l := openLog(t)
	stdout := l.stream("stdout")
	stdout.Write([]byte("before\n"))
	if err := os.Rename(l.path, l.path+".1"); err != nil {
		t.Fatal(err)
	}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	stdout.Write([]byte("after\n"))
	wantLog(t, l.path+".1", at+"stdout F before\n")
	wantLog(t, l.path, at+"stdout F after\n")
}

func TestAContainerWithoutALogWritesIntoNothing(t *testing.T) {
	l := &containerLog{now: time.Now}
	if err := l.open(); err != nil {
		t.Fatal(err)
	}
	if n, err := l.stream("stdout").Write([]byte("x\n")); n != 2 || err != nil {
		t.Errorf("wrote %d, %v", n, err)
	}
}
