package images

import (
	"fmt"
	"strings"

	"github.com/distribution/reference"
)

// Find answers the first rule for a container that runs image, nil when there is none.
func (t Table) Find(image, container string) (*Rule, error) {
	repository, err := repositoryOf(image)
	if err != nil {
		return nil, err
	}
	for i, rule := range t.Rules {
		if rule.matches(repository, container) {
			return &t.Rules[i], nil
		}
	}
	return nil, nil
}

func (r Rule) matches(repository, container string) bool {
	return (repository == r.Image || strings.HasSuffix(repository, "/"+r.Image)) && (r.Container == "" || r.Container == container)
}

// repositoryOf is an image reference without registry, tag and digest.
func repositoryOf(image string) (string, error) {
	named, err := reference.ParseNormalizedNamed(image)
	if err != nil {
		return "", fmt.Errorf("image %q: %w", image, err)
	}
	return reference.Path(named), nil
}
