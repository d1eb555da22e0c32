package images

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "images.json")
	content := `{"pullDelay":"300ms","rules":[{"image":"longhornio/longhorn-manager","container":"","argv":["{{.Command}}"],"env":{"PATH":"/b"},"mounts":["/d/volumes"]}]}`
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
	table, err := Read(file)
	if err != nil {
		t.Fatal(err)
	}
	if time.Duration(table.PullDelay) != 300*time.Millisecond || len(table.Rules) != 1 || table.Rules[0].Env["PATH"].text != "/b" || !slices.Equal(table.Rules[0].Mounts, []string{"/d/volumes"}) {
		t.Errorf("read %+v", table)
	}
}

func TestReadNamesTheFile(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "images.json")
	if _, err := Read(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("error %v", err)
	}
	if err := os.WriteFile(missing, []byte(`{"rules":[{}]}`), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(missing); err == nil || !strings.Contains(err.Error(), missing) {
		t.Errorf("error %v", err)
	}
}

func TestABrokenTableIsRefusedAsAWhole(t *testing.T) {
	const good = `{"image":"a/b","argv":["/x"]}`
	for content, reason := range map[string]string{
		``:                            "EOF",
		`{"rules":[`:                  "EOF",
		`{"rules":[]} {}`:             "something after",
		`{"pullDelay":"soon"}`:        "soon",
		`{"pullDelay":"-1s"}`:         "negative",
		`{"rules":[{"argv":["/x"]}]}`: `"image" is missing`,
		`{"rules":[` + good + `,{"image":"a/b"}]}`:                                       `rule 2: image "a/b": "argv" is missing`,
		`{"rules":[{"image":"a/b","argv":["/x"],"exit":1}]}`:                             "exit",
		`{"rules":[{"image":"a/b","argv":[null]}]}`:                                      "argv[0] is null",
		`{"rules":[{"image":"a/b","argv":["/x"],"env":{"A":null}}]}`:                     "env A is null",
		`{"rules":[{"image":"a/b","argv":["/x"],"mounts":["/d/volumes/"]}]}`:             `mounts[0] is "/d/volumes/"`,
		`{"rules":[{"image":"a/b","argv":["/x"],"mounts":["/"]}]}`:                       `mounts[0] is "/"`,
		`{"rules":[` + good + `,{"image":"c","argv":["{{.IP"]}]}`:                        "unclosed action",
		`{"rules":[{"image":"a/b","argv":["/x"],"env":{"A":"{{nothing}}"}}]}`:            "nothing",
		`{"rules":[{"image":"docker.io/longhornio/csi-attacher","argv":["/x"]}]}`:        "without registry",
		`{"rules":[{"image":"longhornio/csi-attacher:v4","argv":["/x"]}]}`:               "without registry",
		`{"rules":[{"image":"Longhornio/CSI","argv":["/x"]}]}`:                           "without registry",
		`{"rules":[{"image":"a@sha256:` + strings.Repeat("0", 64) + `","argv":["/x"]}]}`: "without registry",
	} {
		if _, err := parse([]byte(content)); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: error %v, want one with %q", content, err, reason)
		}
	}
}

// FuzzTable: whatever the table says, it is refused or it can be used.
func FuzzTable(f *testing.F) {
	f.Add([]byte(`{"rules":[{"image":"a/b","argv":["/x","{{.Args}}","{{.Env.A}}"],"env":{"B":"{{.Command}}"}}]}`), "a/b")
	f.Add([]byte(`{"rules":[{"image":"s3gw/s3gw","argv":["{{index .Args 3}}"]}]}`), "quay.io/s3gw/s3gw:v0.23.0")
	f.Add([]byte(`{"rules":[{"image":"b","argv":[""],"env":{"":"{{.}}"}}]}`), "b")
	f.Fuzz(func(t *testing.T, content []byte, image string) {
		table, err := parse(content)
		if err != nil {
			return
		}
		rule, err := table.Find(image, "container")
		if err != nil || rule == nil {
			return
		}
		if argv, _, err := rule.Fill(Facts{Args: Words{"--a"}}); err == nil && (len(argv) == 0 || argv[0] == "") {
			t.Errorf("no program and no error: %s", content)
		}
	})
}
