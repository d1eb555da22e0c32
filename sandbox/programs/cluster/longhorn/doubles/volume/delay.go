package volume

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Delay is how long one attach or one detach takes. Each is drawn anew, evenly between Least and Most.
type Delay struct {
	Least, Most time.Duration
}

// ParseDelay reads "3s" (always the same) or "1s-2s" (a range), both in Go's duration format.
func ParseDelay(text string) (Delay, error) {
	least, most, isRange := strings.Cut(text, "-")
	if !isRange {
		most = least
	}
	delay := Delay{}
	var err error
	if delay.Least, err = time.ParseDuration(least); err == nil {
		delay.Most, err = time.ParseDuration(most)
	}
	switch {
	case err != nil:
		return Delay{}, fmt.Errorf(`%q is not a delay: write a duration such as "3s" or a range such as "1s-2s", each with a unit (ms, s, m)`, text)
	case delay.Most < delay.Least:
		return Delay{}, fmt.Errorf("%q is not a delay: its end lies before its start; write %s-%s", text, most, least)
	}
	return delay, nil
}

// draw is one delay of the range.
func (d Delay) draw() time.Duration {
	return d.Least + time.Duration(rand.Float64()*float64(d.Most-d.Least))
}
