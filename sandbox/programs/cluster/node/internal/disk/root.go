package disk

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	securejoin "github.com/cyphar/filepath-securejoin"
	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/cluster/node/internal/rootfs"
)

// Machine is where a node sees the machine's root. Containers get their files from there: what a node itself writes next to the
// machine's files is not theirs.
const Machine = "/.machine"

// EnterRoot gives the calling process a root directory in which the node's disk lies where a node has it, and answers the directories
// on which something is mounted on the machine. Everything else looks like the machine; what is written there is not the machine's and
// is gone with the process. Writing goes through to the directories in shared alone.
func (d Disk) EnterRoot(shared ...string) (machineMounts []string, err error) {
	if err := mustHaveMountNamespace(); err != nil {
		return nil, err
	}
	if err := rootfs.MakePrivate(); err != nil {
		return nil, err
	}
	if machineMounts, err = rootfs.MountPoints(); err != nil {
		return nil, err
	}
	trees, err := d.detach(shared)
	if err != nil {
		return nil, err
	}
	root, scratch, err := rootfs.Scratch(filepath.Join(d.Roots(), "node"))
	if err != nil {
		return nil, err
	}
	plan := rootfs.Plan{
		Machine: "/", Root: root, Directory: rootfs.Overlays(scratch),
		Open:    rootfs.Holding(machineMounts, filepath.SplitList(os.Getenv("PATH"))),
		Special: map[string]rootfs.Placing{"/proc": rootfs.Bind, "/sys": rootfs.BindReadOnly, "/dev": rootfs.Bind},
	}
	for _, part := range trees {
		plan.Open = append(plan.Open, part.at)
		plan.Special[part.at] = rootfs.Empty
	}
	if err := plan.Compose(); err != nil {
		return nil, fmt.Errorf("root of the node: %w", err)
	}
	if err := rootfs.Enter(root); err != nil {
		return nil, err
	}
	return machineMounts, attach(trees)
}

// part is something that gets a place of its own in the node's root.
type part struct {
	at   string
	tree rootfs.Tree
}

func (d Disk) detach(shared []string) ([]part, error) {
	machine, err := rootfs.Detach("/", unix.MOUNT_ATTR_RDONLY)
	if err != nil {
		return nil, err
	}
	parts := []part{{at: Machine, tree: machine}}
	sources := map[string]string{
		KubeletRoot:   filepath.Join(d.Directory, kubeletPart),
		longhornData:  filepath.Join(d.Directory, longhornPart),
		containerLogs: filepath.Join(d.Directory, containerLogPart),
	}
	for _, directory := range outermost(append(shared, d.Directory)) {
		sources[directory] = directory
	}
	for at, source := range sources {
		tree, err := rootfs.Detach(source, 0)
		if err != nil {
			return nil, err
		}
		resolved, err := securejoin.SecureJoin("/", at)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part{at: resolved, tree: tree})
	}
	return parts, nil
}

func attach(parts []part) error {
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.at, b.at) }) // outer ones first
	for _, p := range parts {
		target, err := rootfs.MakeMountPoint(p.at, true)
		if err == nil {
			err = p.tree.Attach(target)
		}
		if err := errors.Join(err, p.tree.Close()); err != nil {
			return err
		}
	}
	return nil
}

// outermost leaves out what lies in another of the directories.
func outermost(directories []string) []string {
	var outer []string
	sorted := slices.Clone(directories)
	slices.Sort(sorted)
	for _, directory := range slices.Compact(sorted) {
		if !slices.ContainsFunc(outer, func(o string) bool { return strings.HasPrefix(directory, o+"/") }) {
			outer = append(outer, directory)
		}
	}
	return outer
}

// mustHaveMountNamespace guards the machine: the change of root is one for every process in the namespace.
func mustHaveMountNamespace() error {
	own, err := os.Readlink("/proc/self/ns/mnt")
	if err != nil {
		return err
	}
	parents, err := os.Readlink(fmt.Sprintf("/proc/%d/ns/mnt", os.Getppid()))
	if err == nil && own == parents {
		return errors.New("a node needs a mount namespace of its own: start it in a new one, for instance by unshare --mount")
	}
	return nil
}
