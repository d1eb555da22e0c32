package outside

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"

	"longhorn-s3/sandbox/host/internal/api"
)

func noDial(context.Context, string) (*net.TCPConn, error) { return nil, errors.New("nobody") }

func TestPutRelay(t *testing.T) {
	relays := newRelays(noDial)
	defer relays.close()
	first, err := relays.put("api", relayBody{Target: "192.0.2.10:6443"})
	if err != nil || first.Port == 0 || first.Name != "api" || first.Target != "192.0.2.10:6443" {
		t.Fatalf("got %+v, %v", first, err)
	}
	for name, body := range map[string]relayBody{
		"the same again":                {Target: first.Target},
		"the same with its port":        {Target: first.Target, Port: first.Port},
		"another target":                {Target: "10.96.0.1:443"},
		"another target, with its port": {Target: "10.96.0.2:443", Port: first.Port},
	} {
		if got, err := relays.put("api", body); err != nil || got.Port != first.Port || got.Target != body.Target {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	second, err := relays.put("a", relayBody{Target: "[::1]:80"})
	if err != nil || second.Port == first.Port {
		t.Errorf("got %+v, %v", second, err)
	}
	if list := relays.list(); len(list) != 2 || list[0] != second || list[1].Port != first.Port {
		t.Errorf("list %+v", list)
	}
}

func TestPutRelayRefuses(t *testing.T) {
	relays := newRelays(noDial)
	defer relays.close()
	taken, err := relays.put("taken", relayBody{Target: "10.96.0.1:443"})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		relay  string
		body   relayBody
		status int
	}{
		"no target":              {"r", relayBody{}, http.StatusBadRequest},
		"a name":                 {"r", relayBody{Target: "kubernetes.default:443"}, http.StatusBadRequest},
		"no port":                {"r", relayBody{Target: "10.96.0.1"}, http.StatusBadRequest},
		"port 0 as target":       {"r", relayBody{Target: "10.96.0.1:0"}, http.StatusBadRequest},
		"a port that is none":    {"r", relayBody{Target: "10.96.0.1:443", Port: 65536}, http.StatusBadRequest},
		"a port in use":          {"r", relayBody{Target: "10.96.0.1:443", Port: taken.Port}, http.StatusConflict},
		"another port than ever": {"taken", relayBody{Target: "10.96.0.1:443", Port: taken.Port ^ 1}, http.StatusConflict},
	} {
		entry, err := relays.put(test.relay, test.body)
		problem := (*api.Problem)(nil)
		if !errors.As(err, &problem) || problem.Status != test.status {
			t.Errorf("%s: got %+v, %v; want status %d", name, entry, err, test.status)
		}
	}
	if list := relays.list(); len(list) != 1 || list[0] != taken {
		t.Errorf("a refusal changed %+v", list)
	}
}
