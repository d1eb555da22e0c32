package dataplane

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// program is a script in place of sandbox-node.
func program(t *testing.T, script string) Volumes {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sandbox-node")
	if err := os.WriteFile(file, []byte("#!/bin/sh\n"+script+"\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return Volumes{Program: file, Directory: "/d/volumes"}
}

func TestWhatTheProgramIsTold(t *testing.T) {
	said := filepath.Join(t.TempDir(), "said")
	v := program(t, `echo "$@" >> `+said+`; echo 42`)
	size, err := v.Snapshot(t.Context(), "pvc-1", "snap-1")
	if err != nil || size != 42 {
		t.Errorf("size %d, %v", size, err)
	}
	for _, err := range []error{
		v.RemoveSnapshot(t.Context(), "pvc-1", "snap-1"),
		v.CopySnapshot(t.Context(), "pvc-1", "snap-1", "/d/backup"),
		v.Restore(t.Context(), "pvc-2", "/d/backup"),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	got, _ := os.ReadFile(said)
	want := `snapshot --volumes=/d/volumes --volume=pvc-1 --snapshot=snap-1
remove-snapshot --volumes=/d/volumes --volume=pvc-1 --snapshot=snap-1
copy-snapshot --volumes=/d/volumes --volume=pvc-1 --snapshot=snap-1 --to=/d/backup
restore --volumes=/d/volumes --volume=pvc-2 --from=/d/backup
`
	if string(got) != want {
		t.Errorf("told\n%s\nwant\n%s", got, want)
	}
}

func TestItsComplaintIsTheError(t *testing.T) {
	_, err := program(t, `echo "sandbox-node: volume pvc-1: no space" >&2; exit 1`).Snapshot(t.Context(), "pvc-1", "snap-1")
	if err == nil || err.Error() != "sandbox-node: volume pvc-1: no space" {
		t.Errorf("error %v", err)
	}
}

func TestAProgramThatIsMissingIsNamed(t *testing.T) {
	_, err := Volumes{Program: "/d/sandbox-node"}.Snapshot(t.Context(), "pvc-1", "snap-1")
	if err == nil || !strings.Contains(err.Error(), "/d/sandbox-node snapshot") {
		t.Errorf("error %v", err)
	}
}
