package processes

import (
	"os"
	"testing"

	"longhorn-s3/sandbox/host/internal/procfs"
)

func TestTreeBytes(t *testing.T) {
	all := map[int]procfs.Stat{
		1:  {Parent: 0, Group: 1, ResidentPages: 1000},
		10: {Parent: 1, Group: 10, ResidentPages: 1},
		11: {Parent: 10, Group: 10, ResidentPages: 2},  // child, in the group as well: counts once
		12: {Parent: 11, Group: 12, ResidentPages: 4},  // grandchild with a group of its own
		13: {Parent: 1, Group: 10, ResidentPages: 8},   // orphan of the group
		14: {Parent: 13, Group: 14, ResidentPages: 16}, // the orphan's child
		20: {Parent: 1, Group: 20, ResidentPages: 500}, // another process
		21: {Parent: 20, Group: 20, ResidentPages: 600},
	}
	page := int64(os.Getpagesize())
	for root, want := range map[int]int64{10: 31, 20: 1100, 13: 24, 99: 0} {
		if got := treeBytes(all, root); got != want*page {
			t.Errorf("tree of %d: got %d pages, want %d", root, got/page, want)
		}
	}
}
