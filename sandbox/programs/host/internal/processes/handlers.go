package processes

import (
	"net/http"
	"time"

	"golang.org/x/sys/unix"

	"longhorn-s3/sandbox/host/internal/api"
)

// signals are those that the API sends.
var signals = map[string]unix.Signal{
	"SIGTERM": unix.SIGTERM, "SIGKILL": unix.SIGKILL, "SIGSTOP": unix.SIGSTOP, "SIGCONT": unix.SIGCONT,
}

// maxWaitSeconds is a day: longer than anything in a sandbox.
const maxWaitSeconds = 24 * 60 * 60

// Handle adds the table's calls to an API.
func (t *Table) Handle(mux *http.ServeMux) {
	mux.Handle("GET /v1/processes", api.Handler(func(*http.Request) (any, error) { return t.List() }))
	mux.Handle("PUT /v1/processes/{name}", api.Handler(t.handleStart))
	mux.Handle("POST /v1/processes/{name}/signal", api.Handler(t.handleSignal))
	mux.Handle("POST /v1/processes/{name}/wait", api.Handler(t.handleWait))
}

func (t *Table) handleStart(r *http.Request) (any, error) {
	name, err := api.Name(r)
	if err != nil {
		return nil, err
	}
	spec, err := api.Body[Spec](r)
	if err != nil {
		return nil, err
	}
	return t.Start(name, spec)
}

func (t *Table) handleSignal(r *http.Request) (any, error) {
	name, err := api.Name(r)
	if err != nil {
		return nil, err
	}
	body, err := api.Body[struct {
		Signal string `json:"signal"`
		Group  bool   `json:"group"`
	}](r)
	if err != nil {
		return nil, err
	}
	signal, isKnown := signals[body.Signal]
	if !isKnown {
		return nil, api.Problemf(http.StatusBadRequest,
			"The signal %q is not allowed: use SIGTERM, SIGKILL, SIGSTOP or SIGCONT.", body.Signal)
	}
	at, err := t.Signal(name, signal, body.Group)
	if err != nil {
		return nil, err
	}
	return map[string]string{"at": api.Time(at)}, nil
}

func (t *Table) handleWait(r *http.Request) (any, error) {
	name, err := api.Name(r)
	if err != nil {
		return nil, err
	}
	body, err := api.Body[struct {
		Seconds float64 `json:"seconds"`
	}](r)
	if err != nil {
		return nil, err
	}
	if body.Seconds < 0 || body.Seconds > maxWaitSeconds {
		return nil, api.Problemf(http.StatusBadRequest,
			"seconds is %v: it must be between 0 and %d.", body.Seconds, maxWaitSeconds)
	}
	return t.Wait(r.Context(), name, time.Duration(body.Seconds*float64(time.Second)))
}
