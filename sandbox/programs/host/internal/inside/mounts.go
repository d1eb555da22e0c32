package inside

import "golang.org/x/sys/unix"

// mountOwnProc keeps all mounts from propagating out or in, and mounts the /proc of the new process namespace.
func mountOwnProc() error {
	if err := unix.Mount("", "/", "", unix.MS_REC|unix.MS_PRIVATE, ""); err != nil {
		return explain("making all mounts private", err)
	}
	if err := unix.Mount("proc", "/proc", "proc", unix.MS_NOSUID|unix.MS_NODEV|unix.MS_NOEXEC, ""); err != nil {
		return explain("mounting /proc", err)
	}
	return nil
}
