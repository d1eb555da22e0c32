package namespaces

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// Machine is what an explanation depends on.
type Machine struct {
	// OrdinaryUser: it is not root that asks.
	OrdinaryUser bool
	// Sysctl gives the value of a kernel setting, "" where the kernel has no such setting.
	Sysctl func(name string) string
}

// ThisMachine describes the machine and the user that the process runs on and as.
func ThisMachine() Machine {
	uidMap, _ := os.ReadFile("/proc/self/uid_map") // without it, what follows is the more general explanation
	return Machine{OrdinaryUser: os.Geteuid() != 0 || mapsOrdinaryUser(string(uidMap)), Sysctl: sysctl}
}

// mapsOrdinaryUser says whether a user namespace has one user, who is not root outside.
func mapsOrdinaryUser(uidMap string) bool {
	fields := strings.Fields(uidMap)
	return len(fields) == 3 && fields[1] != "0" && fields[2] == "1"
}

// Explain says in one sentence why the machine refused a step of making the namespaces, and what to do.
func (m Machine) Explain(step string, err error) string {
	switch {
	case errors.Is(err, unix.EPERM), errors.Is(err, unix.EACCES):
		return m.refused(step, err)
	case errors.Is(err, unix.ENOSPC), errors.Is(err, unix.EUSERS):
		return m.limited(step, err)
	case errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOSYS):
		return fmt.Sprintf("This kernel cannot make what the sandbox needs (%s: %v): it must be Linux 5.11 or newer with "+
			"CONFIG_USER_NS, CONFIG_NET_NS, CONFIG_PID_NS, CONFIG_IPC_NS and CONFIG_UTS_NS.", step, err)
	default:
		return fmt.Sprintf("The sandbox's namespaces could not be made (%s: %v).", step, err)
	}
}

func (m Machine) refused(step string, err error) string {
	for _, setting := range []struct{ name, forbids, allows string }{
		{"kernel.apparmor_restrict_unprivileged_userns", "1", "0"},
		{"kernel.unprivileged_userns_clone", "0", "1"},
	} {
		if m.OrdinaryUser && m.Sysctl(setting.name) == setting.forbids {
			return fmt.Sprintf("This machine does not let ordinary users make user namespaces (%s is %s; %s: %v): run as "+
				"root, or allow it with \"sudo sysctl -w %s=%s\".",
				setting.name, setting.forbids, step, err, setting.name, setting.allows)
		}
	}
	return fmt.Sprintf("This machine does not allow new namespaces (%s: %v): run as root, or, in a container, start the "+
		"container with --privileged.", step, err)
}

// limits are the kernel's numbers of namespaces that a user may have, user_namespaces first: the others matter only to
// those who have one.
var limits = []string{"user", "net", "pid", "mnt", "ipc", "uts"}

func (m Machine) limited(step string, err error) string {
	exhausted := "user.max_user_namespaces"
	for _, kind := range limits {
		if name := "user.max_" + kind + "_namespaces"; m.Sysctl(name) == "0" {
			exhausted = name
			break
		}
	}
	return fmt.Sprintf("This machine's limit of namespaces is reached (%s is %s; %s: %v): raise it with "+
		"\"sudo sysctl -w %s=10000\".", exhausted, m.Sysctl(exhausted), step, err, exhausted)
}

func sysctl(name string) string {
	value, err := os.ReadFile("/proc/sys/" + strings.ReplaceAll(name, ".", "/"))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(value))
}
