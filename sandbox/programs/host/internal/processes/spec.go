package processes

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"longhorn-s3/sandbox/host/internal/api"
)

// Spec says how to start a process.
type Spec struct {
	// Argv is the program, as an absolute path, and its arguments.
	Argv []string `json:"argv"`
	// Env is the whole environment.
	Env map[string]string `json:"env"`
	// Cwd is the working directory, an absolute path. Default: the sandbox's directory.
	Cwd string `json:"cwd"`
	// Log is the file, an absolute path, to which standard output and standard error are appended.
	Log string `json:"log"`
	// MountNamespace gives the process a mount namespace of its own, from which and to which no mount propagates.
	MountNamespace bool `json:"mountNamespace"`
}

// check says everything that is wrong with a spec.
func (s Spec) check() error {
	var wrong []string
	refuse := func(isWrong bool, sentence string) {
		if isWrong {
			wrong = append(wrong, sentence)
		}
	}
	refuse(len(s.Argv) == 0 || !filepath.IsAbs(s.Argv[0]), "argv must begin with the absolute path of a program.")
	refuse(!filepath.IsAbs(s.Log), "log must be an absolute path.")
	refuse(s.Cwd != "" && !filepath.IsAbs(s.Cwd), "cwd must be an absolute path.")
	hasNull := func(text string) bool { return strings.ContainsRune(text, 0) }
	refuse(slices.ContainsFunc(s.Argv, hasNull), "argv must not contain a null character.")
	for name, value := range s.Env {
		refuse(name == "" || strings.ContainsRune(name, '=') || hasNull(name+value),
			"env has the impossible variable \""+strings.ReplaceAll(name, "\x00", "\\0")+"\".")
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return api.Problemf(http.StatusBadRequest, "%s", strings.Join(wrong, " "))
}

// environment is Env as execve takes it, sorted.
func (s Spec) environment() []string {
	environment := make([]string, 0, len(s.Env))
	for name, value := range s.Env {
		environment = append(environment, name+"="+value)
	}
	slices.Sort(environment)
	return environment
}
