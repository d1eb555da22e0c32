// Package options reads the command line of a node.
package options

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net/netip"
	"path/filepath"
	"strings"
	"time"
)

// Node is what a node is told.
type Node struct {
	// Name is the name of the Node object.
	Name string
	// Kubeconfig is the node's way to the API server.
	Kubeconfig string
	// Directory is the node's own disk.
	Directory string
	// Address is the node's address.
	Address string
	// PodPrefix is what its pods' addresses begin with.
	PodPrefix string
	// Images is the image table, Volumes the directory of all volumes, NotRun the list of containers that idle.
	Images, Volumes, NotRun string
	LeaseSeconds            int
	StatusPeriod            time.Duration
	StageDelay              time.Duration
}

// ParseNode reads the options of a node. Usage and complaints go to output.
func ParseNode(arguments []string, output io.Writer) (Node, error) {
	var n Node
	flags := flag.NewFlagSet("sandbox-node", flag.ContinueOnError)
	flags.SetOutput(output)
	flags.StringVar(&n.Name, "name", "", "name of the Node object, which must exist")
	flags.StringVar(&n.Kubeconfig, "kubeconfig", "", "kubeconfig of the node (system:node:<name>)")
	flags.StringVar(&n.Directory, "directory", "", "directory that is the node's own disk")
	flags.StringVar(&n.Address, "address", "", "address of the node, on which the kubelet serves logs")
	flags.StringVar(&n.PodPrefix, "pod-prefix", "", "what the addresses of the node's pods begin with, such as 10.244.1. (2 to 250 follow); all must be local")
	flags.StringVar(&n.Images, "images", "", "image table: which process stands in for which image")
	flags.StringVar(&n.Volumes, "volumes", "", "directory of the volumes, shared by all nodes")
	flags.StringVar(&n.NotRun, "not-run", "", "file to which a line is appended for every container that idles")
	flags.IntVar(&n.LeaseSeconds, "lease-seconds", 40, "how long the node's lease lasts, in seconds")
	flags.DurationVar(&n.StatusPeriod, "status-period", 10*time.Second, "time between two updates of the node's status")
	flags.DurationVar(&n.StageDelay, "stage-delay", time.Second, "how long it takes to stage a volume")
	if err := flags.Parse(arguments); err != nil {
		return Node{}, err
	}
	return n, errors.Join(noArguments(flags), n.validate())
}

func (n Node) validate() error {
	failures := []error{
		notEmpty("name", n.Name),
		absolute("kubeconfig", n.Kubeconfig), absolute("directory", n.Directory), absolute("images", n.Images),
		absolute("volumes", n.Volumes), absolute("not-run", n.NotRun),
	}
	if _, err := netip.ParseAddr(n.Address); err != nil {
		failures = append(failures, fmt.Errorf("--address=%q is no IP address", n.Address))
	}
	if _, err := netip.ParseAddr(n.PodPrefix + "250"); err != nil || !strings.HasSuffix(n.PodPrefix, ".") {
		failures = append(failures, fmt.Errorf("--pod-prefix=%q must be the beginning of an IPv4 address up to its last dot, such as 10.244.1.", n.PodPrefix))
	}
	if n.LeaseSeconds < 1 {
		failures = append(failures, fmt.Errorf("--lease-seconds=%d must be at least 1", n.LeaseSeconds))
	}
	if n.StatusPeriod <= 0 {
		failures = append(failures, fmt.Errorf("--status-period=%v must be more than nothing", n.StatusPeriod))
	}
	if n.StageDelay < 0 {
		failures = append(failures, fmt.Errorf("--stage-delay=%v must not be negative", n.StageDelay))
	}
	return errors.Join(failures...)
}

func noArguments(flags *flag.FlagSet) error {
	if flags.NArg() > 0 {
		return fmt.Errorf("%q is no option: all options are written --name=value", flags.Arg(0))
	}
	return nil
}

func notEmpty(name, value string) error {
	if value == "" {
		return fmt.Errorf("--%s is missing", name)
	}
	return nil
}

// absolute asks for a path that stays valid when the node's root directory changes.
func absolute(name, value string) error {
	if value == "" {
		return fmt.Errorf("--%s is missing", name)
	}
	if !filepath.IsAbs(value) || filepath.Clean(value) != value {
		return fmt.Errorf("--%s=%q must be an absolute path without \".\", \"..\" and a slash at the end", name, value)
	}
	return nil
}
