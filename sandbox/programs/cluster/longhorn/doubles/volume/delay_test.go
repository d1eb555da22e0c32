package volume

import (
	"strings"
	"testing"
	"time"
)

func TestParseDelay(t *testing.T) {
	for text, want := range map[string]Delay{
		"3s":         {3 * time.Second, 3 * time.Second},
		"1s-2s":      {time.Second, 2 * time.Second},
		"200ms-1m0s": {200 * time.Millisecond, time.Minute},
		"0s":         {},
	} {
		if got, err := ParseDelay(text); err != nil || got != want {
			t.Errorf("ParseDelay(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestParseDelayRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":      "each with a unit",
		"5-15":  "each with a unit",
		"-1s":   "each with a unit",
		"1s-":   "each with a unit",
		"2s-1s": "write 1s-2s",
	} {
		if got, err := ParseDelay(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("ParseDelay(%q) = %v, %v; want an error with %q", text, got, err, says)
		}
	}
}

func TestDrawStaysInRange(t *testing.T) {
	delay := Delay{Least: time.Second, Most: 3 * time.Second}
	least, most := delay.Most, delay.Least
	for range 1000 {
		drawn := delay.draw()
		least, most = min(least, drawn), max(most, drawn)
	}
	if least < delay.Least || most > delay.Most {
		t.Fatalf("drew %v to %v out of %v", least, most, delay)
	}
	if most-least < 1500*time.Millisecond {
		t.Fatalf("1000 draws out of %v lie between %v and %v: not spread over the range", delay, least, most)
	}
}
