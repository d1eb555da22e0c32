package hosts

import (
	"context"
	"errors"
	"log"
	"os"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

// Several Services often change together.
const settle = 100 * time.Millisecond

// Files are the hosts files of all namespaces that have pods here. Containers have them mounted, so they are rewritten in place.
type Files struct {
	directory string
	services  func() ([]*corev1.Service, error)

	mutex   sync.Mutex
	written map[string]string // by namespace
}

// Follow keeps the files in directory up to date until ctx ends. It returns once all Services are known.
func Follow(ctx context.Context, client kubernetes.Interface, directory string) (*Files, error) {
	if err := os.MkdirAll(directory, 0o755); err != nil {
		return nil, err
	}
	factory := informers.NewSharedInformerFactory(client, 0)
	informer := factory.Core().V1().Services()
	changed := make(chan struct{}, 1)
	notice := func() {
		select {
		case changed <- struct{}{}:
		default: // noticed already
		}
	}
	_, err := informer.Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc: func(any) { notice() }, UpdateFunc: func(any, any) { notice() }, DeleteFunc: func(any) { notice() },
	})
	if err != nil {
		return nil, err
	}
	files := newFiles(directory, informer.Lister())
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	go files.follow(ctx, changed)
	return files, ctx.Err()
}

func newFiles(directory string, lister corelisters.ServiceLister) *Files {
	return &Files{
		directory: directory, written: map[string]string{},
		services: func() ([]*corev1.Service, error) { return lister.List(labels.Everything()) },
	}
}

func (f *Files) follow(ctx context.Context, changed <-chan struct{}) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-changed:
			time.Sleep(settle)
			if err := f.update(); err != nil {
				log.Printf("hosts files: %v", err)
			}
		}
	}
}

// For answers the hosts file of a namespace.
func (f *Files) For(namespace string) (string, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	return filepath.Join(f.directory, namespace), f.write(namespace)
}

func (f *Files) update() error {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	var failures []error
	for namespace := range f.written {
		failures = append(failures, f.write(namespace))
	}
	return errors.Join(failures...)
}

func (f *Files) write(namespace string) error {
	services, err := f.services()
	if err != nil {
		return err
	}
	text := content(services, namespace)
	if before, ok := f.written[namespace]; ok && before == text {
		return nil
	}
	if err := overwrite(filepath.Join(f.directory, namespace), text); err != nil {
		return err
	}
	f.written[namespace] = text
	return nil
}

// overwrite replaces a file's content and keeps the file. It is never empty meanwhile: a reader would find no name at all.
func overwrite(path, text string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	if _, err := file.WriteAt([]byte(text), 0); err != nil {
		file.Close()
		return err
	}
	if err := file.Truncate(int64(len(text))); err != nil {
		file.Close()
		return err
	}
	return file.Close()
}
