package volumes

import "slices"

// State says which generation holds a volume's data and who may write where. It is the content of state.json.
type State struct {
	// Current is the generation that holds the volume's data; 0 before the first attachment.
	Current int `json:"current"`
	// StagedBy is the node on which Current is staged; empty once it was unstaged there.
	StagedBy string `json:"stagedBy,omitempty"`
	// Prepared is a copy of Current that was made when StagedBy was cut off; 0 when there is none.
	Prepared int `json:"prepared,omitempty"`
	// Abandoned are the generations into which isolated nodes may still write.
	Abandoned []Abandoned `json:"abandoned,omitempty"`
	// Last is the highest generation that was ever made: a number never comes back.
	Last int `json:"last"`
	// Size is how large the filesystem was last made, in bytes; 0 when it has never grown.
	Size int64 `json:"size,omitempty"`
}

// Abandoned is a generation that another node's attachment has replaced while Node still had it.
type Abandoned struct {
	Generation int    `json:"generation"`
	Node       string `json:"node"`
}

// origin is where the data of the next attachment comes from.
type origin int

const (
	asItIs   origin = iota // the current generation, as it lies there
	empty                  // a new, empty generation
	copied                 // a copy of the current generation, made now
	prepared               // the copy that was made when the node was cut off
)

// originFor decides where node's attachment takes its data from.
func (s State) originFor(node string) origin {
	switch {
	case s.Current == 0:
		return empty
	case s.StagedBy == "" || s.StagedBy == node:
		return asItIs
	case s.Prepared != 0:
		return prepared
	default:
		return copied
	}
}

// staged is the state once node has staged the volume.
func (s State) staged(node string) State {
	next := s.clone()
	switch s.originFor(node) {
	case empty:
		next.Last++
		next.Current = next.Last
	case copied:
		next.Last++
		next.replaceCurrent(next.Last)
	case prepared:
		next.replaceCurrent(s.Prepared)
	case asItIs:
	}
	next.StagedBy = node
	return next
}

// unstaged is the state once node has let go of everything it had staged: what it abandoned is lost, what it had is free.
// Power loss and a new start come to the same, since no process of node's has survived.
func (s State) unstaged(node string) State {
	next := s.clone()
	next.Abandoned = slices.DeleteFunc(next.Abandoned, func(a Abandoned) bool { return a.Node == node })
	if s.StagedBy == node {
		next.StagedBy, next.Prepared = "", 0
	}
	return next
}

// cutOff is the state once the current generation was copied because node was cut off, and whether a copy has to be made.
func (s State) cutOff(node string) (next State, copyNeeded bool) {
	if s.StagedBy != node || s.Prepared != 0 {
		return s, false
	}
	next = s.clone()
	next.Last++
	next.Prepared = next.Last
	return next, true
}

// rejoined is the state once node is back before anyone else has attached the volume: it goes on where it was.
func (s State) rejoined(node string) State {
	next := s.clone()
	if s.StagedBy == node {
		next.Prepared = 0
	}
	return next
}

// restored is the state once a volume without data has got what another one held, and whether that has to be copied.
func (s State) restored() (next State, copyNeeded bool) {
	if s.Current != 0 {
		return s, false
	}
	next = s.clone()
	next.Last++
	next.Current = next.Last
	return next, true
}

// expanded is the state once the filesystem has grown to that many bytes. It does not shrink.
func (s State) expanded(bytes int64) State {
	next := s.clone()
	next.Size = max(s.Size, bytes)
	return next
}

// has tells whether generation is one that the state names; any other was left behind by a step that was cut short.
func (s State) has(generation int) bool {
	return generation != 0 && (generation == s.Current || generation == s.Prepared ||
		slices.ContainsFunc(s.Abandoned, func(a Abandoned) bool { return a.Generation == generation }))
}

func (s *State) replaceCurrent(generation int) {
	s.Abandoned = append(s.Abandoned, Abandoned{Generation: s.Current, Node: s.StagedBy})
	s.Current, s.Prepared = generation, 0
}

func (s State) clone() State {
	s.Abandoned = slices.Clone(s.Abandoned)
	return s
}

func (s State) equal(other State) bool {
	return s.Current == other.Current && s.StagedBy == other.StagedBy && s.Prepared == other.Prepared && s.Last == other.Last &&
		s.Size == other.Size && slices.Equal(s.Abandoned, other.Abandoned)
}
