package volume

import (
	longhorn "github.com/longhorn/longhorn-manager/k8s/pkg/apis/longhorn/v1beta2"
)

// size is how large a volume's engine is and what is being done about it, in bytes.
type size struct {
	asked     int64 // engine.spec.volumeSize
	current   int64 // engine.status.currentSize; 0 = it does not run
	expanding bool  // engine.status.isExpanding
	required  bool  // volume.status.expansionRequired: Longhorn attaches a detached volume for it
}

func sizeOf(v *longhorn.Volume, e *longhorn.Engine) size {
	return size{
		asked:     e.Spec.VolumeSize,
		current:   e.Status.CurrentSize,
		expanding: e.Status.IsExpanding,
		required:  v.Status.ExpansionRequired,
	}
}

// next is one step of an expansion: the engine is asked, it begins, it is done, the volume knows. An engine that does not run can only
// be asked, and one that starts has the size that it was asked for. The volume's data has no size: it lies in a directory.
func (s size) next(wanted int64, runs bool) size {
	if !runs {
		s.current, s.expanding = 0, false
	} else if s.current == 0 {
		s.current = s.asked
	}
	switch {
	case s.asked != wanted:
		s.asked, s.required = wanted, true
	case !runs:
	case s.expanding:
		s.current, s.expanding = s.asked, false
	case s.current < s.asked:
		s.expanding = true
	default:
		s.required = false
	}
	return s
}
