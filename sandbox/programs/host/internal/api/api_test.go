package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func call(handler http.Handler, method, path, body string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	mux.Handle("PUT /things/{name}", handler)
	mux.Handle("/", Unknown)
	recorder := httptest.NewRecorder()
	mux.ServeHTTP(recorder, httptest.NewRequest(method, path, strings.NewReader(body)))
	return recorder
}

func TestAnswers(t *testing.T) {
	echo := Handler(func(r *http.Request) (any, error) {
		name, err := Name(r)
		if err != nil {
			return nil, err
		}
		body, err := Body[struct {
			Size int `json:"size"`
		}](r)
		if body.Size == 13 {
			return nil, errors.New("thirteen")
		}
		return map[string]any{"name": name, "size": body.Size}, err
	})
	tests := []struct {
		name, method, path, body string
		status                   int
		answer                   string
	}{
		{"fits", "PUT", "/things/a-1.b", `{"size":3}`, 200, `{"name":"a-1.b","size":3}`},
		{"longest name", "PUT", "/things/" + strings.Repeat("a", 63), `{}`, 200, `{"name":"` + strings.Repeat("a", 63) + `","size":0}`},
		{"name too long", "PUT", "/things/" + strings.Repeat("a", 64), `{}`, 400, `use 1 to 63 of a-z`},
		{"capital in the name", "PUT", "/things/Kubelet", `{}`, 400, `{"error":"The name \"Kubelet\" is not allowed`},
		{"path in the name", "PUT", "/things/..%2Fa", `{}`, 400, `is not allowed`},
		{"unknown key", "PUT", "/things/a", `{"sizes":3}`, 400, `unknown field \"sizes\"`},
		{"no JSON", "PUT", "/things/a", `size=3`, 400, `{"error":"The body of PUT /things/a is not as expected`},
		{"any error", "PUT", "/things/a", `{"size":13}`, 500, `{"error":"thirteen"}`},
		{"unknown call", "GET", "/things/a", ``, 404, `{"error":"GET /things/a is not a call of this API."}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := call(echo, test.method, test.path, test.body)
			if got.Code != test.status || !strings.Contains(got.Body.String(), test.answer) {
				t.Errorf("got %d %s", got.Code, got.Body)
			}
			if kind := got.Header().Get("Content-Type"); kind != "application/json" {
				t.Errorf("Content-Type %s", kind)
			}
		})
	}
}

func TestTime(t *testing.T) {
	moment := time.Date(2026, 3, 4, 5, 6, 7, 89_999_999, time.FixedZone("", 3600))
	if got := Time(moment); got != "2026-03-04T04:06:07.089Z" {
		t.Errorf("got %s", got)
	}
}
