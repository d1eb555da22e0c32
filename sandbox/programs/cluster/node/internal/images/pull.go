package images

import (
	"fmt"
	"slices"

	"github.com/distribution/reference"
)

// Pull answers why an image cannot be pulled, in containerd's words; nil when it can.
func (t Table) Pull(image string) error {
	named, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return fmt.Errorf("image %q: %w", image, err)
	}
	registry := reference.Domain(named)
	if !slices.Contains(t.UnknownRegistries, registry) {
		return nil
	}
	version := "latest"
	switch versioned := named.(type) {
	case reference.Digested:
		version = versioned.Digest().String()
	case reference.Tagged:
		version = versioned.Tag()
	}
	return fmt.Errorf("failed to pull and unpack image %[1]q: failed to resolve reference %[1]q: failed to do request: "+
		"Head \"https://%[2]s/v2/%[3]s/manifests/%[4]s\": dial tcp: lookup %[2]s: no such host",
		reference.TagNameOnly(named).String(), registry, reference.Path(named), version)
}
