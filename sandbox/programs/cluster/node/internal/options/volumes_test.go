package options

import (
	"io"
	"strings"
	"testing"

	"longhorn-s3/sandbox/cluster/node/volumes"
)

func TestParseCut(t *testing.T) {
	got, err := ParseCut("cut-off", []string{"--volumes=/d/volumes", "--node=node1"}, io.Discard)
	if err != nil || got.Volumes.Directory != "/d/volumes" || got.Node != "node1" {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, err := ParseCut("cut-off", nil, io.Discard); err == nil || !strings.Contains(err.Error(), "--volumes") || !strings.Contains(err.Error(), "--node") {
		t.Errorf("error %v", err)
	}
}

func TestParseData(t *testing.T) {
	common := []string{"--volumes=/d/volumes", "--volume=pvc-1"}
	for command, c := range map[string]struct {
		argument string
		want     Data
	}{
		"snapshot":        {"--snapshot=snap-1", Data{Snapshot: "snap-1"}},
		"remove-snapshot": {"--snapshot=snap-1", Data{Snapshot: "snap-1"}},
		"restore":         {"--from=/d/backup", Data{Directory: "/d/backup"}},
	} {
		got, err := ParseData(command, append(common, c.argument), io.Discard)
		c.want.Volumes, c.want.Volume = volumes.Store{Directory: "/d/volumes"}, "pvc-1"
		if err != nil || got != c.want {
			t.Errorf("%s: got %+v, %v", command, got, err)
		}
	}
	got, err := ParseData("copy-snapshot", append(common, "--snapshot=snap-1", "--to=/d/backup"), io.Discard)
	if err != nil || got.Snapshot != "snap-1" || got.Directory != "/d/backup" {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestParseDataSaysEverythingThatIsWrong(t *testing.T) {
	for command, reasons := range map[string][]string{
		"snapshot":      {"--volumes is missing", `volume handle ""`, `snapshot ""`},
		"copy-snapshot": {"--volumes is missing", `volume handle ""`, `snapshot ""`, "--to is missing"},
		"restore":       {"--volumes is missing", `volume handle ""`, "--from is missing"},
	} {
		_, err := ParseData(command, nil, io.Discard)
		for _, reason := range reasons {
			if err == nil || !strings.Contains(err.Error(), reason) {
				t.Errorf("%s: error %v, want one with %q", command, err, reason)
			}
		}
	}
	if _, err := ParseData("restore", []string{"--snapshot=snap-1"}, io.Discard); err == nil {
		t.Error("restore took a snapshot")
	}
}
