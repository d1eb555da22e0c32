// Package firstuser keeps the keys of a store's first user in its volume, as s3gw does: they are those of the first
// start, whatever later ones ask for.
package firstuser

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Keys are an S3 user's.
type Keys struct {
	AccessKey string `json:"accessKey"`
	SecretKey string `json:"secretKey"`
}

// FromEnvironment gives the keys that s3gw would give its first user: "test" where the environment has none.
func FromEnvironment(lookup func(string) (string, bool)) Keys {
	valueOf := func(name string) string {
		if value, isSet := lookup(name); isSet && value != "" {
			return value
		}
		return "test"
	}
	return Keys{AccessKey: valueOf("RGW_DEFAULT_USER_ACCESS_KEY"), SecretKey: valueOf("RGW_DEFAULT_USER_SECRET_KEY")}
}

// fileName cannot be a bucket: S3's names of buckets begin with a letter or digit, and buckets are folders.
const fileName = ".first-user.json"

// Keep gives the keys that the data folder has, and before that puts the proposed ones there if it has none.
func Keep(dataPath string, proposed Keys) (Keys, error) {
	path := filepath.Join(dataPath, fileName)
	kept, err := read(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return kept, err
	}
	// Somebody else's may have come first: then those count.
	if err := write(dataPath, path, proposed); err != nil && !errors.Is(err, fs.ErrExist) {
		return Keys{}, fmt.Errorf("the first user's keys cannot be kept: %w", err)
	}
	return read(path)
}

func read(path string) (Keys, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return Keys{}, err
	}
	var keys Keys
	if err := json.Unmarshal(content, &keys); err != nil || keys.AccessKey == "" || keys.SecretKey == "" {
		return Keys{}, fmt.Errorf("%s does not hold the first user's keys: restore it, or remove it to take new ones", path)
	}
	return keys, nil
}

// write makes the file appear whole or not at all, and never over another one.
func write(dataPath, path string, keys Keys) error {
	content, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	file, err := os.CreateTemp(dataPath, fileName+"-*") // with mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	_, err = file.Write(content)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Link(file.Name(), path); err != nil {
		return err
	}
	return syncFolder(dataPath)
}

// syncFolder makes sure that the folder's new entry is on the disk.
func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
