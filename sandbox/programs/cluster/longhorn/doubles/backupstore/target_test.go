package backupstore

import (
	"errors"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"testing"
)

const photos = "s3://backups@us-east-1/photos"

func add(t *testing.T, target Target, volume, backup, created string) Backup {
	t.Helper()
	b := Backup{Name: backup, Created: created, Size: 5, SnapshotName: "snap-of-" + backup, VolumeSize: 1 << 30, BlockSize: 2 << 20, Labels: map[string]string{"a": "b"}}
	must(t, target.Prepare(volume, backup))
	must(t, os.Mkdir(target.Data(volume, backup), 0o755))
	must(t, target.Add(Volume{Name: volume, Size: 1 << 30}, b))
	return b
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func names(t *testing.T, target Target, volume string) (names []string) {
	t.Helper()
	backups, err := target.Backups(volume)
	must(t, err)
	for _, b := range backups {
		names = append(names, b.Name)
	}
	return names
}

func TestWhatWasAddedIsThere(t *testing.T) {
	target := Store{t.TempDir()}.At(photos)
	second := add(t, target, "pvc-1", "backup-a", "2026-01-02T00:00:00Z")
	add(t, target, "pvc-1", "backup-b", "2026-01-01T00:00:00Z")
	add(t, target, "pvc-2", "backup-c", "2026-01-01T00:00:00Z")
	if got := names(t, target, "pvc-1"); !slices.Equal(got, []string{"backup-b", "backup-a"}) {
		t.Errorf("backups %v, want the oldest first", got)
	}
	if got, err := target.Backup("pvc-1", "backup-a"); err != nil || !reflect.DeepEqual(got, second) {
		t.Errorf("backup %+v, %v", got, err)
	}
	if volumes, err := target.Volumes(); err != nil || !slices.Equal(volumes, []string{"pvc-1", "pvc-2"}) {
		t.Errorf("volumes %v, %v", volumes, err)
	}
	if v, err := target.Volume("pvc-1"); err != nil || v.Size != 1<<30 {
		t.Errorf("volume %+v, %v", v, err)
	}
}

func TestTargetsAreApart(t *testing.T) {
	s := Store{t.TempDir()}
	add(t, s.At(photos), "pvc-1", "backup-a", "")
	if got := names(t, s.At(photos+"/"), "pvc-1"); len(got) != 1 {
		t.Errorf("with a slash at the end of its URL the target holds %v", got)
	}
	if volumes, err := s.At("nfs://server:/photos").Volumes(); err != nil || len(volumes) != 0 {
		t.Errorf("another target holds %v, %v", volumes, err)
	}
}

func TestABackupWithoutDataIsNotAdded(t *testing.T) {
	target := Store{t.TempDir()}.At(photos)
	must(t, target.Prepare("pvc-1", "backup-a"))
	if err := target.Add(Volume{Name: "pvc-1"}, Backup{Name: "backup-a"}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("error %v", err)
	}
	if got := names(t, target, "pvc-1"); len(got) != 0 {
		t.Errorf("backups %v", got)
	}
}

func TestWhatWasRemovedIsGone(t *testing.T) {
	target := Store{t.TempDir()}.At(photos)
	add(t, target, "pvc-1", "backup-a", "")
	for range 2 {
		must(t, target.RemoveBackup("pvc-1", "backup-a"))
	}
	if _, err := target.Backup("pvc-1", "backup-a"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the backup: %v", err)
	}
	if _, err := target.Volume("pvc-1"); err != nil {
		t.Errorf("the volume went with its last backup: %v", err)
	}
	must(t, target.RemoveVolume("pvc-1"))
	if volumes, err := target.Volumes(); err != nil || len(volumes) != 0 {
		t.Errorf("volumes %v, %v", volumes, err)
	}
}
