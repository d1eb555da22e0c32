package relay

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

const patience = 5 * time.Second

// dialHere stands in for the part inside.
func dialHere(ctx context.Context, target string) (*net.TCPConn, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", target)
	if err != nil {
		return nil, err
	}
	return conn.(*net.TCPConn), nil
}

// serve answers every connection with handle, on an address that it gives.
func serve(t *testing.T, handle func(*net.TCPConn)) string {
	t.Helper()
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.AcceptTCP()
			if err != nil {
				return
			}
			go handle(conn)
		}
	}()
	return listener.Addr().String()
}

// named echoes what it reads after its name, once the client has finished.
func named(name string) func(*net.TCPConn) {
	return func(conn *net.TCPConn) {
		defer conn.Close()
		request, _ := io.ReadAll(conn)
		fmt.Fprintf(conn, "%s:%s", name, request)
	}
}

func newRelay(t *testing.T, target string) *Relay {
	t.Helper()
	relay, err := Listen(0, target, dialHere)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(relay.Close)
	return relay
}

func connect(t *testing.T, relay *Relay) *net.TCPConn {
	t.Helper()
	conn, err := net.DialTCP("tcp4", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: relay.Port()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(patience))
	return conn
}

func ask(t *testing.T, relay *Relay, request string) string {
	t.Helper()
	conn := connect(t, relay)
	io.WriteString(conn, request)
	conn.CloseWrite()
	answer, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("answer %q, %v", answer, err)
	}
	return string(answer)
}

func TestBothWaysWithHalfClose(t *testing.T) {
	relay := newRelay(t, serve(t, named("a")))
	large := strings.Repeat("0123456789", 1<<18)
	if got := ask(t, relay, large); got != "a:"+large {
		t.Errorf("got %d bytes of %d", len(got), len(large)+2)
	}
}

func TestATargetThatFinishesFirst(t *testing.T) {
	received := make(chan string, 1)
	relay := newRelay(t, serve(t, func(conn *net.TCPConn) {
		defer conn.Close()
		io.WriteString(conn, "greeting")
		conn.CloseWrite()
		request, _ := io.ReadAll(conn)
		received <- string(request)
	}))
	conn := connect(t, relay)
	if got, err := io.ReadAll(conn); string(got) != "greeting" || err != nil {
		t.Fatalf("got %q, %v", got, err)
	}
	io.WriteString(conn, "afterwards")
	conn.CloseWrite()
	select {
	case got := <-received:
		if got != "afterwards" {
			t.Errorf("the target read %q", got)
		}
	case <-time.After(patience):
		t.Error("the target read nothing")
	}
}

// wantReset checks that a connection ends with an error, not as if it were complete.
func wantReset(t *testing.T, conn *net.TCPConn) {
	t.Helper()
	if got, err := io.ReadAll(conn); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("read %q, %v; want a reset", got, err)
	}
}

func TestATargetThatRefusesResetsTheClientAtOnce(t *testing.T) {
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	listener.Close()
	relay := newRelay(t, listener.Addr().String())
	began := time.Now()
	// The reset may come before the client has even noticed that it is connected.
	conn, err := net.DialTCP("tcp4", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: relay.Port()})
	if err == nil {
		defer conn.Close()
		conn.SetDeadline(time.Now().Add(patience))
		wantReset(t, conn)
	} else if !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("connecting: %v", err)
	}
	if took := time.Since(began); took > time.Second {
		t.Errorf("after %v", took)
	}
}

func TestAReset(t *testing.T) {
	relay := newRelay(t, serve(t, func(conn *net.TCPConn) {
		io.WriteString(conn, "half an ans")
		io.CopyN(io.Discard, conn, 1)
		reset(conn)
	}))
	conn := connect(t, relay)
	half := make([]byte, len("half an ans"))
	if _, err := io.ReadFull(conn, half); err != nil {
		t.Fatal(err)
	}
	io.WriteString(conn, "!")
	wantReset(t, conn)
}

func TestRetarget(t *testing.T) {
	relay := newRelay(t, serve(t, named("a")))
	port := relay.Port()
	onFormer := connect(t, relay)
	if got := ask(t, relay, "1"); got != "a:1" {
		t.Errorf("got %q", got)
	}
	target := serve(t, named("b"))
	relay.Retarget(target)
	if got := ask(t, relay, "2"); got != "b:2" {
		t.Errorf("got %q", got)
	}
	wantReset(t, onFormer)
	if relay.Port() != port || relay.Target() != target {
		t.Errorf("now from %d to %s", relay.Port(), relay.Target())
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	target := serve(t, func(conn *net.TCPConn) {
		io.Copy(io.Discard, conn)
		conn.Close()
	})
	before := runtime.NumGoroutine()
	relay := newRelay(t, target)
	for range 20 {
		for range 5 {
			connect(t, relay)
		}
		relay.Retarget(target)
	}
	for range 5 {
		connect(t, relay)
	}
	relay.Close()
	for end := time.Now().Add(patience); runtime.NumGoroutine() > before; time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			stacks := make([]byte, 1<<16)
			t.Fatalf("%d goroutines, before %d:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
		}
	}
}

func TestAPortInUse(t *testing.T) {
	relay := newRelay(t, "127.0.0.1:1")
	if _, err := Listen(relay.Port(), "127.0.0.1:1", dialHere); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("got %v", err)
	}
}
