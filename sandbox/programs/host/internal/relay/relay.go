// Package relay leads TCP connections from 127.0.0.1 outside to an address inside.
package relay

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"
)

// Dial makes a TCP connection to target (IP:PORT).
type Dial func(ctx context.Context, target string) (*net.TCPConn, error)

// Relay listens on one port of 127.0.0.1. It goes on to do so when it is retargeted.
type Relay struct {
	listener *net.TCPListener
	dial     Dial
	work     sync.WaitGroup

	mu     sync.Mutex
	target string
	// current ends the connections to the present target.
	current context.Context
	cut     context.CancelFunc
}

// acceptPause is the wait after a failed accept: the machine is out of file descriptors, most likely.
const acceptPause = 50 * time.Millisecond

// Listen begins to relay from 127.0.0.1:port (0: a free one) to target.
func Listen(port int, target string, dial Dial) (*Relay, error) {
	listener, err := net.ListenTCP("tcp4", &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: port})
	if err != nil {
		return nil, err
	}
	relay := &Relay{listener: listener, dial: dial, target: target}
	relay.current, relay.cut = context.WithCancel(context.Background())
	relay.work.Go(relay.accept)
	return relay, nil
}

// Port is the port on 127.0.0.1.
func (r *Relay) Port() int { return r.listener.Addr().(*net.TCPAddr).Port }

// Target is where new connections lead to.
func (r *Relay) Target() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.target
}

// Retarget leads all further connections to another target. Those to the former one are cut, so that no client goes on
// with what the caller has just turned it away from.
func (r *Relay) Retarget(target string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cut()
	r.target = target
	r.current, r.cut = context.WithCancel(context.Background())
}

// Close ends the relay and its connections, and waits for that.
func (r *Relay) Close() {
	r.listener.Close()
	r.mu.Lock()
	r.cut()
	r.mu.Unlock()
	r.work.Wait()
}

func (r *Relay) accept() {
	for {
		client, err := r.listener.AcceptTCP()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			time.Sleep(acceptPause)
			continue
		}
		r.mu.Lock()
		ctx, target := r.current, r.target
		r.mu.Unlock()
		r.work.Go(func() { r.lead(ctx, client, target) })
	}
}

// lead joins a client with the target. A client whose target refuses is reset, as it would have been there.
func (r *Relay) lead(ctx context.Context, client *net.TCPConn, target string) {
	server, err := r.dial(ctx, target)
	if err != nil {
		reset(client)
		return
	}
	join(ctx, client, server)
}
