package options

import (
	"errors"
	"flag"
	"io"

	"longhorn-s3/sandbox/cluster/node/volumes"
)

// Cut is what the commands cut-off and rejoin are told.
type Cut struct {
	Volumes volumes.Store
	Node    string
}

// ParseCut reads the options of cut-off and rejoin.
func ParseCut(command string, arguments []string, output io.Writer) (Cut, error) {
	var c Cut
	flags := volumesFlags(command, &c.Volumes, output)
	flags.StringVar(&c.Node, "node", "", "name of the node")
	if err := flags.Parse(arguments); err != nil {
		return Cut{}, err
	}
	return c, errors.Join(noArguments(flags), absolute("volumes", c.Volumes.Directory), notEmpty("node", c.Node))
}

// Data is what the commands that copy a volume's data are told.
type Data struct {
	Volumes volumes.Store
	Volume  string
	// Snapshot is a snapshot's name; empty for restore.
	Snapshot string
	// Directory is where copy-snapshot copies to and restore copies from.
	Directory string
}

// ParseData reads the options of snapshot, remove-snapshot, copy-snapshot and restore.
func ParseData(command string, arguments []string, output io.Writer) (Data, error) {
	var d Data
	flags := volumesFlags(command, &d.Volumes, output)
	flags.StringVar(&d.Volume, "volume", "", "handle of the volume")
	required := []func() error{
		func() error { return absolute("volumes", d.Volumes.Directory) },
		func() error { return volumes.ValidateHandle(d.Volume) },
	}
	directory := func(name, usage string) {
		flags.StringVar(&d.Directory, name, "", usage)
		required = append(required, func() error { return absolute(name, d.Directory) })
	}
	if command == "restore" {
		directory("from", "directory whose content becomes the data of a volume that has none")
	} else {
		flags.StringVar(&d.Snapshot, "snapshot", "", "name of the snapshot")
		required = append(required, func() error { return volumes.ValidateSnapshot(d.Snapshot) })
	}
	if command == "copy-snapshot" {
		directory("to", "directory to make, with what the snapshot holds")
	}
	if err := flags.Parse(arguments); err != nil {
		return Data{}, err
	}
	failures := []error{noArguments(flags)}
	for _, check := range required {
		failures = append(failures, check())
	}
	return d, errors.Join(failures...)
}

func volumesFlags(command string, store *volumes.Store, output io.Writer) *flag.FlagSet {
	flags := flag.NewFlagSet("sandbox-node "+command, flag.ContinueOnError)
	flags.SetOutput(output)
	flags.StringVar(&store.Directory, "volumes", "", "directory of the volumes, shared by all nodes")
	return flags
}
