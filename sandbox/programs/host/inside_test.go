package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// entry is a process as the API shows it.
type entry struct {
	Name      string
	PID       int
	State     string
	ExitCode  *int
	Signal    *string
	StartedAt string
	EndedAt   *string
	RSSBytes  int64
}

// logOf is the log of a process that a test starts.
func (h *testHost) logOf(name string) string { return filepath.Join(h.directory, name+".log") }

// helper starts a helper inside.
func (h *testHost) helper(name, mode string, arguments ...string) entry {
	h.t.Helper()
	return h.helperWith(name, nil, mode, arguments...)
}

// helperWith starts a helper inside, with more keys in the call's body.
func (h *testHost) helperWith(name string, more map[string]any, mode string, arguments ...string) entry {
	h.t.Helper()
	body := map[string]any{
		"argv": append([]string{helperProgram}, arguments...),
		"env":  map[string]string{helperVariable: mode},
		"log":  h.logOf(name),
	}
	maps.Copy(body, more)
	var started entry
	h.call(200, "PUT", "/v1/processes/"+name, body, &started)
	return started
}

// helperThatSays starts a helper and waits until it has written something to its log.
func (h *testHost) helperThatSays(says, name, mode string, arguments ...string) entry {
	h.t.Helper()
	started := h.helper(name, mode, arguments...)
	h.awaitLog(name, says)
	return started
}

func (h *testHost) awaitLog(name, says string) {
	h.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		log, err := os.ReadFile(h.logOf(name))
		if err == nil && strings.Contains(string(log), says) {
			return
		}
		if time.Now().After(end) {
			h.t.Fatalf("the log of %s is %q, %v: it does not say %q", name, log, err, says)
		}
	}
}

// run runs a helper to its end and reads what it reports.
func (h *testHost) run(report any, name, mode string, arguments ...string) {
	h.t.Helper()
	h.helper(name, mode, arguments...)
	ended := h.wait(name)
	log, err := os.ReadFile(h.logOf(name))
	if err != nil || ended.ExitCode == nil || *ended.ExitCode != 0 {
		h.t.Fatalf("%s ended as %+v and says %q, %v", name, ended, log, err)
	}
	if report == nil {
		return
	}
	if err := json.Unmarshal(log, report); err != nil {
		h.t.Fatalf("%s reports %q: %v", name, log, err)
	}
}

func (h *testHost) wait(name string) entry {
	h.t.Helper()
	var ended entry
	h.call(200, "POST", "/v1/processes/"+name+"/wait", map[string]any{"seconds": 10}, &ended)
	return ended
}

func (h *testHost) signal(name, signal string, group bool) {
	h.t.Helper()
	h.call(200, "POST", "/v1/processes/"+name+"/signal", map[string]any{"signal": signal, "group": group}, nil)
}

func (h *testHost) list() map[string]entry {
	h.t.Helper()
	var entries []entry
	h.call(200, "GET", "/v1/processes", nil, &entries)
	byName := map[string]entry{}
	for _, one := range entries {
		byName[one.Name] = one
	}
	return byName
}
