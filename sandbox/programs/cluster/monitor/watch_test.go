package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"testing"
	"time"

	"longhorn-s3/sandbox/cluster/node/identity"
)

// on is a process on a volume, of a pod, or of none when podUID is empty. Each pod has one container.
func on(volume string, pid int, podUID string) process {
	p := process{PID: pid, Generation: "generation-1", volume: volume, mountNamespace: "mnt:" + podUID}
	if podUID != "" {
		p.Container = identity.Container{Node: "node1", Namespace: "photos", Pod: "pod-" + podUID, PodUID: podUID, Name: "s3gw"}
	}
	return p
}

// in is the same in another container.
func in(container string, p process) process {
	p.mountNamespace = container
	return p
}

// look answers kind, volume and PIDs of each alarm.
func look(w *watch, gone []string, processes ...process) (alarms [][]any) {
	set := map[string]bool{}
	for _, uid := range gone {
		set[uid] = true
	}
	for _, a := range w.look(processes, set, time.Unix(0, 0)) {
		entry := []any{a.Alarm, a.Volume}
		for _, p := range a.Processes {
			entry = append(entry, p.PID)
		}
		alarms = append(alarms, entry)
	}
	return alarms
}

func expect(t *testing.T, got [][]any, want ...[]any) {
	t.Helper()
	if len(got) != len(want) || (len(want) > 0 && !reflect.DeepEqual(got, want)) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOneContainerAVolumeIsNoAlarm(t *testing.T) {
	var w watch
	expect(t, look(&w, nil))
	expect(t, look(&w, nil, on("a", 1, "x"), on("b", 2, "y")))
	expect(t, look(&w, nil, on("a", 1, "x"), on("a", 3, "x"))) // its child
	child := on("a", 4, "")
	expect(t, look(&w, nil, on("a", 1, "x"), in("mnt:x", child))) // a child that does not know whose it is
	var names []string
	for _, a := range (&watch{}).look([]process{in("mnt:x", on("a", 2, "")), on("a", 3, "x"), on("a", 4, "y")}, nil, time.Time{}) {
		for _, p := range a.Processes {
			names = append(names, p.Pod)
		}
	}
	if fmt.Sprint(names) != "[pod-x pod-y]" { // whatever its number
		t.Errorf("pods %v", names)
	}
}

func TestTwoContainersOnOneVolumeAreReportedOnceWhileItLasts(t *testing.T) {
	var w watch
	two := []any{twoProcesses, "a", 1, 2}
	expect(t, look(&w, nil, on("a", 1, "x"), on("a", 2, "y"), on("b", 9, "z")), two)
	expect(t, look(&w, nil, on("a", 2, "y"), on("a", 1, "x")))
	expect(t, look(&w, nil, on("a", 1, "x"), on("a", 2, "y"), on("a", 3, "z")), []any{twoProcesses, "a", 1, 2, 3})
	expect(t, look(&w, nil, on("a", 1, "x"), on("a", 3, "z"))) // one has left, nothing begins
	expect(t, look(&w, nil, on("a", 1, "x")))
	expect(t, look(&w, nil, on("a", 1, "x"), on("a", 2, "y")), two)
}

func TestTheSameContainerBeforeAndAfterARestartIsTwo(t *testing.T) {
	expect(t, look(&watch{}, nil, on("a", 1, "x"), in("mnt:again", on("a", 2, "x"))), []any{twoProcesses, "a", 1, 2})
}

func TestAWriterThatBelongsToNoContainerCounts(t *testing.T) {
	intruder := in("mnt:intruder", on("a", 5, ""))
	expect(t, look(&watch{}, nil, on("a", 1, "x"), intruder), []any{twoProcesses, "a", 1, 5})
	expect(t, look(&watch{}, []string{""}, intruder))
}

func TestAPodIsGoneWhenTwoLooksInARowSaySo(t *testing.T) {
	var w watch
	gone := []string{"x"}
	expect(t, look(&w, gone, on("a", 1, "x")))
	expect(t, look(&w, nil, on("a", 1, "x"))) // or the API server did not answer
	expect(t, look(&w, gone, on("a", 1, "x")))
	expect(t, look(&w, gone, on("a", 1, "x")), []any{podIsGone, "a", 1})
	expect(t, look(&w, gone, on("a", 1, "x")))
	expect(t, look(&w, gone))
	expect(t, look(&w, gone, on("b", 2, "x")), []any{podIsGone, "b", 2})
}

func TestBothAtOnceWhenAnIsolatedNodeGoesOn(t *testing.T) {
	var w watch
	expect(t, look(&w, []string{"old"}, on("a", 1, "old"), on("a", 2, "new")), []any{twoProcesses, "a", 1, 2})
	expect(t, look(&w, []string{"old"}, on("a", 1, "old"), on("a", 2, "new")), []any{podIsGone, "a", 1})
}

func TestALineSaysWhoAndWhere(t *testing.T) {
	alarms := (&watch{}).look([]process{on("pvc-1", 1, "x"), on("pvc-1", 2, "y")}, nil, time.UnixMilli(1))
	line, err := json.Marshal(alarms[0])
	want := `{"time":"1970-01-01T00:00:00.001Z","alarm":"two-processes-on-one-volume","volume":"pvc-1","processes":[` +
		`{"pid":1,"node":"node1","namespace":"photos","pod":"pod-x","podUid":"x","container":"s3gw","generation":"generation-1"},` +
		`{"pid":2,"node":"node1","namespace":"photos","pod":"pod-y","podUid":"y","container":"s3gw","generation":"generation-1"}]}`
	if err != nil || string(line) != want {
		t.Errorf("got %s, %v", line, err)
	}
}

// FuzzLook: however processes come and go, an alarm is raised exactly when somebody joins a volume that somebody else is on.
func FuzzLook(f *testing.F) {
	f.Add([]byte{0b01, 0b11, 0b11, 0b10, 0b111, 0b011, 0, 0b110})
	f.Add([]byte{0b11, 0b1100, 0b1111, 0b1, 0b101})
	f.Fuzz(func(t *testing.T, looks []byte) {
		var w watch
		before := byte(0)
		for i, present := range looks {
			var processes []process
			for bit := range 8 {
				if present&(1<<bit) != 0 {
					processes = append(processes, on("a", 100-bit, fmt.Sprint(bit)))
				}
			}
			several := func(set byte) bool { return set&(set-1) != 0 }
			joined := present &^ before
			if !several(before) {
				joined = present
			}
			want := several(present) && joined != 0
			if got := len(look(&w, nil, processes...)) == 1; got != want {
				t.Fatalf("look %d, %08b after %08b: alarm %v, want %v", i, present, before, got, want)
			}
			before = present
		}
	})
}
