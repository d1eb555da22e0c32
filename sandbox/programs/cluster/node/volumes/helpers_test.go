package volumes

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

const volumeName = "pvc-1"

func newStore(t *testing.T) Store {
	t.Helper()
	return Store{Directory: filepath.Join(t.TempDir(), "volumes")}
}

func stage(t *testing.T, s Store, node string) string {
	t.Helper()
	directory, err := s.Stage(t.Context(), volumeName, node)
	if err != nil {
		t.Fatalf("stage on %s: %v", node, err)
	}
	return directory
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, directory, name string) {
	t.Helper()
	must(t, os.WriteFile(filepath.Join(directory, name), []byte(name), 0o644))
}

func files(t *testing.T, directory string) []string {
	t.Helper()
	entries, err := os.ReadDir(directory)
	must(t, err)
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func wantFiles(t *testing.T, directory string, want ...string) {
	t.Helper()
	if got := files(t, directory); !slices.Equal(got, want) {
		t.Errorf("%s holds %v, want %v", directory, got, want)
	}
}

func wantGenerations(t *testing.T, s Store, want ...string) {
	t.Helper()
	got := slices.DeleteFunc(files(t, filepath.Join(s.Directory, volumeName)), func(name string) bool { return name == stateFile })
	if !slices.Equal(got, want) {
		t.Errorf("generations %v, want %v", got, want)
	}
}
