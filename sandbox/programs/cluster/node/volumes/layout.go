// Package volumes keeps the data of the sandbox's volumes: directories shared by all nodes, one for every attachment that was made
// without a confirmed detach of the one before.
//
//	<directory>/<volume handle>/state.json         who has what, see State
//	<directory>/<volume handle>/generation-<n>/    the data
//	<directory>/<volume handle>/snapshots/<name>/  what the volume held when a snapshot was taken
//
// A generation is what one attachment reads and writes. Longhorn isolates an attachment that it no longer hears of and goes on with
// the replicas it still has; what the isolated one writes afterwards is thrown away. Here the next attachment goes on with a copy,
// and the generation it was copied from is abandoned to the node that may still write into it.
package volumes

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const generationPrefix = "generation-"

// Longhorn names a volume after its PersistentVolume, which is a DNS subdomain; never a path.
var validHandle = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$`)

// ValidateHandle says why handle cannot name a volume's directory.
func ValidateHandle(handle string) error {
	if !validHandle.MatchString(handle) {
		return fmt.Errorf("volume handle %q: it must be 1 to 253 letters, digits, '.', '_' or '-' and begin with a letter or digit", handle)
	}
	return nil
}

// GenerationOf splits a path relative to the directory of all volumes, such as "pvc-1/generation-2/photos", into the volume and the
// generation that it belongs to. ok is false for any other path.
func GenerationOf(relative string) (handle string, generation int, ok bool) {
	parts := strings.SplitN(filepath.Clean(relative), "/", 3)
	if len(parts) < 2 || !validHandle.MatchString(parts[0]) {
		return "", 0, false
	}
	generation, ok = generationNumber(parts[1])
	if !ok {
		return "", 0, false
	}
	return parts[0], generation, true
}

func generationName(generation int) string {
	return generationPrefix + strconv.Itoa(generation)
}

func generationNumber(name string) (int, bool) {
	digits, found := strings.CutPrefix(name, generationPrefix)
	if !found {
		return 0, false
	}
	number, err := strconv.Atoi(digits)
	if err != nil || number < 1 || generationName(number) != name {
		return 0, false
	}
	return number, true
}
