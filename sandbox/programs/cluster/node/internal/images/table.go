// Package images is the table that says which process stands in for which image. Nothing is ever pulled.
package images

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"
)

// Table is the content of images.json.
type Table struct {
	// PullDelay is how long the pull of an image takes, such as "300ms"; nothing when it is empty.
	PullDelay Duration `json:"pullDelay"`
	// UnknownRegistries are hosts that no name server knows: the pull of an image there fails as it fails on a real node.
	UnknownRegistries []string `json:"unknownRegistries"`
	// Rules are tried in this order, the first that matches counts.
	Rules []Rule `json:"rules"`
}

// Rule says which process runs in place of an image.
type Rule struct {
	// Image is a repository without registry, tag and digest, such as "longhornio/csi-attacher".
	Image string `json:"image"`
	// Container is the container's name in the pod; any when it is empty.
	Container string `json:"container"`
	// Argv is the program and its arguments, each a template over Facts.
	Argv []Template `json:"argv"`
	// Env is added to the container's own environment, each value a template over Facts.
	Env map[string]Template `json:"env"`
	// Mounts are directories of the machine's that the container sees, and writes to, where the machine has them: parts of the sandbox
	// that no pod could name.
	Mounts []string `json:"mounts"`
}

// Duration is written as Go writes it.
type Duration time.Duration

// UnmarshalText reads what time.ParseDuration reads.
func (d *Duration) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return nil
	}
	parsed, err := time.ParseDuration(string(text))
	if err == nil && parsed < 0 {
		err = fmt.Errorf("duration %q: it must not be negative", text)
	}
	*d = Duration(parsed)
	return err
}

// Read reads the table from a file. It refuses a table with anything in it that it does not know, and with a broken rule or template,
// whichever container asks: a container that idles by mistake would look like one that works.
func Read(file string) (Table, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return Table{}, fmt.Errorf("image table: %w", err)
	}
	table, err := parse(content)
	if err != nil {
		return Table{}, fmt.Errorf("image table %s: %w", file, err)
	}
	return table, nil
}

func parse(content []byte) (table Table, err error) {
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&table); err != nil {
		return Table{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Table{}, errors.New("there is something after the table")
	}
	for i, rule := range table.Rules {
		if err := rule.validate(); err != nil {
			return Table{}, fmt.Errorf("rule %d: %w", i+1, err)
		}
	}
	return table, nil
}

func (r Rule) validate() error {
	if r.Image == "" {
		return errors.New(`"image" is missing: name a repository without registry and tag, such as "longhornio/csi-attacher"`)
	}
	if repository, err := repositoryOf(r.Image); err != nil || (repository != r.Image && repository != "library/"+r.Image) {
		return fmt.Errorf("image %q: name a repository without registry, tag and digest, such as \"longhornio/csi-attacher\"", r.Image)
	}
	if len(r.Argv) == 0 {
		return fmt.Errorf(`image %q: "argv" is missing: name the program; an image without a rule idles`, r.Image)
	}
	for i, element := range r.Argv {
		if element.parsed == nil {
			return fmt.Errorf("image %q: argv[%d] is null: it must be a text", r.Image, i)
		}
	}
	for name, value := range r.Env {
		if value.parsed == nil {
			return fmt.Errorf("image %q: env %s is null: it must be a text", r.Image, name)
		}
	}
	for i, path := range r.Mounts {
		if !filepath.IsAbs(path) || filepath.Clean(path) != path || path == "/" {
			return fmt.Errorf("image %q: mounts[%d] is %q: it must be a directory's absolute path without \".\", \"..\" and a slash at the end", r.Image, i, path)
		}
	}
	return nil
}
