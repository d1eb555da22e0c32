// Package util stands in for longhorn-instance-manager's.
package util

import (
	"net"
	"strconv"
)

func GetURL(host string, port int) string { return net.JoinHostPort(host, strconv.Itoa(port)) }
