package link

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

// DialTimeout is how long a TCP connection may take to come about. All traffic stays on one machine, where packets go
// unanswered only if a Service has no endpoint or the target's accept queue is full.
const DialTimeout = 2 * time.Second

// Inside is the inner part's end of the link: a net.Listener of connections to the API inside.
type Inside struct {
	conn   *net.UnixConn
	api    chan net.Conn
	closed chan struct{}
}

// NewInside takes over the file that the process inherited.
func NewInside(file *os.File) (*Inside, error) {
	conn, err := connection(file)
	if err != nil {
		return nil, err
	}
	return &Inside{conn: conn, api: make(chan net.Conn), closed: make(chan struct{})}, nil
}

// Serve answers requests until the outer part is gone; its error says how that was seen.
func (i *Inside) Serve() error {
	defer close(i.closed)
	for {
		text, file, err := receive(i.conn)
		if err != nil {
			return err
		}
		if file == nil {
			return errors.New("a request without a socket")
		}
		conn, err := connection(file)
		if err != nil {
			return err
		}
		if target, isDial := strings.CutPrefix(text, requestDial); isDial {
			go answerDial(conn, target)
			continue
		}
		i.api <- conn
	}
}

// Accept gives the next connection to the API.
func (i *Inside) Accept() (net.Conn, error) {
	select {
	case conn := <-i.api:
		return conn, nil
	case <-i.closed:
		return nil, net.ErrClosed
	}
}

// Close ends the link from this side.
func (i *Inside) Close() error { return i.conn.Close() }

// Addr is part of net.Listener.
func (i *Inside) Addr() net.Addr { return i.conn.LocalAddr() }

func answerDial(answers *net.UnixConn, target string) {
	defer answers.Close()
	ctx, cancel := context.WithTimeout(context.Background(), DialTimeout)
	defer cancel()
	// Whether the outer part still wants the answer shows only when it is sent: there is nothing to do about an error.
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", target)
	if err != nil {
		_, _ = answers.Write([]byte(err.Error()))
		return
	}
	defer conn.Close()
	if err := handOut(answers, conn); err != nil {
		_, _ = answers.Write([]byte(err.Error()))
	}
}

func handOut(answers *net.UnixConn, conn net.Conn) error {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return fmt.Errorf("a %T instead of a TCP connection", conn)
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return err
	}
	var sent error
	if err := raw.Control(func(fd uintptr) { sent = send(answers, dialed, int(fd)) }); err != nil {
		return err
	}
	return sent
}
