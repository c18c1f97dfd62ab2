package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Rework says how much of the work was done again: deals that moved back,
// that came to a stage once more, that were opened again. What is done again
// by the same owner is repeated, by another one redone.
type Rework struct {
	Deals  int64 `json:"deals"`  // all that are looked at
	Moved  int64 `json:"moved"`  // those that moved back at least once
	Share  Rate  `json:"share"`  // moved back of all deals
	Moves  int64 `json:"moves"`  // from an open stage to another open stage
	Back   int64 `json:"back"`   // those to an earlier stage
	Again  int64 `json:"again"`  // entries into a stage where the deal was before
	Redone int64 `json:"redone"` // those of them under another owner than at the visit before
	Opened int64 `json:"opened"` // times that a deal left an end again

	// Gross is the stages moved forward, Net what is left of them after the
	// moves back: Net ÷ Gross near 1 means that hardly a step was taken twice.
	Gross    int64 `json:"gross"`
	Net      int64 `json:"net"`
	Progress Rate  `json:"progress"` // net ÷ gross

	Stages   []StageRework   `json:"stages"` // the open stages in order
	Findings []check.Finding `json:"findings"`
}

// StageRework is the rework at one open stage.
type StageRework struct {
	Stage  string `json:"stage"`
	Deals  int64  `json:"deals"`  // that were in it, by an entry on record
	Visits int64  `json:"visits"` // with those that came again
	Again  int64  `json:"again"`  // visits − deals
	Redone int64  `json:"redone"` // of those under another owner than at the visit before
	Back   int64  `json:"back"`   // left for an earlier stage
	Rate   Rate   `json:"rate"`   // visits ÷ deals, 1 where nobody came back
}

// Rework counts what was done again, with the default intervals: see
// [Analysis.ReworkBy].
func (a *Analysis) Rework() Rework { return a.reworkBy(Sampling{}) }

// ReworkBy counts what was done again. Under [NewLife] each life is looked at
// on its own. The interval of Share is one of a share of counted deals; those
// of Progress and of a stage's Rate, which are no shares, come from leaving out
// one deal, or one owner, at a time. Errors are those of the sampling.
func (a *Analysis) ReworkBy(s Sampling) (Rework, error) {
	problems := check.List{Op: "funnel.ReworkBy"}
	s.validate(&problems)
	if err := problems.Err(); err != nil {
		return Rework{}, err
	}
	return a.reworkBy(s), nil
}

func (a *Analysis) reworkBy(sampling Sampling) Rework {
	w := Rework{Deals: int64(len(a.lives)), Stages: make([]StageRework, a.route.open), Findings: []check.Finding{}}
	share, progress, stages := a.newRate(sampling), a.newRate(sampling), make([]*rateTally, a.route.open)
	for i := range w.Stages {
		w.Stages[i].Stage, stages[i] = a.route.stages[i].ID, a.newRate(sampling)
	}
	one := Rework{Stages: make([]StageRework, a.route.open)}
	for _, l := range a.lives {
		one = Rework{Stages: one.Stages}
		clear(one.Stages)
		a.rework(&one, l)
		w.add(one)
		share.count(l, one.Moved > 0)
		if one.Gross > 0 || one.Net != 0 {
			progress.sum(l, kpi.RatioOf(one.Net, one.Gross))
		}
		for i, s := range one.Stages {
			if s.Deals > 0 {
				stages[i].sum(l, kpi.RatioOf(s.Visits, s.Deals))
			}
		}
	}
	for i := range w.Stages {
		w.Stages[i].Rate = stages[i].done(0)
	}
	w.Share, w.Progress = share.done(0), progress.done(0)
	w.Findings = append(w.Findings, w.Share.findings("moved")...)
	return w
}

// add adds the counts of one deal.
func (w *Rework) add(one Rework) {
	w.Moved, w.Moves, w.Back, w.Opened = w.Moved+one.Moved, w.Moves+one.Moves, w.Back+one.Back, w.Opened+one.Opened
	w.Gross, w.Net = w.Gross+one.Gross, w.Net+one.Net
	for i, o := range one.Stages {
		s := &w.Stages[i]
		s.Deals, s.Visits, s.Redone, s.Back = s.Deals+o.Deals, s.Visits+o.Visits, s.Redone+o.Redone, s.Back+o.Back
		s.Again += o.Visits - o.Deals
		w.Again, w.Redone = w.Again+o.Visits-o.Deals, w.Redone+o.Redone
	}
}

// rework counts one deal.
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
