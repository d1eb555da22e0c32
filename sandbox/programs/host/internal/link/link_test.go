package link

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// newLink joins both ends within the test.
func newLink(t *testing.T) (*Outside, *Inside, <-chan error) {
	t.Helper()
	outer, file, err := New()
	if err != nil {
		t.Fatal(err)
	}
	inner, err := NewInside(file)
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- inner.Serve() }()
	t.Cleanup(func() {
		outer.Close()
		inner.Close()
	})
	return outer, inner, ended
}

func listen(t *testing.T) *net.TCPListener {
	t.Helper()
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener
}

func TestTheAPIIsReached(t *testing.T) {
	outer, inner, _ := newLink(t)
	go http.Serve(inner, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.URL.Path) }))
	client := &http.Client{Transport: &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return outer.Connect() },
	}}
	for _, path := range []string{"/a", "/b"} {
		response, err := client.Get("http://inside" + path)
		if err != nil {
			t.Fatal(err)
		}
		if body, _ := io.ReadAll(response.Body); string(body) != path {
			t.Errorf("got %q", body)
		}
		response.Body.Close()
		client.CloseIdleConnections()
	}
}

func TestATCPConnectionIsHandedOut(t *testing.T) {
	outer, _, _ := newLink(t)
	listener := listen(t)
	conn, err := outer.Dial(context.Background(), listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	server, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if _, err := conn.Write([]byte("there")); err != nil {
		t.Fatal(err)
	}
	// The part inside must not keep a copy, or the target would never see the end of the connection.
	conn.Close()
	server.SetDeadline(time.Now().Add(5 * time.Second))
	if got, err := io.ReadAll(server); string(got) != "there" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestATargetThatRefuses(t *testing.T) {
	outer, _, _ := newLink(t)
	listener := listen(t)
	listener.Close()
	conn, err := outer.Dial(context.Background(), listener.Addr().String())
	if err == nil || !strings.Contains(err.Error(), "connection refused") {
		t.Errorf("got %v, %v", conn, err)
	}
}

func TestADialThatNobodyWaitsForAnyMore(t *testing.T) {
	outer, file, err := New() // without a part inside, no answer comes
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	defer outer.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Millisecond)
	defer cancel()
	began := time.Now()
	if conn, err := outer.Dial(ctx, "127.0.0.1:1"); err == nil || time.Since(began) > time.Second {
		t.Errorf("got %v, %v after %v", conn, err, time.Since(began))
	}
}

func TestTheEndOfEitherSideIsSeen(t *testing.T) {
	outer, inner, ended := newLink(t)
	outer.Close()
	select {
	case err := <-ended:
		if !errors.Is(err, io.EOF) {
			t.Errorf("ended with %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("the part inside does not see the end")
	}
	if conn, err := inner.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("accepted %v, %v", conn, err)
	}

	outer, inner, _ = newLink(t)
	inner.Close()
	if _, err := outer.Dial(context.Background(), "127.0.0.1:1"); err == nil {
		t.Error("dialled over a link without another side")
	}
}
