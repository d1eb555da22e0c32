package outside

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
)

// base is what a host stands on.
type base struct {
	held     *lock
	listener net.Listener
	inner    *insidePart
}

// begin takes the directory, its control socket and the namespaces, or leaves nothing behind.
func begin(directory string, stderr *os.File) (*base, error) {
	b := &base{}
	if err := b.take(directory, stderr); err != nil {
		b.abandon()
		return nil, err
	}
	return b, nil
}

func (b *base) take(directory string, stderr *os.File) (err error) {
	if err = checkDirectory(directory); err != nil {
		return err
	}
	if b.held, err = lockDirectory(directory, endingLimit); err != nil {
		return err
	}
	if b.listener, err = listen(directory); err != nil {
		return err
	}
	if b.inner, err = spawn(directory, stderr); err != nil {
		return err
	}
	first, err := b.inner.holder()
	if err != nil {
		return fmt.Errorf("The first process inside cannot be found: %v.", err)
	}
	if err := b.held.record(first); err != nil {
		return fmt.Errorf("%s cannot be written: %v.", b.held.file.Name(), err)
	}
	return b.inner.awaitReady()
}

func (b *base) abandon() {
	if b.inner != nil {
		b.inner.kill()
		<-b.inner.gone
	}
	b.leave()
}

// leave gives the control socket and the directory back, in this order: a socket of another host must not be removed.
func (b *base) leave() {
	if b.listener != nil {
		b.listener.Close()
	}
	if b.held != nil {
		b.held.release()
	}
}

func checkDirectory(directory string) error {
	if !filepath.IsAbs(directory) {
		return fmt.Errorf("--directory=%s is not an absolute path.", directory)
	}
	info, err := os.Stat(directory)
	if err != nil {
		return fmt.Errorf("The sandbox's directory cannot be used: %v.", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("--directory=%s is not a directory.", directory)
	}
	return nil
}
