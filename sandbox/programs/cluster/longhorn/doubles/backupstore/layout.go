// Package backupstore is the double of what lies at backup targets. No target is ever contacted: what would be there is in
// directories of the sandbox's, which outlive Longhorn and are gone with the sandbox.
//
//	<directory>/<target's URL, escaped>/<volume>/volume.json
//	<directory>/<target's URL, escaped>/<volume>/backups/<backup>/backup.json
//	<directory>/<target's URL, escaped>/<volume>/backups/<backup>/data/
//
// A backup is there once its backup.json is.
package backupstore

import (
	"net/url"
	"path/filepath"
	"strings"
)

const (
	volumeFile       = "volume.json"
	backupFile       = "backup.json"
	backupsDirectory = "backups"
	dataDirectory    = "data"
)

// Store is the directory of all targets.
type Store struct {
	Directory string
}

// At is what lies at a target. A slash at the end of its URL makes no other target of it.
func (s Store) At(target string) Target {
	return Target{directory: filepath.Join(s.Directory, url.QueryEscape(strings.TrimRight(target, "/")))}
}

// Target is what lies at one target.
type Target struct {
	directory string
}

// Data is where the data of a backup lies, or is to be placed before the backup is added.
func (t Target) Data(volume, backup string) string {
	return filepath.Join(t.backup(volume, backup), dataDirectory)
}

func (t Target) volume(volume string) string {
	return filepath.Join(t.directory, volume)
}

func (t Target) backup(volume, backup string) string {
	return filepath.Join(t.volume(volume), backupsDirectory, backup)
}
