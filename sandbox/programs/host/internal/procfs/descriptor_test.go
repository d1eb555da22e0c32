package procfs

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

func TestParsePID(t *testing.T) {
	got, err := parsePID("pos:\t0\nflags:\t02000002\nmnt_id:\t15\nPid:\t4711\nNSpid:\t4711\t9\n")
	if err != nil || got != 4711 {
		t.Errorf("got %d, %v", got, err)
	}
	for _, text := range []string{"", "pos:\t0\n", "Pid:\t-1\n", "Pid:\tx\n", "NSpid:\t4711\t9\n"} {
		if got, err := parsePID(text); err == nil {
			t.Errorf("%q gave %d", text, got)
		}
	}
}

func TestOutsideViewOfThisProcess(t *testing.T) {
	view, err := NewOutsideView()
	if err != nil {
		t.Fatal(err)
	}
	pidfd, err := unix.PidfdOpen(os.Getpid(), 0)
	if err != nil {
		t.Fatal(err)
	}
	defer unix.Close(pidfd)
	if got, err := view.PID(pidfd); err != nil || got != os.Getpid() {
		t.Errorf("got %d, %v; want %d", got, err, os.Getpid())
	}
	if got, err := view.PID(-1); err == nil {
		t.Errorf("no pidfd gave %d", got)
	}
}
