// Package api is the dialect of the control API: JSON in, JSON out, errors as {"error": "a sentence"} with a status of
// 400 or more.
package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"time"
)

// Problem is an error with the HTTP status that it is answered with.
type Problem struct {
	Status   int
	Sentence string
}

func (p *Problem) Error() string { return p.Sentence }

// Problemf makes a Problem from a format.
func Problemf(status int, format string, arguments ...any) error {
	return &Problem{Status: status, Sentence: fmt.Sprintf(format, arguments...)}
}

// Handler answers one call: with what it returns as JSON, or with its error (status 500 unless it is a Problem).
type Handler func(*http.Request) (any, error)

func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	answer, err := h(r)
	if err != nil {
		WriteError(w, err)
		return
	}
	write(w, http.StatusOK, answer)
}

// WriteError answers with an error.
func WriteError(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	if problem := (*Problem)(nil); errors.As(err, &problem) {
		status = problem.Status
	}
	write(w, status, map[string]string{"error": err.Error()})
}

// Unknown answers every call that the API does not have.
var Unknown = Handler(func(r *http.Request) (any, error) {
	return nil, Problemf(http.StatusNotFound, "%s %s is not a call of this API.", r.Method, r.URL.Path)
})

func write(w http.ResponseWriter, status int, answer any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The caller may be gone by now: nobody is left to tell.
	_ = json.NewEncoder(w).Encode(answer)
}

// maxBodyBytes is far above any argument list and environment that Linux would accept.
const maxBodyBytes = 4 << 20

// Body reads a call's JSON body. Unknown keys are refused, so that a misspelt one does not silently take its default.
func Body[T any](r *http.Request) (T, error) {
	var body T
	decoder := json.NewDecoder(io.LimitReader(r.Body, maxBodyBytes))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&body); err != nil {
		return body, Problemf(http.StatusBadRequest, "The body of %s %s is not as expected: %v.", r.Method, r.URL.Path, err)
	}
	return body, nil
}

var namePattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$`)

// Name is the NAME in the path of a call: like a Kubernetes object's, at most 63 characters.
func Name(r *http.Request) (string, error) {
	name := r.PathValue("name")
	if !namePattern.MatchString(name) {
		return "", Problemf(http.StatusBadRequest,
			"The name %q is not allowed: use 1 to 63 of a-z, 0-9, '-' and '.', with a letter or digit at both ends.", name)
	}
	return name, nil
}

// Time is a moment as the API writes it: ISO 8601 in UTC with milliseconds.
func Time(moment time.Time) string { return moment.UTC().Format("2006-01-02T15:04:05.000Z") }
