package funnel

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

func (a *Analysis) slippage(rule SlipRule, sampling Sampling) Slippage {
	s := Slippage{Basis: a.basis(), SlipRule: rule, Distribution: []PushCount{}, Often: []Slip{}, Moved: []Slip{}}
	all := slipTally{pushed: a.newRate(sampling)}
	var ends [Disqualified + 1]slipTally
	for end := range ends {
		ends[end].pushed = a.newRate(sampling)
	}
	pushes := map[int64]Stock{}
	for _, l := range a.lives {
		slip := a.slip(l, rule.Grain)
		all.add(l, slip)
		ends[l.outcome].add(l, slip)
		if slip.First.IsZero() {
			continue
		}
		times := pushes[slip.Pushes]
		times.add(slip.Value)
		pushes[slip.Pushes] = times
		if slip.Pushes+slip.Pulls > 0 {
			s.Moved = append(s.Moved, slip)
		}
		if slip.Pushes >= int64(rule.Often) {
			s.Often = append(s.Often, slip)
		}
	}
	s.All, s.Open, s.Won, s.Lost = all.done(), ends[Open].done(), ends[Won].done(), ends[Lost].done()
	for _, n := range slices.Sorted(maps.Keys(pushes)) {
		s.Distribution = append(s.Distribution, PushCount{n, pushes[n]})
	}
	slices.SortFunc(s.Moved, Slip.compare)
	slices.SortFunc(s.Often, func(s, t Slip) int { return cmp.Or(cmp.Compare(t.Pushes, s.Pushes), s.compare(t)) })
	s.Findings = s.findings()
	return s
}

func (s Slip) compare(t Slip) int {
	return cmp.Or(strings.Compare(s.Deal, t.Deal), cmp.Compare(s.Life, t.Life))
}

func (s *Slippage) findings() []check.Finding {
	found, open := notes{}, int64(0)
	for _, slip := range s.Often {
		if slip.Outcome == Open {
			open++
		}
	}
	found.some(open, "pushed_often", check.Warning, "open", s.Open.Deals, "least", s.SlipRule.Often)
	found.some(s.Open.Deals-s.Open.Dated, "no_close_date", check.Info, "open", s.Open.Deals)
	return append(found, s.All.Share.findings("pushed")...)
}

// slip reads the expected close dates of a life; one without any has no First.
func (a *Analysis) slip(l *life, grain calendar.Grain) Slip {
	slip := Slip{Deal: a.ids[l.deal], Life: int(l.number), Owner: a.word(l.owner), Outcome: l.outcome, Value: a.worth(l)}
	period := func(d calendar.Day) calendar.Period { return a.q.Calendar.PeriodOf(grain, d) }
	for i, f := range l.facts {
		if f.kind != isClose || i+1 < len(l.facts) && sameField(f, l.facts[i+1]) || l.closedAt(f.at, a.route.open) {
			continue
		}
		day := calendar.Day(f.code)
		if slip.First.IsZero() || l.number > 1 && f.at <= l.visits[0].at {
			slip.First = day
		} else {
			slip.edit(slip.Last, day, period)
		}
		slip.Last = day
	}
	return slip
}

// closedAt reports whether a life stands in an end at an instant. An end that
// it came to at a time that is not known closes no date.
func (l *life) closedAt(at int64, open int) bool {
	closed := false
	for _, v := range l.visits {
		if v.at != undated && v.at <= at {
			closed = int(v.rank) >= open
		}
	}
	return closed
}

// slipTally fills one Slips.
type slipTally struct {
	slips  Slips
	net    []int
	pushed *rateTally
}

func (t *slipTally) add(l *life, s Slip) {
	t.slips.Deals++
	if s.First.IsZero() {
		return
	}
	t.slips.Dated++
	t.slips.DateEdits.add(s.DateEdits)
	t.net = append(t.net, int(s.NetDays()))
	t.pushed.count(l, s.Pushes > 0)
	if s.Pushes > 0 {
		t.slips.Pushed++
		count(&t.slips.Value, s.Value)
	}
	if s.Pulls > 0 {
		t.slips.Pulled++
	}
	if s.Crossings > 0 {
		t.slips.Crossed++
	}
}

func (t *slipTally) done() Slips {
	t.slips.Share = t.pushed.done(0)
	t.slips.Net = describe(t.net, t.slips.Deals-t.slips.Dated)
	return t.slips
}
