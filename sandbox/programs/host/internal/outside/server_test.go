package outside

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheSocketIsForThisUserAlone(t *testing.T) {
	directory := t.TempDir()
	path := filepath.Join(directory, "host.sock")
	if err := os.WriteFile(path, nil, 0o666); err != nil { // what a killed host left
		t.Fatal(err)
	}
	listener, err := listen(directory)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != os.ModeSocket|0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	listener.Close()
	if _, err := os.Stat(path); !os.IsNotExist(err) {
		t.Errorf("the socket is left: %v", err)
	}
}

func TestAPathThatIsTooLongForASocket(t *testing.T) {
	// The longest directory whose socket's path fits, and one character more.
	room := maxSocketPath - len("/host.sock")
	parent, err := os.MkdirTemp("/tmp", "s")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(parent)
	fits := filepath.Join(parent, strings.Repeat("d", room-len(parent)-1))
	for directory, want := range map[string]string{fits: "", fits + "d": "use a shorter directory"} {
		if err := os.Mkdir(directory, 0o755); err != nil {
			t.Fatal(err)
		}
		listener, err := listen(directory)
		switch {
		case want == "" && err != nil:
			t.Errorf("%d characters: %v", len(directory), err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%d characters: %v, want %q", len(directory), err, want)
		}
		if listener != nil {
			listener.Close()
		}
	}
}

func TestCheckDirectory(t *testing.T) {
	directory := t.TempDir()
	file := filepath.Join(directory, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		directory:                          "",
		"relative":                         "not an absolute path",
		file:                               "not a directory",
		filepath.Join(directory, "absent"): "no such file or directory",
	} {
		err := checkDirectory(path)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: got %v", path, err)
		}
	}
}
