package processes

import (
	"os"

	"longhorn-s3/sandbox/host/internal/procfs"
)

// treeBytes is the resident memory of a process, its descendants, and the rest of its process group with theirs: a
// descendant whose parent has ended is no longer below the process, but most often still in its group. Memory that
// processes share counts once for each.
func treeBytes(all map[int]procfs.Stat, root int) int64 {
	children := map[int][]int{}
	pending := []int{root}
	for pid, stat := range all {
		children[stat.Parent] = append(children[stat.Parent], pid)
		if stat.Group == root {
			pending = append(pending, pid)
		}
	}
	var pages int64
	seen := map[int]bool{}
	for len(pending) > 0 {
		pid := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		if seen[pid] {
			continue
		}
		seen[pid] = true
		pages += all[pid].ResidentPages
		pending = append(pending, children[pid]...)
	}
	return pages * int64(os.Getpagesize())
}
