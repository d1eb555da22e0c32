package process

import (
	"reflect"
	"strings"
	"testing"
)

func ids(t *testing.T, idMap string) IDs {
	t.Helper()
	parsed, err := parseIDs(idMap)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

const (
	everybody = "         0          0 4294967295\n"
	oneUser   = "         0       1000          1\n"
	someUsers = "         0       1000          1\n         1     100000      65536\n"
)

func TestExisting(t *testing.T) {
	for _, c := range []struct {
		name         string
		idMap        string
		canSetGroups bool
		wanted, want Credentials
		same         bool
	}{
		{"root anywhere", oneUser, false, Credentials{}, Credentials{}, true},
		{"the machine", everybody, true, Credentials{1234, 4321, []int{5, 6}}, Credentials{1234, 4321, []int{5, 6}}, true},
		{"one user", oneUser, false, Credentials{1234, 0, nil}, Credentials{}, false},
		{"one user's groups", oneUser, false, Credentials{0, 0, []int{5}}, Credentials{}, false},
		{"some users", someUsers, true, Credentials{65536, 1, []int{7}}, Credentials{65536, 1, []int{7}}, true},
		{"beyond some users", someUsers, true, Credentials{65537, 1, []int{7, 70000}}, Credentials{0, 1, []int{7}}, false},
		{"some users who cannot leave groups", someUsers, false, Credentials{5, 5, []int{7}}, Credentials{5, 5, nil}, false},
	} {
		namespace := UserNamespace{Users: ids(t, c.idMap), Groups: ids(t, c.idMap), CanSetGroups: c.canSetGroups}
		if got, same := namespace.Existing(c.wanted); !reflect.DeepEqual(got, c.want) || same != c.same {
			t.Errorf("%s: %+v, %v, want %+v, %v", c.name, got, same, c.want, c.same)
		}
	}
}

func TestParseIDsNamesTheLineThatIsNone(t *testing.T) {
	if _, err := parseIDs(oneUser + "one two three\n"); err == nil || !strings.Contains(err.Error(), "one two three") {
		t.Errorf("error %v", err)
	}
}
