package reconcile

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/sirupsen/logrus"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/runtime/schema"
)

func TestAll(t *testing.T) {
	volumes := schema.GroupResource{Resource: "volumes"}
	failures := map[string]error{
		"a": apierrors.NewConflict(volumes, "a", errors.New("written by another")),
		"b": errors.New("no room"),
		"c": apierrors.NewNotFound(volumes, "c"),
		"d": apierrors.NewAlreadyExists(volumes, "d"),
		"e": nil,
	}
	objects := map[string]string{"a": "a", "b": "b", "c": "c", "d": "d", "e": "e"}
	var seen []string
	reconcile := func(name string) error {
		seen = append(seen, name)
		return failures[name]
	}
	for _, c := range []struct {
		name       string
		list       func() (map[string]string, error)
		seen, logs []string
	}{
		{
			"every object, whatever becomes of the others",
			func() (map[string]string, error) { return objects, nil },
			[]string{"a", "b", "c", "d", "e"},
			[]string{"Volume b: no room"},
		},
		{
			"nothing where they cannot be listed",
			func() (map[string]string, error) { return nil, errors.New("no API") },
			nil,
			[]string{"Volumes could not be listed: no API"},
		},
	} {
		seen = nil
		logs := &recorder{}
		All(logs.entry(), "Volume", c.list, reconcile)
		slices.Sort(seen)
		if !slices.Equal(seen, c.seen) {
			t.Errorf("%s: looked at %v, want %v", c.name, seen, c.seen)
		}
		if !slices.Equal(logs.lines, c.logs) {
			t.Errorf("%s: logged %v, want %v", c.name, strings.Join(logs.lines, ", "), c.logs)
		}
	}
}

type recorder struct{ lines []string }

func (r *recorder) entry() *logrus.Entry {
	log := logrus.New()
	log.SetOutput(io.Discard)
	log.AddHook(r)
	return logrus.NewEntry(log)
}

func (r *recorder) Levels() []logrus.Level { return logrus.AllLevels }

func (r *recorder) Fire(entry *logrus.Entry) error {
	r.lines = append(r.lines, entry.Message+": "+entry.Data[logrus.ErrorKey].(error).Error())
	return nil
}
