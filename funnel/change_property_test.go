package funnel_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// snapshots gives two analyses of any histories at two instants, one after
// the other, and any scope.
func snapshots(t *rapid.T) (before, after *funnel.Analysis, in funnel.Scope, early, late time.Time) {
	h, q, _, early, late := analysed(t)
	analysis := func(at time.Time) *funnel.Analysis {
		q.AsOf = at
		a, err := funnel.Analyze(h, q)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	if rapid.Bool().Draw(t, "of ann") {
		in.Of = ofOwner("ann")
	}
	if rapid.Bool().Draw(t, "expected") {
		in.ExpectedIn, _ = calendar.Through(january(10), january(20))
	}
	return analysis(early), analysis(late), in, early, late
}

func ofOwner(name string) func(funnel.Deal) bool {
	return func(d funnel.Deal) bool { return d.Owner == name }
}

func change(t *rapid.T, before, after *funnel.Analysis, in funnel.Scope) funnel.PipelineChange {
	c, err := funnel.Between(before, after, in)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Opening and every line make closing: deals, value to the last digit, and
// how many have a value; each deal is under one cause.
func TestChangeBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after, in, _, _ := snapshots(t)
		c := change(t, before, after, in)
		deals, value, known := c.Opening.Deals, zero(c.Opening.Value), c.Opening.Value.N
		seen := map[string]bool{}
		for _, l := range c.Lines {
			deals += int64(l.Cause.Deals()) * l.Count
			value = value.Add(kpi.Int(int64(l.Cause.Sign())).Mul(zero(l.Value)))
			known += l.Is.N - l.Was.N
			if l.Cause.Deals() > 0 {
				known += l.Was.N
			} else if l.Cause.Deals() < 0 {
				known -= l.Is.N
			}
			if l.Value.Sum.Sign() < 0 && l.Cause.Deals() == 0 {
				t.Fatalf("%s by %s", l.Cause, l.Value.Sum)
			}
			listed(t, seen, l)
		}
		if deals != c.Closing.Deals || value != zero(c.Closing.Value) || known != c.Closing.Value.N {
			t.Fatalf("%d deals, %s of %d\n%+v", deals, value, known, c)
		}
		for _, l := range c.Through {
			listed(t, seen, l)
		}
		for _, s := range c.Summary() {
			if text := funnel.Findings().Text(s, "zh"); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, s.Code) {
				t.Fatalf("no sentence for %+v: %s", s, text)
			}
		}
		roundTrip(t, c, "expected_in", "close_was", "close_is")
	})
}

func listed(t *rapid.T, seen map[string]bool, l funnel.ChangeLine) {
	if int64(len(l.Deals)) != l.Count || l.Count == 0 {
		t.Fatalf("%d deals listed of %d", len(l.Deals), l.Count)
	}
	for i, d := range l.Deals {
		if seen[d.Deal] || i > 0 && l.Deals[i-1].Deal >= d.Deal {
			t.Fatalf("%s is not alone or not in order: %+v", d.Deal, l)
		}
		seen[d.Deal] = true
	}
}

// Without a scope a change says of the stock what the flow between the same
// instants says.
func TestChangeAndFlowAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after, _, early, late := snapshots(t)
		c, f := change(t, before, after, funnel.Scope{}), flowOf(t, after, early, late).Whole
		if c.Opening != f.Opening || c.Closing != f.Closing {
			t.Fatalf("%+v to %+v, the flow has %+v to %+v", c.Opening, c.Closing, f.Opening, f.Closing)
		}
	})
}

