package relay

import (
	"context"
	"io"
	"net"
	"sync"
)

// join copies both ways until both sides have finished, one has failed, or the context ends. An end of one direction is
// passed on as such (half-close); a failure resets both connections, so that nobody takes a cut-off answer for a whole
// one.
func join(ctx context.Context, client, server *net.TCPConn) {
	cut := sync.OnceFunc(func() {
		reset(client)
		reset(server)
	})
	stop := context.AfterFunc(ctx, cut)
	defer stop()

	var directions sync.WaitGroup
	for _, direction := range []struct{ from, to *net.TCPConn }{{client, server}, {server, client}} {
		directions.Go(func() {
			if _, err := io.Copy(direction.to, direction.from); err != nil {
				cut()
				return
			}
			// Fails only if the connection is gone already, which the other direction sees as well.
			_ = direction.to.CloseWrite()
		})
	}
	directions.Wait()
	client.Close()
	server.Close()
}

// reset closes a connection such that the other side sees an error, not an end.
func reset(conn *net.TCPConn) {
	_ = conn.SetLinger(0)
	conn.Close()
}
