package outside

import (
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
	"longhorn-s3/sandbox/host/internal/relay"
)

// relays are the TCP relays by name.
type relays struct {
	dial relay.Dial

	mu     sync.Mutex
	byName map[string]*relay.Relay
}

func newRelays(dial relay.Dial) *relays {
	return &relays{dial: dial, byName: map[string]*relay.Relay{}}
}

// relayEntry is a relay as the API shows it: 127.0.0.1:Port outside leads to Target inside.
type relayEntry struct {
	Name   string `json:"name"`
	Target string `json:"target"`
	Port   int    `json:"port"`
}

func (r *relays) handle(mux *http.ServeMux) {
	mux.Handle("GET /v1/relays", api.Handler(func(*http.Request) (any, error) { return r.list(), nil }))
	mux.Handle("PUT /v1/relays/{name}", api.Handler(func(request *http.Request) (any, error) {
		name, err := api.Name(request)
		if err != nil {
			return nil, err
		}
		body, err := api.Body[relayBody](request)
		if err != nil {
			return nil, err
		}
		return r.put(name, body)
	}))
}

// relayBody asks for a relay.
type relayBody struct {
	// Target is IP:PORT inside.
	Target string `json:"target"`
	// Port is the one on 127.0.0.1. Default: the relay's present one, or for a new relay a free one.
	Port int `json:"port"`
}

func (b relayBody) check() error {
	target, err := netip.ParseAddrPort(b.Target)
	if err != nil || target.Port() == 0 {
		return api.Problemf(http.StatusBadRequest,
			"The target %q is not an IP address and a port, as in 10.96.0.7:80.", b.Target)
	}
	if b.Port < 0 || b.Port > 65535 {
		return api.Problemf(http.StatusBadRequest,
			"The port %d is not one: it must be between 1 and 65535, or 0 for a free one.", b.Port)
	}
	return nil
}

func (r *relays) put(name string, body relayBody) (relayEntry, error) {
	if err := body.check(); err != nil {
		return relayEntry{}, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	present, isKnown := r.byName[name]
	switch {
	case !isKnown:
		made, err := relay.Listen(body.Port, body.Target, r.dial)
		if errors.Is(err, unix.EADDRINUSE) {
			return relayEntry{}, api.Problemf(http.StatusConflict,
				"Port %d of 127.0.0.1 is in use: choose another one, or 0 for a free one.", body.Port)
		}
		if err != nil {
			return relayEntry{}, api.Problemf(http.StatusBadRequest, "127.0.0.1:%d cannot be listened on: %v.", body.Port, err)
		}
		r.byName[name], present = made, made
	case body.Port != 0 && body.Port != present.Port():
		return relayEntry{}, api.Problemf(http.StatusConflict,
			"The relay %s has port %d and keeps it: ask for that, or for 0.", name, present.Port())
	case body.Target != present.Target():
		present.Retarget(body.Target)
	}
	return entryOf(name, present), nil
}

func (r *relays) list() []relayEntry {
	r.mu.Lock()
	defer r.mu.Unlock()
	entries := make([]relayEntry, 0, len(r.byName))
	for name, present := range r.byName {
		entries = append(entries, entryOf(name, present))
	}
	slices.SortFunc(entries, func(a, b relayEntry) int { return strings.Compare(a.Name, b.Name) })
	return entries
}

func entryOf(name string, r *relay.Relay) relayEntry {
	return relayEntry{Name: name, Target: r.Target(), Port: r.Port()}
}

func (r *relays) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, present := range r.byName {
		present.Close()
	}
}
