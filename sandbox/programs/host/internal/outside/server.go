package outside

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
	"longhorn-s3/sandbox/host/internal/link"
)

// maxSocketPath is the longest path that a unix socket can have on Linux (unix(7)).
const maxSocketPath = 107

// listen makes the control API's socket, for this user alone. The caller holds the directory's lock, so a socket that is
// there already is a dead one.
func listen(directory string) (net.Listener, error) {
	path := filepath.Join(directory, "host.sock")
	if len(path) > maxSocketPath {
		return nil, fmt.Errorf("The path %s has %d characters and a socket's may have %d: use a shorter directory.",
			path, len(path), maxSocketPath)
	}
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, fmt.Errorf("The old control socket is in the way: %v.", err)
	}
	former := unix.Umask(0o177)
	defer unix.Umask(former)
	listener, err := net.Listen("unix", path)
	if err != nil {
		return nil, fmt.Errorf("The control socket cannot be made: %v.", err)
	}
	return listener, nil
}

// host is the state behind GET /v1/host and what the other calls change.
type host struct {
	directory string
	startedAt time.Time
	detached  atomic.Bool
	// stop begins the end of the sandbox; ended is closed once nothing inside is left.
	stop  func()
	ended <-chan struct{}
}

// handler is the control API.
func (h *host) handler(inner *link.Outside, relays *relays) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /v1/host", api.Handler(h.describe))
	mux.Handle("POST /v1/detach", api.Handler(func(*http.Request) (any, error) {
		h.detached.Store(true)
		return struct{}{}, nil
	}))
	mux.Handle("POST /v1/stop", api.Handler(func(*http.Request) (any, error) {
		h.stop()
		<-h.ended
		return struct{}{}, nil
	}))
	relays.handle(mux)
	processes := insideAPI(inner)
	mux.Handle("/v1/processes", processes)
	mux.Handle("/v1/processes/", processes)
	mux.Handle("/", api.Unknown)
	return mux
}

func (h *host) describe(*http.Request) (any, error) {
	return struct {
		Directory string `json:"directory"`
		PID       int    `json:"pid"`
		Detached  bool   `json:"detached"`
		StartedAt string `json:"startedAt"`
	}{h.directory, os.Getpid(), h.detached.Load(), api.Time(h.startedAt)}, nil
}

// insideAPI passes calls on to the part inside.
func insideAPI(inner *link.Outside) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.URL.Scheme, r.Out.URL.Host = "http", "inside" },
		Transport: transport(inner),
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			api.WriteError(w, api.Problemf(http.StatusBadGateway, "The part inside the namespaces did not answer: %v.", err))
		},
	}
}

func transport(inner *link.Outside) *http.Transport {
	return &http.Transport{
		DialContext: func(context.Context, string, string) (net.Conn, error) { return inner.Connect() },
	}
}
