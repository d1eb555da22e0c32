package notrun

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func TestOneLineForEveryStart(t *testing.T) {
	log := Log{File: filepath.Join(t.TempDir(), "not-run.jsonl")}
	ui := Container{Node: "node1", Namespace: "longhorn-system", Pod: "longhorn-ui-1", Container: "longhorn-ui", Image: "longhornio/longhorn-ui:v1.12.0"}
	for second := range 2 {
		if err := log.Add(time.Unix(int64(second), 0), ui); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(log.File)
	if err != nil {
		t.Fatal(err)
	}
	const rest = `"node":"node1","namespace":"longhorn-system","pod":"longhorn-ui-1","container":"longhorn-ui","image":"longhornio/longhorn-ui:v1.12.0"}` + "\n"
	want := `{"time":"1970-01-01T00:00:00.000Z",` + rest + `{"time":"1970-01-01T00:00:01.000Z",` + rest
	if string(content) != want {
		t.Errorf("got %s\nwant %s", content, want)
	}
}
