package joblabels

import (
	"maps"
	"testing"
)

const (
	source  = "recurring-job.longhorn.io/source"
	nightly = "recurring-job.longhorn.io/nightly"
	hourly  = "recurring-job.longhorn.io/hourly"
	group   = "recurring-job-group.longhorn.io/default"
	enabled = "enabled"
)

func TestFollowed(t *testing.T) {
	for _, c := range []struct {
		name                string
		volume, claim, want map[string]string
	}{
		{
			"a claim that is the source",
			map[string]string{"app": "photos", hourly: enabled, group: enabled},
			map[string]string{"team": "storage", source: enabled, nightly: enabled},
			map[string]string{"app": "photos", nightly: enabled},
		},
		{
			"a source without jobs",
			map[string]string{"app": "photos", hourly: enabled},
			map[string]string{source: enabled},
			map[string]string{"app": "photos"},
		},
		{
			"a claim that is not the source",
			map[string]string{hourly: enabled},
			map[string]string{nightly: enabled},
			map[string]string{hourly: enabled},
		},
		{"a volume without labels", nil, map[string]string{source: enabled, nightly: enabled}, map[string]string{nightly: enabled}},
	} {
		if got := followed(c.volume, c.claim); !maps.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
