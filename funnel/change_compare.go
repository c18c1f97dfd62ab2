package funnel

import (
	"maps"
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// comparing fills a PipelineChange deal by deal.
type comparing struct {
	before, after *Analysis
	in            Scope

	opening, unchanged, closing Stock
	lines, through              [causes]ChangeLine
	late                        int64 // new deals that began before the earlier instant
}

// side is one deal in one analysis.
type side struct {
	life *life // nil where it does not count
	why  Exclusion
	deal Deal
	in   bool // open and in the scope
}

func (c *comparing) side(a *Analysis, lives map[string]*life, id string) side {
	s := side{life: lives[id], why: NotBegun}
	if s.life == nil {
		if why, known := a.excluded[id]; known {
			s.why = why
		}
		return s
	}
	s.deal = a.deal(s.life)
	s.in = c.in.holds(s.deal)
	return s
}

// worth gives what a deal is worth on a side, no data where it does not
// count.
func (s side) worth(a *Analysis) kpi.Value {
	if s.life == nil {
		return kpi.Value{}
	}
	return a.worth(s.life)
}

// latest gives the last life of every deal by its ID.
func (a *Analysis) latest() map[string]*life {
	lives := make(map[string]*life, len(a.lives))
	for _, l := range a.lives {
		lives[a.ids[l.deal]] = l
	}
	return lives
}

func (c *comparing) compare() {
	was, is := c.before.latest(), c.after.latest()
	ids := slices.Collect(maps.Keys(is))
	for id := range was {
		if is[id] == nil {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	for _, id := range ids {
		c.deal(id, c.side(c.before, was, id), c.side(c.after, is, id))
	}
}

func (c *comparing) deal(id string, was, is side) {
	d := ChangedDeal{Deal: id, Owner: was.deal.Owner, Was: was.worth(c.before), Is: is.worth(c.after),
		CloseWas: was.deal.ExpectedClose, CloseIs: is.deal.ExpectedClose}
	if is.life != nil {
		d.Owner = is.deal.Owner
	}
	if was.in {
		c.opening.add(d.Was)
	}
	if is.in {
		c.closing.add(d.Is)
	}
	switch {
	case was.in && is.in:
		c.stayed(d)
	case is.in:
		c.lines[c.came(was, is)].add(d, d.Is)
	case was.in:
		c.lines[c.left(is)].add(d, d.Was)
	case c.closedSince(was, is):
		c.through[endCause(is.deal.Outcome)].add(d, d.Is)
	}
}

func (c *comparing) stayed(d ChangedDeal) {
	switch {
	case !d.Was.Defined() && !d.Is.Defined():
		c.unchanged.add(d.Is)
	case !d.Was.Defined():
		c.lines[ValueStated].add(d, d.Is)
	case !d.Is.Defined():
		c.lines[ValueWithdrawn].add(d, d.Was)
	case d.Was.Less(d.Is):
		c.lines[ValueRaised].add(d, d.Is.Sub(d.Was))
	case d.Is.Less(d.Was):
		c.lines[ValueLowered].add(d, d.Was.Sub(d.Is))
	default:
		c.unchanged.add(d.Is)
	}
}

// came gives why a deal is in the scope that was not.
func (c *comparing) came(was, is side) Cause {
	day, period := was.deal.ExpectedClose, c.in.ExpectedIn
	switch {
	case was.life == nil && was.why == OtherPipeline:
		return MovedIn
	case was.life == nil && was.why == WasRemoved:
		return DealRestored
	case was.life == nil:
		if is.life.created != undated && is.life.created <= c.before.asOf {
			c.late++
		}
		return DealCreated
	case was.deal.Outcome != Open:
		return DealReopened
	case !c.in.of(was.deal):
		return TransferredIn
	case day.IsZero():
		return DateSet
	case day < period.Start():
		return PushedIn
	default:
		return PulledIn
	}
}

// left gives why a deal is not in the scope that was.
func (c *comparing) left(is side) Cause {
	day, period := is.deal.ExpectedClose, c.in.ExpectedIn
	switch {
	case is.life == nil && is.why == OtherPipeline:
		return MovedOut
	case is.life == nil:
		return DealRemoved
	case !c.in.of(is.deal):
		return TransferredOut
	case is.deal.Outcome != Open:
		return endCause(is.deal.Outcome)
	case day.IsZero():
		return DateCleared
	case day < period.Start():
		return PulledOut
	default:
		return PushedOut
	}
}

func endCause(o Outcome) Cause {
	switch o {
	case Won:
		return DealWon
	case Disqualified:
		return DealDisqualified
	default:
		return DealLost
	}
}

// closedSince reports whether a deal of the scope closed between the two
// instants that was not open in the scope at the earlier one.
func (c *comparing) closedSince(was, is side) bool {
	if is.life == nil || is.deal.Outcome == Open || !c.in.of(is.deal) || !c.in.due(is.deal.Closed) {
		return false
	}
	return was.life == nil || was.deal.Outcome == Open || is.life.closed > c.before.asOf
}

func (l *ChangeLine) add(d ChangedDeal, value kpi.Value) {
	l.Count++
	count(&l.Value, value)
	count(&l.Was, d.Was)
	count(&l.Is, d.Is)
	l.Deals = append(l.Deals, d)
}

func (c *comparing) done() PipelineChange {
	change := PipelineChange{
		Pipeline: c.after.route.pipeline.ID,
		Before:   time.UnixMicro(c.before.asOf).UTC(), After: time.UnixMicro(c.after.asOf).UTC(),
		ValueBy: c.after.q.ValueBy, ExpectedIn: c.in.ExpectedIn,
		Opening: c.opening, Lines: filledLines(&c.lines), Unchanged: c.unchanged, Closing: c.closing,
		Through: filledLines(&c.through),
	}
	found := notes{}
	found.some(c.late, "recorded_late", check.Warning, "day", c.before.day)
	found.some(c.closing.Deals-int64(c.closing.Value.N), "open_without_value", check.Info, "open", c.closing.Deals, "by", c.after.q.ValueBy)
	change.Findings = found
	return change
}

// filledLines gives the lines that have deals.
func filledLines(all *[causes]ChangeLine) []ChangeLine {
	lines := []ChangeLine{}
	for cause, l := range all {
		if l.Count > 0 {
			l.Cause = Cause(cause)
			lines = append(lines, l)
		}
	}
	return lines
}
