package link

import (
	"context"
	"errors"
	"fmt"
	"net"
	"time"

	"golang.org/x/sys/unix"
)

// Outside is the outer part's end of the link.
type Outside struct{ conn *net.UnixConn }

// Close ends the link. The part inside, which is the first process there, ends when it sees that.
func (o *Outside) Close() error { return o.conn.Close() }

// Connect makes a connection to the API inside.
func (o *Outside) Connect() (net.Conn, error) { return o.request(requestAPI, unix.SOCK_STREAM) }

// Dial makes a TCP connection inside to target (IP:PORT) and hands it out.
func (o *Outside) Dial(ctx context.Context, target string) (*net.TCPConn, error) {
	answers, err := o.request(requestDial+target, unix.SOCK_SEQPACKET)
	if err != nil {
		return nil, err
	}
	defer answers.Close()
	stop := context.AfterFunc(ctx, func() { answers.SetDeadline(time.Unix(1, 0)) })
	defer stop()

	text, file, err := receive(answers)
	if err != nil {
		return nil, fmt.Errorf("connecting to %s: %w", target, err)
	}
	if file == nil {
		return nil, errors.New(text)
	}
	defer file.Close()
	conn, err := net.FileConn(file)
	if err != nil {
		return nil, err
	}
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		conn.Close()
		return nil, fmt.Errorf("connecting to %s gave a %T instead of a TCP connection", target, conn)
	}
	return tcp, nil
}

// request sends a request with one end of a new pair of sockets and gives the other end.
func (o *Outside) request(text string, kind int) (*net.UnixConn, error) {
	mine, theirs, err := pair(kind)
	if err != nil {
		return nil, err
	}
	defer theirs.Close()
	conn, err := connection(mine)
	if err != nil {
		return nil, err
	}
	if err := send(o.conn, text, int(theirs.Fd())); err != nil {
		conn.Close()
		return nil, fmt.Errorf("asking the part inside: %w", err)
	}
	return conn, nil
}
