package processes

import (
	"slices"
	"strings"
	"testing"
)

func TestCheckSaysEverythingThatIsWrong(t *testing.T) {
	fits := Spec{Argv: []string{"/bin/true"}, Log: "/tmp/log"}
	if err := fits.check(); err != nil {
		t.Errorf("a spec that fits: %v", err)
	}
	tests := []struct {
		name string
		spec Spec
		want []string
	}{
		{"nothing", Spec{}, []string{"argv must begin with", "log must be"}},
		{"relative", Spec{Argv: []string{"true"}, Log: "log", Cwd: "tmp"}, []string{"argv must begin with", "log must be", "cwd must be"}},
		{"null in argv", Spec{Argv: []string{"/bin/true", "a\x00b"}, Log: "/l"}, []string{"null character"}},
		{"variable with =", Spec{Argv: fits.Argv, Log: "/l", Env: map[string]string{"A=B": "c"}}, []string{`variable "A=B"`}},
		{"variable without name", Spec{Argv: fits.Argv, Log: "/l", Env: map[string]string{"": "c"}}, []string{`variable ""`}},
		{"null in env", Spec{Argv: fits.Argv, Log: "/l", Env: map[string]string{"A": "\x00"}}, []string{`variable "A"`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := test.spec.check()
			if err == nil {
				t.Fatal("not refused")
			}
			for _, want := range test.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%q does not say %q", err, want)
				}
			}
		})
	}
}

func TestEnvironmentIsSorted(t *testing.T) {
	got := Spec{Env: map[string]string{"B": "2", "A": "1=1", "C": ""}}.environment()
	if !slices.Equal(got, []string{"A=1=1", "B=2", "C="}) {
		t.Errorf("got %q", got)
	}
}
