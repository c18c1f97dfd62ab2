package funnel

import "github.com/saleskpi/saleskpi/kpi"

// Rework says how much of the work was done again: deals that moved back,
// that came to a stage once more, that were opened again. What is done again
// by the same owner is repeated, by another one redone.
type Rework struct {
	Deals  int64     `json:"deals"`  // all that are looked at
	Moved  int64     `json:"moved"`  // those that moved back at least once
	Share  kpi.Ratio `json:"share"`  // moved back of all deals
	Moves  int64     `json:"moves"`  // from an open stage to another open stage
	Back   int64     `json:"back"`   // those to an earlier stage
	Again  int64     `json:"again"`  // entries into a stage where the deal was before
	Redone int64     `json:"redone"` // those of them under another owner than at the visit before
	Opened int64     `json:"opened"` // times that a deal left an end again

	// Gross is the stages moved forward, Net what is left of them after the
	// moves back: Net ÷ Gross near 1 means that hardly a step was taken twice.
	Gross    int64     `json:"gross"`
	Net      int64     `json:"net"`
	Progress kpi.Ratio `json:"progress"` // net ÷ gross

	Stages []StageRework `json:"stages"` // the open stages in order
}

// StageRework is the rework at one open stage.
type StageRework struct {
	Stage  string    `json:"stage"`
	Deals  int64     `json:"deals"`  // that were in it, by an entry on record
	Visits int64     `json:"visits"` // with those that came again
	Again  int64     `json:"again"`  // visits − deals
	Redone int64     `json:"redone"` // of those under another owner than at the visit before
	Back   int64     `json:"back"`   // left for an earlier stage
	Rate   kpi.Ratio `json:"rate"`   // visits ÷ deals, 1 where nobody came back
}

// Rework counts what was done again. Under [NewLife] each life is looked at on
// its own.
func (a *Analysis) Rework() Rework {
	w := Rework{Deals: int64(len(a.lives)), Stages: make([]StageRework, a.route.open)}
	for i := range w.Stages {
		w.Stages[i].Stage = a.route.stages[i].ID
	}
	for _, l := range a.lives {
		a.rework(&w, l)
	}
	for i := range w.Stages {
		s := &w.Stages[i]
		s.Again = s.Visits - s.Deals
		s.Rate = kpi.RatioOf(s.Visits, s.Deals)
		w.Again, w.Redone = w.Again+s.Again, w.Redone+s.Redone
	}
	w.Share, w.Progress = kpi.RatioOf(w.Moved, w.Deals), kpi.RatioOf(w.Net, w.Gross)
	return w
}

func (a *Analysis) rework(w *Rework, l *life) {
	var seen uint64
	var owner [MostStages]uint32 // at the latest visit to a stage
	before, movedBack := -1, false
	for i, v := range l.visits {
		rank := int(v.rank)
		if rank >= a.route.open {
			continue
		}
		s := &w.Stages[rank]
		s.Visits++
		now := a.ownerAt(l, v.at)
		if seen>>rank&1 == 0 {
			s.Deals++
		} else if owner[rank] != now {
			s.Redone++
		}
		owner[rank], seen = now, seen|1<<rank
		switch {
		case i > 0 && int(l.visits[i-1].rank) >= a.route.open:
			w.Opened++
		case before >= 0:
			w.Moves++
		}
		if before >= 0 {
			w.Net += int64(rank - before)
			w.Gross += max(int64(rank-before), 0)
			if rank < before {
				w.Back, movedBack = w.Back+1, true
				w.Stages[before].Back++
			}
		}
		before = rank
	}
	if movedBack {
		w.Moved++
	}
}

// ownerAt gives the code of the owner at an instant: the latest stated by
// then, else the first stated at all.
func (a *Analysis) ownerAt(l *life, at int64) uint32 {
	owner := uint32(none)
	for _, f := range l.facts {
		if f.kind == isOwner && (owner == none || f.at <= at) {
			owner = f.code
		}
	}
	return owner
}
