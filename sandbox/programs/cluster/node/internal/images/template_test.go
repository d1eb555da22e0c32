package images

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

var facts = Facts{
	IP: "10.244.1.2", Node: "node1", Namespace: "s3", Pod: "photos-0", UID: "u-1", Container: "gateway", Image: "quay.io/s3gw/s3gw:v1",
	Env:  map[string]string{"KEY": "k", "EMPTY": ""},
	Args: Words{"--rgw-backend-store", "sfs"}, Command: Words{"/radosgw", "--rgw-backend-store", "sfs"},
}

func ruleOf(t *testing.T, argv, env string) Rule {
	t.Helper()
	return table(t, `{"rules":[{"image":"a/b","argv":`+argv+`,"env":`+env+`}]}`).Rules[0]
}

func TestFill(t *testing.T) {
	for argv, want := range map[string][]string{
		`["/b"]`:                  {"/b"},
		`["{{.Command}}"]`:        {"/radosgw", "--rgw-backend-store", "sfs"},
		`["/b","--","{{.Args}}"]`: {"/b", "--", "--rgw-backend-store", "sfs"},
		`["/b","--address={{.IP}}:{{.Env.KEY}}"]`:                                         {"/b", "--address=10.244.1.2:k"},
		`["/b","{{.Node}}/{{.Namespace}}/{{.Pod}}/{{.UID}}/{{.Container}}","{{.Image}}"]`: {"/b", "node1/s3/photos-0/u-1/gateway", "quay.io/s3gw/s3gw:v1"},
		`["/bin/sh","-c","exec {{.Command}}"]`:                                            {"/bin/sh", "-c", "exec /radosgw --rgw-backend-store sfs"},
		`["/b","{{index .Args 1}}","{{.Env.EMPTY}}"]`:                                     {"/b", "sfs", ""},
		`["/b","{{if .Env.EMPTY}}x{{else}}empty{{end}}"]`:                                 {"/b", "empty"},
		`["/b","{{with index .Env \"MISSING\"}}x{{end}}<none"]`:                           {"/b", "<none"},
	} {
		got, env, err := ruleOf(t, argv, `{}`).Fill(facts)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%s: %q, %v, want %q", argv, got, err, want)
		}
		if !maps.Equal(env, facts.Env) {
			t.Errorf("%s: env %v", argv, env)
		}
	}
}

func TestFillAddsToTheEnvironment(t *testing.T) {
	_, env, err := ruleOf(t, `["/b"]`, `{"KEY":"{{.Env.KEY}}-2","NEW":"{{.Pod}}"}`).Fill(facts)
	if want := map[string]string{"KEY": "k-2", "EMPTY": "", "NEW": "photos-0"}; err != nil || !maps.Equal(env, want) {
		t.Errorf("env %v, %v, want %v", env, err, want)
	}
	if facts.Env["KEY"] != "k" {
		t.Error("the container's own environment was changed")
	}
}

func TestFillRefusesInsteadOfGuessing(t *testing.T) {
	for _, c := range []struct{ argv, env, reason string }{
		{`["/b","{{.Env.MISSING}}"]`, `{}`, "MISSING"},
		{`["/b","{{index .Args 9}}"]`, `{}`, "out of range"},
		{`["/b","{{.Nothing}}"]`, `{}`, "Nothing"},
		{`["/b"]`, `{"A":"{{.Env.MISSING}}"}`, "env A"},
		{`[""]`, `{}`, "names no program"},
		{`["{{.Env.EMPTY}}"]`, `{}`, "names no program"},
	} {
		if _, _, err := ruleOf(t, c.argv, c.env).Fill(facts); err == nil || !strings.Contains(err.Error(), c.reason) {
			t.Errorf("%s %s: error %v, want one with %q", c.argv, c.env, err, c.reason)
		}
	}
	if _, _, err := ruleOf(t, `["{{.Command}}"]`, `{}`).Fill(Facts{}); err == nil || !strings.Contains(err.Error(), "names no program") {
		t.Errorf("a pod without a command: error %v", err)
	}
}
