package images

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/template"
)

// Facts are what a template can name.
type Facts struct {
	// IP is the pod's address; the node's for a pod on the host's network.
	IP   string
	Node string
	// Namespace, Pod and UID are the pod's.
	Namespace, Pod, UID string
	Container, Image    string
	// Env is the container's environment, as the kubelet has resolved it.
	Env map[string]string
	// Args are the container's args, Command is its command followed by its args.
	Args, Command Words
}

// Words are several arguments. An element of argv that is nothing but {{.Args}} or {{.Command}} becomes as many elements; inside of
// anything longer they are joined by blanks.
type Words []string

func (w Words) String() string { return strings.Join(w, " ") }

// Template is a Go template over Facts. Naming what is not there, a variable that the container does not have included, is an error.
type Template struct {
	parsed *template.Template
	text   string
}

// UnmarshalText parses a template.
func (t *Template) UnmarshalText(text []byte) (err error) {
	t.text = string(text)
	t.parsed, err = template.New("template").Option("missingkey=error").Parse(t.text)
	if err != nil {
		return fmt.Errorf("%q: %w", t.text, err)
	}
	return nil
}

func (t Template) fill(facts Facts) (string, error) {
	var filled strings.Builder
	if err := t.parsed.Execute(&filled, facts); err != nil {
		return "", fmt.Errorf("%q: %w", t.text, err)
	}
	return filled.String(), nil
}

// Fill answers the program and arguments, and the container's environment with what the rule adds.
func (r Rule) Fill(facts Facts) (argv []string, env map[string]string, err error) {
	for _, element := range r.Argv {
		switch element.text {
		case "{{.Command}}":
			argv = append(argv, facts.Command...)
		case "{{.Args}}":
			argv = append(argv, facts.Args...)
		default:
			filled, err := element.fill(facts)
			if err != nil {
				return nil, nil, fmt.Errorf("argv of image %q: %w", r.Image, err)
			}
			argv = append(argv, filled)
		}
	}
	if len(argv) == 0 || argv[0] == "" {
		return nil, nil, fmt.Errorf("argv of image %q names no program: the pod gives no command, so the rule has to", r.Image)
	}
	env = maps.Clone(facts.Env)
	if env == nil {
		env = map[string]string{}
	}
	for _, name := range slices.Sorted(maps.Keys(r.Env)) {
		if env[name], err = r.Env[name].fill(facts); err != nil {
			return nil, nil, fmt.Errorf("env %s of image %q: %w", name, r.Image, err)
		}
	}
	return argv, env, nil
}
