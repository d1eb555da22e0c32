package backupstore

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Volume is what a backup target knows of a volume. Times are RFC 3339, sizes are in bytes.
type Volume struct {
	Name             string            `json:"name"`
	Size             int64             `json:"size"`
	Created          string            `json:"created"`
	StorageClassName string            `json:"storageClassName,omitempty"`
	Labels           map[string]string `json:"labels,omitempty"`
}

// Backup is what a backup target knows of a backup. Times are RFC 3339, sizes are in bytes.
type Backup struct {
	Name            string            `json:"name"`
	Created         string            `json:"created"`
	Size            int64             `json:"size"`
	SnapshotName    string            `json:"snapshotName"`
	SnapshotCreated string            `json:"snapshotCreated"`
	VolumeSize      int64             `json:"volumeSize"`
	VolumeCreated   string            `json:"volumeCreated"`
	BlockSize       int64             `json:"blockSize"`
	Labels          map[string]string `json:"labels,omitempty"`
}

// Volumes names the volumes that have been backed up.
func (t Target) Volumes() ([]string, error) {
	return named(t.directory, volumeFile)
}

// Volume is what is known of a volume. The error is fs.ErrNotExist where nothing is.
func (t Target) Volume(name string) (v Volume, err error) {
	return v, read(filepath.Join(t.volume(name), volumeFile), &v)
}

// Backups are those of a volume, the oldest first.
func (t Target) Backups(volume string) ([]Backup, error) {
	names, err := named(filepath.Join(t.volume(volume), backupsDirectory), backupFile)
	if err != nil {
		return nil, err
	}
	var backups []Backup
	for _, name := range names {
		b, err := t.Backup(volume, name)
		if err != nil {
			return nil, err
		}
		backups = append(backups, b)
	}
	slices.SortFunc(backups, func(a, b Backup) int {
		return cmp.Or(cmp.Compare(a.Created, b.Created), cmp.Compare(a.Name, b.Name))
	})
	return backups, nil
}

// Backup is what is known of a backup. The error is fs.ErrNotExist where it is not there.
func (t Target) Backup(volume, name string) (b Backup, err error) {
	return b, read(filepath.Join(t.backup(volume, name), backupFile), &b)
}

// Prepare makes the directory in which a backup's data is to be placed.
func (t Target) Prepare(volume, backup string) error {
	return os.MkdirAll(t.backup(volume, backup), 0o700)
}

// Add makes a backup, whose data has been placed, one that is there.
func (t Target) Add(v Volume, b Backup) error {
	if _, err := os.Stat(t.Data(v.Name, b.Name)); err != nil {
		return fmt.Errorf("the data of backup %s is missing: %w", b.Name, err)
	}
	if err := write(filepath.Join(t.volume(v.Name), volumeFile), v); err != nil {
		return err
	}
	return write(filepath.Join(t.backup(v.Name, b.Name), backupFile), b)
}

// RemoveBackup removes a backup, complete or not. What is known of its volume stays.
func (t Target) RemoveBackup(volume, name string) error {
	return remove(t.backup(volume, name), backupFile)
}

// RemoveVolume removes a volume with all its backups.
func (t Target) RemoveVolume(name string) error {
	return remove(t.volume(name), volumeFile)
}

// named lists the directories below one that have a file of that name.
func named(directory, file string) ([]string, error) {
	entries, err := os.ReadDir(directory)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if _, err := os.Stat(filepath.Join(directory, entry.Name(), file)); err == nil {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}

func read(file string, value any) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(content, value); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

// write replaces a file at once.
func write(file string, value any) error {
	content, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(file+".new", append(content, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(file+".new", file)
}

// remove takes away the file that says that a directory is complete, then the rest.
func remove(directory, file string) error {
	if err := os.Remove(filepath.Join(directory, file)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.RemoveAll(directory)
}
