// Package link joins the part of the program outside the namespaces with the part inside: a pair of sockets without a
// name, over which the outer part hands in connections to the API inside and gets out TCP connections that were made
// inside. No path leads to it, so no process inside can use it.
package link

import (
	"fmt"
	"net"
	"os"

	"golang.org/x/sys/unix"
)

// Each packet on the link is a request and carries one end of a new pair of sockets.
const (
	// requestAPI: the socket is a connection to the API inside.
	requestAPI = "api"
	// requestDial, followed by IP:PORT: over the socket comes a TCP connection to that address, or why there is none.
	requestDial = "dial "
)

// dialed is the text beside a TCP connection that is handed out; any other text is the reason why there is none.
const dialed = "ok"

// maxPacketBytes is room enough for every request and reason.
const maxPacketBytes = 4096

// New makes a link: the outer part's end, and the file that the process inside inherits as its own.
func New() (*Outside, *os.File, error) {
	outer, inner, err := pair(unix.SOCK_SEQPACKET)
	if err != nil {
		return nil, nil, err
	}
	conn, err := connection(outer)
	if err != nil {
		inner.Close()
		return nil, nil, err
	}
	return &Outside{conn}, inner, nil
}

// pair makes two connected sockets. SOCK_SEQPACKET keeps packets apart and still tells when the other end is gone.
func pair(kind int) (*os.File, *os.File, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, kind|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, fmt.Errorf("making a pair of sockets: %w", err)
	}
	return os.NewFile(uintptr(fds[0]), "link"), os.NewFile(uintptr(fds[1]), "link"), nil
}

// connection takes a file over as a unix socket.
func connection(file *os.File) (*net.UnixConn, error) {
	defer file.Close()
	conn, err := net.FileConn(file)
	if err != nil {
		return nil, err
	}
	unixConn, ok := conn.(*net.UnixConn)
	if !ok {
		conn.Close()
		return nil, fmt.Errorf("the link is a %T, not a unix socket", conn)
	}
	return unixConn, nil
}

// receive reads one packet with at most one file. The file is nil when none came along.
func receive(conn *net.UnixConn) (string, *os.File, error) {
	packet := make([]byte, maxPacketBytes)
	control := make([]byte, unix.CmsgSpace(4))
	n, controlBytes, _, _, err := conn.ReadMsgUnix(packet, control)
	if err != nil {
		return "", nil, err
	}
	file, err := fileOf(control[:controlBytes])
	return string(packet[:n]), file, err
}

func fileOf(control []byte) (*os.File, error) {
	messages, err := unix.ParseSocketControlMessage(control)
	if err != nil || len(messages) == 0 {
		return nil, err
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(fds) == 0 {
		return nil, err
	}
	return os.NewFile(uintptr(fds[0]), "received"), nil
}

// send writes one packet with a file, which stays the caller's.
func send(conn *net.UnixConn, text string, fd int) error {
	_, _, err := conn.WriteMsgUnix([]byte(text), unix.UnixRights(fd), nil)
	return err
}
