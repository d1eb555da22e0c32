package namespaces

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

func TestExplain(t *testing.T) {
	tests := []struct {
		name     string
		err      error
		ordinary bool
		sysctls  map[string]string
		want     []string
	}{
		{
			name: "AppArmor", err: unix.EACCES, ordinary: true,
			sysctls: map[string]string{"kernel.apparmor_restrict_unprivileged_userns": "1"},
			want:    []string{"kernel.apparmor_restrict_unprivileged_userns is 1", "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"},
		},
		{
			name: "Debian's setting", err: unix.EPERM, ordinary: true,
			sysctls: map[string]string{"kernel.unprivileged_userns_clone": "0"},
			want:    []string{"kernel.unprivileged_userns_clone is 0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"},
		},
		{
			name: "settings that forbid nothing", err: unix.EPERM, ordinary: true,
			sysctls: map[string]string{"kernel.unprivileged_userns_clone": "1", "kernel.apparmor_restrict_unprivileged_userns": "0"},
			want:    []string{"run as root", "--privileged"},
		},
		{
			name: "root in a container of such a machine", err: unix.EPERM,
			sysctls: map[string]string{"kernel.apparmor_restrict_unprivileged_userns": "1"},
			want:    []string{"--privileged"},
		},
		{
			name: "no user namespaces", err: unix.ENOSPC, ordinary: true,
			sysctls: map[string]string{"user.max_user_namespaces": "0", "user.max_net_namespaces": "100"},
			want:    []string{"user.max_user_namespaces is 0", "sudo sysctl -w user.max_user_namespaces="},
		},
		{
			name: "no network namespaces", err: unix.ENOSPC,
			sysctls: map[string]string{"user.max_user_namespaces": "100", "user.max_net_namespaces": "0"},
			want:    []string{"user.max_net_namespaces is 0"},
		},
		{
			name: "all in use, older kernel", err: unix.EUSERS,
			sysctls: map[string]string{"user.max_user_namespaces": "7"},
			want:    []string{"user.max_user_namespaces is 7"},
		},
		{name: "kernel without them", err: unix.EINVAL, want: []string{"CONFIG_NET_NS"}},
		{name: "anything else", err: unix.ENOMEM, want: []string{"(a step: "}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			machine := Machine{OrdinaryUser: test.ordinary, Sysctl: func(name string) string { return test.sysctls[name] }}
			got := machine.Explain("a step", fmt.Errorf("wrapped: %w", test.err))
			for _, want := range append(test.want, test.err.Error()) {
				if !strings.Contains(got, want) {
					t.Errorf("%q does not say %q", got, want)
				}
			}
			if strings.Contains(got, "\n") || !strings.HasSuffix(got, ".") {
				t.Errorf("not one sentence: %q", got)
			}
		})
	}
}

func TestMapsOrdinaryUser(t *testing.T) {
	for uidMap, want := range map[string]bool{
		"         0          0 4294967295\n": false, // no user namespace
		"         0          0          1\n": false, // of root in a container
		"         0       1000          1\n": true,
		"         0     100000      65536\n": false, // of a container runtime, in which root may do much
		"":                                   false,
	} {
		if got := mapsOrdinaryUser(uidMap); got != want {
			t.Errorf("%q: got %v", uidMap, got)
		}
	}
}

func TestAttributes(t *testing.T) {
	root, ordinary := Attributes(true), Attributes(false)
	if root.Cloneflags&unix.CLONE_NEWUSER != 0 || root.UidMappings != nil {
		t.Error("root gets a user namespace")
	}
	if ordinary.Cloneflags != root.Cloneflags|unix.CLONE_NEWUSER || len(ordinary.UidMappings) != 1 || len(ordinary.GidMappings) != 1 {
		t.Errorf("an ordinary user gets %+v", ordinary)
	}
	if ordinary.GidMappingsEnableSetgroups {
		t.Error("setgroups must be denied before an ordinary user may map a group")
	}
	for _, attributes := range []any{root.Pdeathsig, ordinary.Pdeathsig} {
		if attributes != unix.SIGKILL {
			t.Errorf("dies with %v", attributes)
		}
	}
}

func TestHasAll(t *testing.T) {
	const admin, network = uint64(1) << unix.CAP_SYS_ADMIN, uint64(1) << unix.CAP_NET_ADMIN
	for effective, want := range map[uint64]bool{0: false, admin: false, network: false, admin | network: true, ^uint64(0): true} {
		if got := hasAll(effective); got != want {
			t.Errorf("%x: got %v", effective, got)
		}
	}
}
