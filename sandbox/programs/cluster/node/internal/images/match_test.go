package images

import (
	"strings"
	"testing"
)

func table(t testing.TB, content string) Table {
	t.Helper()
	parsed, err := parse([]byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestFind(t *testing.T) {
	const digest = "@sha256:0123456789012345678901234567890123456789012345678901234567890123"
	rules := table(t, `{"rules":[
		{"image":"longhornio/longhorn-manager","container":"wait-longhorn-manager","argv":["/wait"]},
		{"image":"longhornio/longhorn-manager","argv":["/manager"]},
		{"image":"longhornio/csi-attacher","argv":["/attacher"]},
		{"image":"busybox","argv":["/busybox"]},
		{"image":"s3gw/s3gw","container":"s3gw","argv":["/gateway"]}]}`)
	for _, c := range []struct{ image, container, program string }{
		{"longhornio/longhorn-manager:v1.12.1", "wait-longhorn-manager", "/wait"},
		{"longhornio/longhorn-manager:v1.12.1", "longhorn-manager", "/manager"},
		{"longhornio/longhorn-manager", "", "/manager"},
		{"docker.io/longhornio/csi-attacher:v4" + digest, "csi-attacher", "/attacher"},
		{"docker.io/longhornio/csi-attacher" + digest, "csi-attacher", "/attacher"},
		{"registry.example:5000/mirror/longhornio/csi-attacher:v4", "x", "/attacher"},
		{"localhost/longhornio/csi-attacher", "x", "/attacher"},
		{"mylonghornio/csi-attacher:v4", "x", ""},
		{"longhornio/csi-attacher-extra:v4", "x", ""},
		{"csi-attacher:v4", "x", ""},
		{"busybox", "x", "/busybox"},
		{"busybox:1.36", "x", "/busybox"},
		{"docker.io/library/busybox:1.36", "x", "/busybox"},
		{"notbusybox", "x", ""},
		{"quay.io/s3gw/s3gw:v0.23.0", "s3gw", "/gateway"},
		{"quay.io/s3gw/s3gw:v0.23.0", "ui", ""},
		{"quay.io/s3gw/s3gw-ui:v0.23.0", "s3gw", ""},
	} {
		rule, err := rules.Find(c.image, c.container)
		if err != nil {
			t.Errorf("%s: %v", c.image, err)
			continue
		}
		got := ""
		if rule != nil {
			got = rule.Argv[0].text
		}
		if got != c.program {
			t.Errorf("%s, container %q: %q, want %q", c.image, c.container, got, c.program)
		}
	}
}

func TestFindRefusesWhatIsNoImage(t *testing.T) {
	for _, image := range []string{"", "a/UPPER", "a b", "x:y:z"} {
		if _, err := (Table{}).Find(image, ""); err == nil {
			t.Errorf("%q was taken for an image", image)
		}
	}
}

// FuzzFind: a rule holds for its repository wherever that is mirrored, in every version, and for no repository that only ends alike.
func FuzzFind(f *testing.F) {
	f.Add("longhornio/csi-attacher", "docker.io", "mirror", "v4", "my")
	f.Add("s3gw/s3gw", "quay.io:5000", "a/b", "latest", "x")
	f.Add("busybox", "localhost", "x", "1.36", "not")
	f.Fuzz(func(t *testing.T, repository, registry, mirror, tag, prefix string) {
		rule := Rule{Image: repository}
		if own, err := repositoryOf(repository); err != nil || own != repository || !strings.Contains(repository, "/") {
			return
		}
		rules := Table{Rules: []Rule{rule}}
		for _, image := range []string{
			repository, repository + ":" + tag, registry + "/" + repository, registry + "/" + repository + ":" + tag,
			registry + "/" + mirror + "/" + repository + ":" + tag,
		} {
			parsed, err := repositoryOf(image)
			if err != nil || !strings.HasSuffix(parsed, repository) {
				continue // registry, mirror and tag may be nonsense, or the registry's name is a part of the repository's
			}
			if found, err := rules.Find(image, "any"); err != nil || found == nil {
				t.Errorf("%s is not matched by %s: %v", image, repository, err)
			}
		}
		if other, err := repositoryOf(prefix + repository); err == nil && prefix != "" && other == prefix+repository && !strings.HasSuffix(prefix, "/") {
			if found, _ := rules.Find(prefix+repository, "any"); found != nil {
				t.Errorf("%s is matched by %s", prefix+repository, repository)
			}
		}
	})
}
