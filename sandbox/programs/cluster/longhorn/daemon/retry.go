package daemon

import (
	"context"
	"errors"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
)

// retried calls f until it succeeds, for half a minute: what it asks may not be there yet, or may be written by another
// manager at the same moment. The error is the last one.
func retried(ctx context.Context, f func() error) error {
	return retriedFor(ctx, 30*time.Second, f)
}

func retriedFor(ctx context.Context, limit time.Duration, f func() error) error {
	var last error
	err := wait.PollUntilContextTimeout(ctx, 300*time.Millisecond, limit, true, func(context.Context) (bool, error) {
		last = f()
		return last == nil, nil
	})
	if err != nil {
		return errors.Join(last, ctx.Err())
	}
	return nil
}
