package volumes

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/sys/unix"
)

// copyAttributes copies the extended attributes in which the gateway keeps an object's metadata. Labels of the machine's security
// modules stay behind: they are the machine's to give.
func copyAttributes(source, target string) error {
	names, err := attributeNames(source)
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasPrefix(name, "security.") {
			continue
		}
		value, err := attribute(source, name)
		if errors.Is(err, unix.ENODATA) {
			continue // removed meanwhile
		}
		if err != nil {
			return fmt.Errorf("attribute %s of %s: %w", name, source, err)
		}
		if err := unix.Lsetxattr(target, name, value, 0); err != nil {
			return fmt.Errorf("attribute %s of %s: %w", name, target, err)
		}
	}
	return nil
}

func attributeNames(path string) ([]string, error) {
	list, err := growing(func(buffer []byte) (int, error) { return unix.Llistxattr(path, buffer) })
	if errors.Is(err, unix.ENOTSUP) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("attributes of %s: %w", path, err)
	}
	var names []string
	for _, name := range bytes.Split(list, []byte{0}) {
		if len(name) > 0 {
			names = append(names, string(name))
		}
	}
	return names, nil
}

func attribute(path, name string) ([]byte, error) {
	return growing(func(buffer []byte) (int, error) { return unix.Lgetxattr(path, name, buffer) })
}

// growing calls read with a larger buffer until what it reads fits.
func growing(read func([]byte) (int, error)) ([]byte, error) {
	for buffer := make([]byte, 1024); ; buffer = make([]byte, 4*len(buffer)) {
		n, err := read(buffer)
		if errors.Is(err, unix.ERANGE) {
			continue
		}
		if err != nil {
			return nil, err
		}
		return buffer[:n], nil
	}
}
