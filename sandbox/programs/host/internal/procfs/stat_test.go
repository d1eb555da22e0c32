package procfs

import (
	"errors"
	"io/fs"
	"os"
	"testing"
)

// line is a real one, with the command's name replaced.
func line(command string) string {
	return "4242 (" + command + ") S 17 4200 4100 34816 4242 4194304 1200 0 3 0 10 5 0 0 20 0 7 0 98765 1234567168 2048 " +
		"18446744073709551615 1 1 0 0 0 0 0 4096 81922 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
}

func TestParseStat(t *testing.T) {
	want := Stat{State: 'S', Parent: 17, Group: 4200, Threads: 7, StartTime: 98765, ResidentPages: 2048}
	for _, command := range []string{"sleep", "a b c", "x) Z 1 2 (y", "", ")"} {
		got, err := parseStat(line(command))
		if err != nil || got != want {
			t.Errorf("command %q: got %+v, %v", command, got, err)
		}
	}
}

func TestParseStatRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, text := range []string{"", "1 (a) S 2 3", "1 (a) S x" + line("a")[len("4242 (a) S 17"):], "no brackets at all"} {
		if stat, err := parseStat(text); err == nil {
			t.Errorf("%q gave %+v", text, stat)
		}
	}
}

func TestReadStatOfThisProcess(t *testing.T) {
	stat, err := ReadStat(os.Getpid())
	if err != nil || stat.Parent != os.Getppid() || stat.ResidentPages == 0 || stat.Dead() {
		t.Errorf("got %+v, %v", stat, err)
	}
	all, err := AllStats()
	if err != nil || all[os.Getpid()].StartTime != stat.StartTime {
		t.Errorf("this process is not among all: %v, %v", all[os.Getpid()], err)
	}
}

func TestReadStatOfNobody(t *testing.T) {
	if _, err := ReadStat(0); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestDead(t *testing.T) {
	for stat, want := range map[Stat]bool{
		{State: 'Z', Threads: 1}: true,
		{State: 'X'}:             true,
		{State: 'Z', Threads: 2}: false, // the main thread has ended before the others
		{State: 'S', Threads: 1}: false,
	} {
		if got := stat.Dead(); got != want {
			t.Errorf("%+v: got %v", stat, got)
		}
	}
}
