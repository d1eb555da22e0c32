package main

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheNetworkInside(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		var network networkReport
		h.run(&network, "network", "network")
		if !slices.Equal(network.Interfaces, []string{"lo"}) {
			t.Errorf("interfaces %q", network.Interfaces)
		}
		want := []string{"127.0.0.1/8", "10.244.0.1/16"}
		for i := 10; i <= 19; i++ {
			want = append(want, fmt.Sprintf("192.0.2.%d/32", i))
		}
		ofIPv4 := slices.DeleteFunc(network.Addresses, func(address string) bool { return strings.Contains(address, ":") })
		if !slices.Equal(ofIPv4, want) {
			t.Errorf("addresses %q, want %q", ofIPv4, want)
		}
	})
}

// The addresses are from the ranges for documentation (RFC 5737, RFC 3849), one outside of any range of the sandbox's.
func TestNothingLeadsOut(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		for i, target := range [][2]string{
			{"tcp", "203.0.113.1:443"}, {"udp", "203.0.113.1:53"}, {"tcp", "192.0.2.20:443"}, {"tcp", "[2001:db8::1]:443"},
		} {
			var report dialReport
			h.run(&report, fmt.Sprintf("dial-%d", i), "dial", target[0], target[1])
			if !strings.Contains(report.Error, "unreachable") && !strings.Contains(report.Error, "cannot assign") ||
				report.Took > time.Second {
				t.Errorf("%s: %q after %v", target, report.Error, report.Took)
			}
		}
	})
}

// echo starts an echo server inside.
func (h *testHost) echo(name, address string) {
	h.t.Helper()
	h.helperThatSays("listening", name, "echo", address, name)
}

// relay makes a relay or changes it and gives its port.
func (h *testHost) relay(name, target string) int {
	h.t.Helper()
	var made struct {
		Name, Target string
		Port         int
	}
	h.call(200, "PUT", "/v1/relays/"+name, map[string]any{"target": target, "port": 0}, &made)
	if made.Name != name || made.Target != target || made.Port == 0 {
		h.t.Errorf("made %+v", made)
	}
	return made.Port
}

func ask(port int, request string) (string, error) {
	conn, err := net.DialTCP("tcp4", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	if err != nil {
		return "", err
	}
	defer conn.Close()
	conn.SetDeadline(time.Now().Add(patience))
	if _, err := io.WriteString(conn, request); err != nil {
		return "", err
	}
	if err := conn.CloseWrite(); err != nil {
		return "", err
	}
	answer, err := io.ReadAll(conn)
	return string(answer), err
}

func TestRelays(t *testing.T) {
	forEachUser(t, func(t *testing.T, u user) {
		h := startHost(t, u, u.directory(t))
		h.echo("pod", "10.244.1.2:7480") // any address of the pods' range is local
		h.echo("api", "192.0.2.10:6443")

		port := h.relay("s3", "10.244.1.2:7480")
		large := strings.Repeat("0123456789abcdef", 1<<16)
		if answer, err := ask(port, large); answer != "pod:"+large || err != nil {
			t.Errorf("%d bytes, %v", len(answer), err)
		}
		if again := h.relay("s3", "10.244.1.2:7480"); again != port {
			t.Errorf("port %d became %d", port, again)
		}
		if again := h.relay("s3", "192.0.2.10:6443"); again != port {
			t.Errorf("port %d became %d with another target", port, again)
		}
		if answer, err := ask(port, "x"); answer != "api:x" || err != nil {
			t.Errorf("after the retarget: %q, %v", answer, err)
		}
		var list []map[string]any
		h.call(200, "GET", "/v1/relays", nil, &list)
		if len(list) != 1 || list[0]["name"] != "s3" || list[0]["target"] != "192.0.2.10:6443" || list[0]["port"] != float64(port) {
			t.Errorf("list %v", list)
		}

		h.signal("api", "SIGKILL", true)
		h.wait("api")
		began := time.Now()
		if answer, err := ask(port, "x"); err == nil || time.Since(began) > time.Second {
			t.Errorf("of a dead target: %q after %v", answer, time.Since(began))
		}
		h.call(200, "POST", "/v1/stop", struct{}{}, nil)
		if answer, err := ask(port, "x"); err == nil {
			t.Errorf("of a stopped host: %q", answer)
		}
	})
}
