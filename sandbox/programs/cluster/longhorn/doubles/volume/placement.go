package volume

import (
	"cmp"
	"slices"
)

// placed gives each replica without a node one of the nodes that can take it: one replica of a volume on a node, as
// Longhorn's default (replica-soft-anti-affinity false) has it. Those for which none is left stay without.
func placed(replicas []replica, nodes []string) []replica {
	free := slices.DeleteFunc(slices.Sorted(slices.Values(nodes)), func(node string) bool {
		return slices.ContainsFunc(replicas, func(r replica) bool { return r.node == node })
	})
	after := slices.Clone(replicas)
	for i := range after {
		if after[i].node == "" && len(free) > 0 {
			after[i].node, free = free[0], free[1:]
		}
	}
	return after
}

// surplus names the replicas to remove when a volume has more than it should: those without a node first, then failed
// ones, then the last by name. A copy that is good is never removed for one that is not.
func surplus(replicas []replica, wanted int) []string {
	byWorth := slices.Clone(replicas)
	slices.SortFunc(byWorth, func(a, b replica) int {
		return cmp.Or(cmp.Compare(worth(b), worth(a)), cmp.Compare(a.name, b.name))
	})
	var names []string
	for _, r := range byWorth[min(wanted, len(byWorth)):] {
		names = append(names, r.name)
	}
	return names
}

func worth(r replica) int {
	switch {
	case r.node == "":
		return 0
	case r.failed:
		return 1
	default:
		return 2
	}
}

// isScheduled is Longhorn's condition "Scheduled": every replica has a node or, where the setting
// allow-volume-creation-with-degraded-availability is true, at least one good one has.
func isScheduled(replicas []replica, wanted int, degradedIsAllowed bool) bool {
	withNode := slices.DeleteFunc(slices.Clone(replicas), func(r replica) bool { return r.node == "" })
	if len(withNode) >= wanted {
		return true
	}
	return degradedIsAllowed && slices.ContainsFunc(withNode, func(r replica) bool { return !r.failed })
}