// slowCause tells by the definition why one deal is in another place than it
// was, from what the analyses say of it.
func slowCause(was, is []funnel.Deal, in funnel.Scope) (cause funnel.Cause, inBefore, inAfter bool) {
	holds := func(deals []funnel.Deal) bool {
		return len(deals) > 0 && deals[0].Outcome == funnel.Open && (in.Of == nil || in.Of(deals[0])) &&
			(in.ExpectedIn.IsZero() || in.ExpectedIn.Contains(deals[0].ExpectedClose))
	}
	inBefore, inAfter = holds(was), holds(is)
	ends := map[funnel.Outcome]funnel.Cause{funnel.Won: funnel.DealWon, funnel.Lost: funnel.DealLost, funnel.Disqualified: funnel.DealDisqualified}
	switch {
	case inAfter && !inBefore && len(was) == 0:
		cause = funnel.DealCreated // or moved in, or restored: the snapshot alone does not say
	case inAfter && !inBefore && was[0].Outcome != funnel.Open:
		cause = funnel.DealReopened
	case inAfter && !inBefore && in.Of != nil && !in.Of(was[0]):
		cause = funnel.TransferredIn
	case inAfter && !inBefore && was[0].ExpectedClose.IsZero():
		cause = funnel.DateSet
	case inAfter && !inBefore && was[0].ExpectedClose < in.ExpectedIn.Start():
		cause = funnel.PushedIn
	case inAfter && !inBefore:
		cause = funnel.PulledIn
	case inBefore && !inAfter && len(is) == 0:
		cause = funnel.DealRemoved // or moved out
	case inBefore && !inAfter && in.Of != nil && !in.Of(is[0]):
		cause = funnel.TransferredOut
	case inBefore && !inAfter && is[0].Outcome != funnel.Open:
		cause = ends[is[0].Outcome]
	case inBefore && !inAfter && is[0].ExpectedClose > in.ExpectedIn.Last():
		cause = funnel.PushedOut
	case inBefore && !inAfter:
		cause = funnel.PulledOut
	}
	return cause, inBefore, inAfter
}

func TestChangeAgainstTheSlowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after, in, _, _ := snapshots(t)
		c := change(t, before, after, in)
		latest := func(a *funnel.Analysis) map[string][]funnel.Deal {
			deals := map[string][]funnel.Deal{}
			for _, d := range a.Deals() {
				deals[d.ID] = []funnel.Deal{d}
			}
			return deals
		}
		was, is := latest(before), latest(after)
		all := maps.Clone(was)
		maps.Copy(all, is)
		want := map[string]funnel.Cause{}
		var opening, closing int64
		for id := range all {
			cause, b, a := slowCause(was[id], is[id], in)
			if b {
				opening++
			}
			if a {
				closing++
			}
			if cause != funnel.NoCause {
				want[id] = cause
			}
		}
		got := map[string]funnel.Cause{}
		for _, l := range c.Lines {
			cause := l.Cause
			switch cause {
			case funnel.MovedIn, funnel.DealRestored:
				cause = funnel.DealCreated
			case funnel.MovedOut:
				cause = funnel.DealRemoved
			}
			for _, d := range l.Deals {
				if cause.Deals() != 0 {
					got[d.Deal] = cause
				}
			}
		}
		if !maps.Equal(got, want) || opening != c.Opening.Deals || closing != c.Closing.Deals {
			t.Fatalf("%d to %d %v\nwant %d to %d %v", c.Opening.Deals, c.Closing.Deals, got, opening, closing, want)
		}
	})
}

// What owners hand to one another is in the lines of both and in none of
// their manager: the stock, what was created and what came to each end add up
// over the owners.
func TestChangeOfATeam(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after, in, _, _ := snapshots(t)
		in.Of = nil
		whole := change(t, before, after, in)
		if whole.Line(funnel.TransferredIn).Count+whole.Line(funnel.TransferredOut).Count > 0 {
			t.Fatalf("a transfer inside the scope: %+v", whole.Lines)
		}
		var opening, closing int64
		got := map[funnel.Cause]int64{}
		ends := []funnel.Cause{funnel.DealWon, funnel.DealLost, funnel.DealDisqualified}
		for _, owner := range []string{"", "ann", "bob"} {
			in.Of = ofOwner(owner)
			c := change(t, before, after, in)
			opening, closing = opening+c.Opening.Deals, closing+c.Closing.Deals
			for _, l := range slices.Concat(c.Lines, c.Through) {
				got[l.Cause] += l.Count
			}
		}
		if opening != whole.Opening.Deals || closing != whole.Closing.Deals {
			t.Fatalf("%d to %d, the team has %d to %d", opening, closing, whole.Opening.Deals, whole.Closing.Deals)
		}
		for _, cause := range append(ends, funnel.DealCreated, funnel.DealReopened, funnel.DealRestored, funnel.MovedIn, funnel.MovedOut, funnel.DealRemoved) {
			if want := whole.Line(cause).Count + whole.ThroughLine(cause).Count; in.ExpectedIn.IsZero() && got[cause] != want {
				t.Fatalf("%s: %d by owner, %d of the team", cause, got[cause], want)
			}
		}
	})
}
