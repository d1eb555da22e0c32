package images

import (
	"strings"
	"testing"
)

func TestPull(t *testing.T) {
	const digest = "sha256:0123456789012345678901234567890123456789012345678901234567890123"
	rules := table(t, `{"unknownRegistries":["registry.invalid","localhost:5000"]}`)
	for image, head := range map[string]string{
		"quay.io/s3gw/s3gw:v0.23.0":              "",
		"s3gw/s3gw":                              "",
		"localhost/s3gw/s3gw":                    "",
		"quay.io/registry.invalid/s3gw":          "",
		"registry.invalid/s3gw/s3gw:v0.23.0":     `"https://registry.invalid/v2/s3gw/s3gw/manifests/v0.23.0"`,
		"registry.invalid/s3gw/s3gw":             `"https://registry.invalid/v2/s3gw/s3gw/manifests/latest"`,
		"registry.invalid/s3gw/s3gw@" + digest:   `"https://registry.invalid/v2/s3gw/s3gw/manifests/` + digest + `"`,
		"localhost:5000/s3gw":                    `"https://localhost:5000/v2/s3gw/manifests/latest"`,
		"registry.invalid/s3gw:v1@" + digest:     `"https://registry.invalid/v2/s3gw/manifests/` + digest + `"`,
		"registry.invalid:443/s3gw/s3gw:v0.23.0": "",
	} {
		err := rules.Pull(image)
		if head == "" && err != nil {
			t.Errorf("%s: %v", image, err)
		}
		if head != "" && (err == nil || !strings.Contains(err.Error(), head) || !strings.HasSuffix(err.Error(), "no such host")) {
			t.Errorf("%s: error %v, want one with %s", image, err, head)
		}
	}
	if err := rules.Pull("a/UPPER"); err == nil {
		t.Error("what is no image was pulled")
	}
}
