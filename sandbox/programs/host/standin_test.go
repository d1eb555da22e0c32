package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// freeAddress is one of 127.0.0.1 that was free a moment ago.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// endAfterSIGTERM gives the exit code.
func endAfterSIGTERM(t *testing.T, command *exec.Cmd) int {
	t.Helper()
	if err := command.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = command.Wait()
	return command.ProcessState.ExitCode()
}

func TestAnswer(t *testing.T) {
	address := freeAddress(t)
	command := exec.Command(hostProgram, "answer", "--address="+address)
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/healthz", "/", "/any/thing?else"} {
		var response *http.Response
		var err error
		for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
			if response, err = http.Get("http://" + address + path); err == nil || time.Now().After(end) {
				break
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(response.Body)
		response.Body.Close()
		if response.StatusCode != 200 || string(body) != "ok" {
			t.Errorf("%s: %d %q", path, response.StatusCode, body)
		}
	}
	output, err := exec.Command(hostProgram, "answer", "--address="+address).CombinedOutput()
	if err == nil || !strings.Contains(string(output), "address already in use") {
		t.Errorf("a second one: %q, %v", output, err)
	}
	if code := endAfterSIGTERM(t, command); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

func TestWaitForEndsWith200(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch requests.Add(1) {
		case 1:
			w.WriteHeader(http.StatusServiceUnavailable)
		case 2:
			<-r.Context().Done() // longer than the client waits
		}
	}))
	defer server.Close()
	if output, err := exec.Command(hostProgram, "wait-for", server.URL+"/v1").CombinedOutput(); err != nil {
		t.Errorf("%v: %s", err, output)
	}
	if got := requests.Load(); got != 3 {
		t.Errorf("%d requests", got)
	}
}

func TestWaitForWithoutAnAnswer(t *testing.T) {
	command := exec.Command(hostProgram, "wait-for", "http://"+freeAddress(t)+"/v1")
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	if code := endAfterSIGTERM(t, command); code != 1 {
		t.Errorf("exit code %d", code)
	}
	for _, target := range []string{"longhorn-backend:9500", "/v1", "ftp://a/b", "http://"} {
		if output, err := exec.Command(hostProgram, "wait-for", target).CombinedOutput(); err == nil ||
			!strings.Contains(string(output), "give a URL") {
			t.Errorf("%s: %v, %q", target, err, output)
		}
	}
}
