package radosgw

import (
	"fmt"
	"strconv"
	"strings"
)

const (
	// defaultPort is radosgw's without --rgw-frontends.
	defaultPort = 7480
	// defaultBeastPort is that of a beast frontend that names none.
	defaultBeastPort = 80
)

// portsOf finds the ports of the beast frontend in a list like "beast port=7480, status bind=0.0.0.0 port=9090".
// Frontends of other kinds have nothing to do with S3.
func portsOf(frontends string) ([]int, error) {
	for frontend := range strings.SplitSeq(frontends, ",") {
		if fields := strings.Fields(frontend); len(fields) > 0 && fields[0] == "beast" {
			return beastPorts(fields[1:])
		}
	}
	return nil, fmt.Errorf("--rgw-frontends %q has no frontend beast, the one that serves S3", frontends)
}

func beastPorts(options []string) ([]int, error) {
	var ports []int
	for _, option := range options {
		name, value, _ := strings.Cut(option, "=")
		switch name {
		case "port":
			port, err := strconv.Atoi(value)
			if err != nil || port < 1 || port > 65535 {
				return nil, fmt.Errorf("the frontend beast has %s: a port is between 1 and 65535", option)
			}
			ports = append(ports, port)
		case "endpoint", "ssl_port", "ssl_endpoint":
			return nil, fmt.Errorf(
				"the frontend beast has %s: this stand-in for s3gw serves plain HTTP on port=NUMBER alone", option)
		}
	}
	if ports == nil {
		return []int{defaultBeastPort}, nil
	}
	return ports, nil
}
