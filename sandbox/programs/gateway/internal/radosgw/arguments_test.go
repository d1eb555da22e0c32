package radosgw

import (
	"slices"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name      string
		arguments []string
		ports     []int
		data      string
	}{
		{"nothing", nil, []int{7480}, "/data"},
		{"what has nothing to do with it", []string{"-d", "--no-mon-config", "--id", "s3gw", "--debug-rgw", "1"}, []int{7480}, "/data"},
		{
			"as the package gives them",
			[]string{
				"-d", "--id", "s3gw", "--no-mon-config", "--rgw-data", "/data/", "--run-dir", "/run/", "--rgw-sfs-data-path", "/data",
				"--rgw-backend-store", "sfs", "--rgw-frontends", "beast port=7480", "--rgw-dns-name", "localhost, s3", "--debug-rgw", "1",
			},
			[]int{7480}, "/data",
		},
		{"other values", []string{"--rgw-frontends", "beast port=8000", "--rgw-sfs-data-path", "/volume"}, []int{8000}, "/volume"},
		{"joined by =", []string{"--rgw-frontends=beast port=8000", "--rgw-sfs-data-path=/a=b"}, []int{8000}, "/a=b"},
		{"underscores", []string{"--rgw_frontends", "beast port=8000", "--rgw_sfs_data_path=/volume"}, []int{8000}, "/volume"},
		{"the last one wins", []string{"--rgw-frontends=beast port=1", "--rgw-frontends=beast port=2"}, []int{2}, "/data"},
		{"behind --", []string{"--", "--rgw-frontends=beast port=1"}, []int{7480}, "/data"},
		{"with a status frontend", []string{"--rgw-frontends", "beast port=7480, status bind=0.0.0.0 port=9090"}, []int{7480}, "/data"},
		{"status first", []string{"--rgw-frontends", "status port=9090,beast  port=81"}, []int{81}, "/data"},
		{"two ports", []string{"--rgw-frontends", "beast port=80 port=8000 tcp_nodelay=1"}, []int{80, 8000}, "/data"},
		{"beast without a port", []string{"--rgw-frontends", "beast"}, []int{80}, "/data"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Parse(test.arguments)
			if err != nil || !slices.Equal(got.Ports, test.ports) || got.DataPath != test.data {
				t.Errorf("got %+v, %v", got, err)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for want, arguments := range map[string][]string{
		"--rgw-frontends has no value":                    {"--rgw_frontends"},
		"--rgw-sfs-data-path has no value":                {"--rgw-sfs-data-path"},
		"--rgw-sfs-data-path is empty":                    {"--rgw-sfs-data-path="},
		`"status port=9090" has no frontend beast`:        {"--rgw-frontends", "status port=9090"},
		`"" has no frontend beast`:                        {"--rgw-frontends="},
		"port=0: a port is between 1 and 65535":           {"--rgw-frontends", "beast port=0"},
		"port=65536: a port is":                           {"--rgw-frontends", "beast port=65536"},
		"port=http: a port is":                            {"--rgw-frontends", "beast port=http"},
		"ssl_port=7481: this stand-in":                    {"--rgw-frontends", "beast port=7480 ssl_port=7481"},
		"endpoint=1.2.3.4:80: this stand-in for s3gw ser": {"--rgw-frontends", "beast endpoint=1.2.3.4:80"},
	} {
		if got, err := Parse(arguments); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %+v, %v; want %q", arguments, got, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add("--rgw-frontends", "beast port=7480, status port=9090", "--rgw_sfs_data_path=/data")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		settings, err := Parse([]string{a, b, c})
		if err != nil {
			return
		}
		if settings.DataPath == "" || len(settings.Ports) == 0 ||
			slices.ContainsFunc(settings.Ports, func(port int) bool { return port < 1 || port > 65535 }) {
			t.Errorf("%q %q %q: accepted as %+v", a, b, c, settings)
		}
	})
}
