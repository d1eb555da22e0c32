package daemon

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/urfave/cli"

	"longhorn-s3/sandbox/cluster/longhorn/doubles/volume"
)

var (
	chartFlags = map[string]string{
		"engine-image": "e", "instance-manager-image": "i", "backing-image-manager-image": "b",
		"support-bundle-manager-image": "s", "manager-image": "m", "service-account": "a",
	}
	chartEnvironment = map[string]string{
		"NODE_NAME": "node1", "POD_IP": "10.244.1.2", "POD_NAMESPACE": "longhorn-system",
		"SANDBOX_VOLUMES": "/d/volumes", "SANDBOX_BACKUP_STORE": "/d/backupstore",
	}
)

func from(values map[string]string) func(string) string {
	return func(name string) string { return values[name] }
}

func with(values map[string]string, name, value string) map[string]string {
	changed := maps.Clone(values)
	changed[name] = value
	return changed
}

func TestOptions(t *testing.T) {
	o, err := optionsFrom(from(chartFlags), from(chartEnvironment))
	if err != nil {
		t.Fatal(err)
	}
	want := options{
		engineImage: "e", instanceManagerImage: "i", backingImageManagerImage: "b", supportBundleManagerImage: "s", managerImage: "m",
		serviceAccount: "a", node: "node1", podIP: "10.244.1.2", volumes: "/d/volumes", backupStore: "/d/backupstore",
		attach: volume.Delay{Least: 5 * time.Second, Most: 15 * time.Second},
		detach: volume.Delay{Least: 2 * time.Second, Most: 28 * time.Second},
	}
	if o != want {
		t.Errorf("got %+v, want %+v", o, want)
	}
}

func TestOptionsTakeDelays(t *testing.T) {
	o, err := optionsFrom(from(chartFlags), from(with(with(chartEnvironment, "SANDBOX_ATTACH_DELAY", "1s"), "SANDBOX_DETACH_DELAY", "2s-3s")))
	if err != nil {
		t.Fatal(err)
	}
	if o.attach != (volume.Delay{Least: time.Second, Most: time.Second}) || o.detach != (volume.Delay{Least: 2 * time.Second, Most: 3 * time.Second}) {
		t.Errorf("attach %v, detach %v", o.attach, o.detach)
	}
}

func TestOptionsRefuse(t *testing.T) {
	for _, c := range []struct {
		flags, environment map[string]string
		says               []string
	}{
		{with(chartFlags, "engine-image", ""), with(chartEnvironment, "POD_IP", ""), []string{"--engine-image", "$POD_IP"}},
		{chartFlags, with(chartEnvironment, "POD_NAMESPACE", ""), []string{"$POD_NAMESPACE"}},
		{chartFlags, with(chartEnvironment, "SANDBOX_VOLUMES", ""), []string{"$SANDBOX_VOLUMES"}},
		{chartFlags, with(chartEnvironment, "SANDBOX_ATTACH_DELAY", "5-15"), []string{"SANDBOX_ATTACH_DELAY", `"5-15"`}},
		{chartFlags, with(chartEnvironment, "SANDBOX_DETACH_DELAY", "2s-1s"), []string{"SANDBOX_DETACH_DELAY", "1s-2s"}},
	} {
		_, err := optionsFrom(from(c.flags), from(c.environment))
		if err == nil {
			t.Errorf("%v %v was taken", c.flags, c.environment)
			continue
		}
		for _, part := range c.says {
			if !strings.Contains(err.Error(), part) {
				t.Errorf("%q does not name %s", err, part)
			}
		}
	}
}

func TestCommandHasNoKubeconfig(t *testing.T) {
	names := func(flags []cli.Flag) (names []string) {
		for _, f := range flags {
			names = append(names, f.GetName())
		}
		return names
	}(Command().Flags)
	if slices.Contains(names, "kube-config") || !slices.Contains(names, "upgrade-version-check") {
		t.Errorf("its flags are %v", names)
	}
}
