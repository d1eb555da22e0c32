// Package radosgw understands the arguments of radosgw, as far as a stand-in needs them.
package radosgw

import (
	"errors"
	"strings"
)

// Settings are what a stand-in takes from radosgw's arguments.
type Settings struct {
	// Ports are those on which S3 is served.
	Ports []int
	// DataPath is the folder with all data.
	DataPath string
}

// Parse reads radosgw's arguments. Those that say nothing about ports or data are ignored, like a log level. An option's
// name may have '-' or '_', its value may follow '=' or be the next argument, the last one wins, and "--" ends the
// options, all as in Ceph.
func Parse(arguments []string) (Settings, error) {
	settings := Settings{Ports: []int{defaultPort}, DataPath: "/data"}
	for i := 0; i < len(arguments) && arguments[i] != "--"; i++ {
		name, value, hasValue := strings.Cut(arguments[i], "=")
		name = strings.ReplaceAll(name, "_", "-")
		if name != "--rgw-frontends" && name != "--rgw-sfs-data-path" {
			continue
		}
		if !hasValue {
			if i++; i == len(arguments) {
				return Settings{}, errors.New(name + " has no value")
			}
			value = arguments[i]
		}
		if name == "--rgw-sfs-data-path" {
			settings.DataPath = value
			continue
		}
		ports, err := portsOf(value)
		if err != nil {
			return Settings{}, err
		}
		settings.Ports = ports
	}
	if settings.DataPath == "" {
		return Settings{}, errors.New("--rgw-sfs-data-path is empty: it must be a folder")
	}
	return settings, nil
}
