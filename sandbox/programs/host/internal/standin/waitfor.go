package standin

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/signal"
	"time"

	"golang.org/x/sys/unix"
)

const (
	// requestTimeout is that of Longhorn's own init container, which runs "curl -m 1".
	requestTimeout = time.Second
	pollPause      = 250 * time.Millisecond
)

// WaitFor stands in for the shell loop of Longhorn's init container wait-longhorn-manager: it ends with 0 once target
// answers with 200, and with 1 at SIGTERM.
func WaitFor(target string, stderr io.Writer) int {
	parsed, err := url.Parse(target)
	if err != nil || parsed.Host == "" || (parsed.Scheme != "http" && parsed.Scheme != "https") {
		fmt.Fprintf(stderr, "wait-for cannot poll %q: give a URL with http:// or https:// and a host.\n", target)
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), unix.SIGTERM, unix.SIGINT)
	defer stop()
	// A connection of its own for each request: a kept one could lead to a pod that is no longer behind the Service.
	client := &http.Client{Timeout: requestTimeout, Transport: &http.Transport{DisableKeepAlives: true}}
	for !answersOK(ctx, client, target) {
		select {
		case <-ctx.Done():
			fmt.Fprintf(stderr, "Ended before %s answered with 200.\n", target)
			return 1
		case <-time.After(pollPause):
		}
	}
	return 0
}

func answersOK(ctx context.Context, client *http.Client, target string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return false
	}
	response, err := client.Do(request)
	if err != nil {
		return false
	}
	response.Body.Close()
	return response.StatusCode == http.StatusOK
}
