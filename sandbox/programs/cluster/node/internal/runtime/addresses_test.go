package runtime

import (
	"strings"
	"testing"
)

func TestAddressesAreOnesOwnAndComeBackLast(t *testing.T) {
	a := newAddresses("10.244.1.")
	given := map[string]bool{}
	for range 249 {
		address, err := a.take()
		if err != nil || given[address] || !strings.HasPrefix(address, "10.244.1.") {
			t.Fatalf("address %q, %v", address, err)
		}
		given[address] = true
	}
	if given["10.244.1.1"] || given["10.244.1.251"] || !given["10.244.1.2"] || !given["10.244.1.250"] {
		t.Errorf("addresses out of 2 to 250")
	}
	if address, err := a.take(); err == nil || !strings.Contains(err.Error(), "10.244.1.2 to 250") {
		t.Errorf("address %q for one pod too many, %v", address, err)
	}
	a.giveBack("10.244.1.7")
	if address, err := a.take(); err != nil || address != "10.244.1.7" {
		t.Errorf("address %q, %v, want the one that was given back", address, err)
	}
}

func TestANewPodIsNotTakenForTheOneBefore(t *testing.T) {
	a := newAddresses("10.244.1.")
	first, _ := a.take()
	a.giveBack(first)
	if second, _ := a.take(); second == first {
		t.Errorf("%s was given again at once", first)
	}
}
