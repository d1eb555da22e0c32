package inside

import (
	"errors"
	"fmt"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// addresses are those of the loopback interface, the only one there is.
var addresses = []string{
	"127.0.0.1/8",
	// On the loopback interface a network's addresses are all local, so this makes every pod address of every node so.
	"10.244.0.1/16",
	// The API server's and the nodes', from the range for documentation (RFC 5737), which no network routes.
	"192.0.2.10/32", "192.0.2.11/32", "192.0.2.12/32", "192.0.2.13/32", "192.0.2.14/32",
	"192.0.2.15/32", "192.0.2.16/32", "192.0.2.17/32", "192.0.2.18/32", "192.0.2.19/32",
}

// serviceRange is where Services have their addresses. Packets to them need a route, or they would not come as far as
// kube-proxy's rules, which turn them to a pod. There is no other route: a connection to anywhere else fails at once.
const serviceRange = "10.96.0.0/16"

// configureNetwork gives the network namespace its addresses and its route.
func configureNetwork() error {
	loopback, err := netlink.LinkByName("lo")
	if err != nil {
		return fmt.Errorf("finding the loopback interface: %w", err)
	}
	if err := netlink.LinkSetUp(loopback); err != nil {
		return fmt.Errorf("bringing the loopback interface up: %w", err)
	}
	for _, text := range addresses {
		address, err := netlink.ParseAddr(text)
		if err != nil {
			return err
		}
		// The kernel gives 127.0.0.1 by itself when the interface comes up.
		if err := netlink.AddrAdd(loopback, address); err != nil && !errors.Is(err, unix.EEXIST) {
			return fmt.Errorf("adding the address %s: %w", text, err)
		}
	}
	services, err := netlink.ParseIPNet(serviceRange)
	if err != nil {
		return err
	}
	route := &netlink.Route{LinkIndex: loopback.Attrs().Index, Dst: services, Scope: netlink.SCOPE_LINK}
	if err := netlink.RouteAdd(route); err != nil {
		return fmt.Errorf("adding the route to %s: %w", serviceRange, err)
	}
	return nil
}
