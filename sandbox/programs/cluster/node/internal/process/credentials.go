package process

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Credentials are the user and the groups that a program runs as.
type Credentials struct {
	UID, GID int
	Groups   []int
}

// IDs are the users, or groups, that exist in a user namespace.
type IDs []idRange

type idRange struct{ first, count int }

// parseIDs reads /proc/<pid>/uid_map or gid_map.
func parseIDs(idMap string) (ids IDs, err error) {
	lines := bufio.NewScanner(strings.NewReader(idMap))
	for lines.Scan() {
		var r idRange
		var outside int
		if _, err := fmt.Sscan(lines.Text(), &r.first, &outside, &r.count); err != nil {
			return nil, fmt.Errorf("line %q of an ID map: %w", lines.Text(), err)
		}
		ids = append(ids, r)
	}
	return ids, nil
}

// nearest is id where it exists, else the first that does.
func (ids IDs) nearest(id int) int {
	for _, r := range ids {
		if id >= r.first && id < r.first+r.count {
			return id
		}
	}
	if len(ids) == 0 {
		return id
	}
	return ids[0].first
}

// UserNamespace is what matters here of the user namespace that this process lives in.
type UserNamespace struct {
	Users, Groups IDs
	// CanSetGroups is false where the kernel forbids a process to leave a group.
	CanSetGroups bool
}

// CurrentUserNamespace reads what /proc says of it.
func CurrentUserNamespace() (namespace UserNamespace, err error) {
	for file, ids := range map[string]*IDs{"/proc/self/uid_map": &namespace.Users, "/proc/self/gid_map": &namespace.Groups} {
		content, err := os.ReadFile(file)
		if err != nil {
			return UserNamespace{}, err
		}
		if *ids, err = parseIDs(string(content)); err != nil {
			return UserNamespace{}, err
		}
	}
	setGroups, err := os.ReadFile("/proc/self/setgroups")
	namespace.CanSetGroups = strings.TrimSpace(string(setGroups)) != "deny"
	return namespace, err
}

// Existing answers c with users and groups that exist, and whether that is c unchanged.
func (n UserNamespace) Existing(c Credentials) (Credentials, bool) {
	existing, same := Credentials{UID: n.Users.nearest(c.UID), GID: n.Groups.nearest(c.GID)}, true
	for _, group := range c.Groups {
		if n.CanSetGroups && n.Groups.nearest(group) == group {
			existing.Groups = append(existing.Groups, group)
		} else {
			same = false
		}
	}
	return existing, same && existing.UID == c.UID && existing.GID == c.GID
}

func (c Credentials) isRoot() bool { return c.UID == 0 && c.GID == 0 && len(c.Groups) == 0 }

// become gives up root's rights for c's.
func (c Credentials) become() error {
	if c.isRoot() {
		return nil
	}
	if err := unix.Setgroups(c.Groups); err != nil && len(c.Groups) > 0 {
		return fmt.Errorf("setgroups %v: %w", c.Groups, err)
	}
	if err := unix.Setgid(c.GID); err != nil {
		return fmt.Errorf("setgid %d: %w", c.GID, err)
	}
	if err := unix.Setuid(c.UID); err != nil {
		return fmt.Errorf("setuid %d: %w", c.UID, err)
	}
	return nil
}

// forChild is c for a child of this process; nil when it keeps what this process has.
func (c Credentials) forChild() (*syscall.Credential, error) {
	if c.isRoot() {
		return nil, nil
	}
	namespace, err := CurrentUserNamespace()
	if err != nil {
		return nil, err
	}
	credential := &syscall.Credential{Uid: uint32(c.UID), Gid: uint32(c.GID), NoSetGroups: !namespace.CanSetGroups}
	for _, group := range c.Groups {
		credential.Groups = append(credential.Groups, uint32(group))
	}
	return credential, nil
}
