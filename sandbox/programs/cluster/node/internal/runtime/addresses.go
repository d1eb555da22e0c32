package runtime

import (
	"fmt"
	"strconv"
)

const (
	firstHost = 2
	lastHost  = 250
)

// addresses gives pods their addresses: a prefix such as "10.244.1." and 2 to 250. One that was given back is the last to be given
// again, so that nobody takes a new pod for an old one.
type addresses struct {
	prefix string
	next   int
	taken  map[string]bool
}

func newAddresses(prefix string) *addresses {
	return &addresses{prefix: prefix, next: firstHost, taken: map[string]bool{}}
}

func (a *addresses) take() (string, error) {
	for range lastHost - firstHost + 1 {
		address := a.prefix + strconv.Itoa(a.next)
		if a.next++; a.next > lastHost {
			a.next = firstHost
		}
		if !a.taken[address] {
			a.taken[address] = true
			return address, nil
		}
	}
	return "", fmt.Errorf("all addresses %s%d to %d are in use by pods", a.prefix, firstHost, lastHost)
}

func (a *addresses) giveBack(address string) { delete(a.taken, address) }
