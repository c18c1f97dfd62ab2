package forecast

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Change is why a landing is not what it was at the last look, part by part,
// to the last cent:
//
//	Before + every line = After
//
// for each of won, open and new alike. Lines with a Cause are those of the
// funnel's change of the pipeline due in the period ([funnel.Between]), read
// as what they do to the landing: a deal that is won adds what it was won at
// and takes away what was expected of it.
type Change struct {
	Period calendar.Period `json:"period"`
	Method Method          `json:"method"`
	From   calendar.Day    `json:"from"`
	To     calendar.Day    `json:"to"`

	Before Parts        `json:"before"`
	Lines  []ChangeLine `json:"lines"` // those that change something: causes in their order, then the others
	After  Parts        `json:"after"`

	ReachBefore kpi.Estimate `json:"reach_before"`
	ReachAfter  kpi.Estimate `json:"reach_after"`

	Findings []check.Finding `json:"findings"`
}

// Parts is a landing, or what is added to it, by its parts. Where Total is
// known, a part of which no amount is known stands as the 0 that it adds.
type Parts struct {
	Won   kpi.Value `json:"won"`
	Open  kpi.Value `json:"open"`
	New   kpi.Value `json:"new"`
	Total kpi.Value `json:"total"`
}

func partsOf(won, open, fresh kpi.Value) Parts {
	return Parts{won, open, fresh, won.Add(open).Add(fresh)}
}

func (p Parts) plus(o Parts) Parts {
	return Parts{p.Won.Add(o.Won), p.Open.Add(o.Open), p.New.Add(o.New), p.Total.Add(o.Total)}
}

// ChangeLine is what one reason does to a landing. It has a Cause or an
// Other.
type ChangeLine struct {
	Cause funnel.Cause `json:"cause,omitzero"`
	Other Other        `json:"other,omitzero"`

	Adds  Parts        `json:"adds"`
	Deals []DealEffect `json:"deals"` // the largest effect first, equal ones by ID
}

// DealEffect is what one deal does to a landing.
type DealEffect struct {
	Deal  string    `json:"deal"`
	Owner string    `json:"owner,omitzero"`
	Was   kpi.Value `json:"was"`  // won of it and expected of it, at the last look
	Is    kpi.Value `json:"is"`   // likewise, now
	Adds  kpi.Value `json:"adds"` // by this line: a deal that changed its value and its chance is in two
}

// Line gives the line of a cause, one that adds nothing where there is none.
func (c Change) Line(cause funnel.Cause) ChangeLine {
	return c.line(func(l ChangeLine) bool { return l.Cause == cause && l.Other == NoOther }, ChangeLine{Cause: cause})
}

// OtherLine gives the line of another reason, likewise.
func (c Change) OtherLine(o Other) ChangeLine {
	return c.line(func(l ChangeLine) bool { return l.Other == o }, ChangeLine{Other: o})
}

func (c Change) line(is func(ChangeLine) bool, none ChangeLine) ChangeLine {
	for _, l := range c.Lines {
		if is(l) {
			return l
		}
	}
	none.Adds, none.Deals = partsOf(kpi.Int(0), kpi.Int(0), kpi.Int(0)), []DealEffect{}
	return none
}

// Changed gives why the landing of a period is another one at a later look.
// Each forecast may be of other histories (last week's, kept as a state, and
// today's). Where one of the landings is undefined there are no lines.
//
// Errors are check.ErrMissing for a nil forecast, check.ErrDefinition where
// period, method, AnyClose or step differ, and those of [funnel.Between]. That
// both keep to the same deals ([Aim].Of) is the caller's to see to.
func Changed(before, after *Forecast) (Change, error) {
	if err := sameAim(before, after); err != nil {
		return Change{}, err
	}
	scope := funnel.Scope{Of: after.aim.Of, ExpectedIn: after.aim.Period}
	if after.aim.AnyClose {
		scope.ExpectedIn = calendar.Period{}
	}
	pipeline, err := funnel.Between(before.now, after.now, scope)
	if err != nil {
		return Change{}, err
	}
	m := after.aim.Method
	was, is := before.stand(m), after.stand(m)
	c := Change{Period: after.aim.Period, Method: m, From: before.look.day, To: after.look.day,
		Before: was.parts, After: is.parts, Lines: []ChangeLine{}, Findings: []check.Finding{},
		ReachBefore: was.reach, ReachAfter: is.reach}
	if c.Before.Total.Defined() && c.After.Total.Defined() {
		c.Lines = changing{pipeline: pipeline, was: was, is: is}.lines()
	}
	c.Findings = append(c.Findings, c.findings()...)
	return c, nil
}

func sameAim(before, after *Forecast) error {
	problems := check.List{Op: "forecast.Changed"}
	if before == nil {
		problems.Add(check.ErrMissing, "before", "missing_forecast", nil)
	}
	if after == nil {
		problems.Add(check.ErrMissing, "after", "missing_forecast", nil)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	a, b := before.aim, after.aim
	for _, field := range []struct {
		name string
		same bool
	}{
		{"period", a.Period == b.Period}, {"method", a.Method == b.Method}, {"any_close", a.AnyClose == b.AnyClose}, {"step", a.Step == b.Step},
	} {
		if !field.same {
			problems.Add(check.ErrDefinition, "after."+field.name, "aims_differ", nil)
		}
	}
	return problems.Err()
}

func (c *Change) findings() []check.Finding {
	found := notes{}
	if !c.Before.Total.Defined() || !c.After.Total.Defined() {
		found.add("change_unknown", check.Warning, "from", c.From, "to", c.To)
		return found
	}
	found.add("landing_changed", check.Info, "before", whole(c.Before.Total), "after", whole(c.After.Total), "from", c.From,
		"change", whole(c.After.Total.Sub(c.Before.Total)))
	for _, l := range c.Lines {
		subject := l.Cause.String()
		if l.Other != NoOther {
			subject = l.Other.String()
		}
		found = append(found, check.Finding{Code: "changed_" + subject, Severity: check.Info,
			Args: check.Args("deals", len(l.Deals), "won", whole(l.Adds.Won), "expected", whole(l.Adds.Open.Add(l.Adds.New)), "adds", whole(l.Adds.Total))})
	}
	return found
}
