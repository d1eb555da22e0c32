package jsonlines

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestLinesOfSeveralWritersDoNotMix(t *testing.T) {
	file := filepath.Join(t.TempDir(), "lines.jsonl")
	var writers sync.WaitGroup
	for range 8 {
		writers.Go(func() {
			for range 20 {
				if err := Append(file, map[string]string{"text": strings.Repeat("x", 5000) + "\n"}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(content), "\n"), "\n")
	if len(lines) != 160 {
		t.Errorf("%d lines, want 160", len(lines))
	}
	for _, line := range lines {
		var value map[string]string
		if err := json.Unmarshal([]byte(line), &value); err != nil || len(value["text"]) != 5001 {
			t.Errorf("line %.40q: %v", line, err)
		}
	}
}

func TestTimeIsISOInMilliseconds(t *testing.T) {
	moment := time.Date(2026, 7, 1, 14, 0, 0, 7_999_999, time.FixedZone("", 2*3600))
	text, err := json.Marshal(map[string]Time{"time": Time(moment)})
	if want := `{"time":"2026-07-01T12:00:00.007Z"}`; err != nil || string(text) != want {
		t.Errorf("%s, %v, want %s", text, err, want)
	}
}

func TestAppendSaysWhyItCannot(t *testing.T) {
	if err := Append(filepath.Join(t.TempDir(), "missing", "lines.jsonl"), 1); err == nil {
		t.Error("no error")
	}
	if err := Append(filepath.Join(t.TempDir(), "lines.jsonl"), func() {}); err == nil {
		t.Error("no error")
	}
}
