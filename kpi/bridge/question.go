package bridge

import (
	"unicode/utf8"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Question says which number has moved, whose it is, and between what:
// actual against target, against last year and against forecast differ in
// nothing but their sides. It is a record.
type Question struct {
	Metric  string   `json:"metric"`         // ID of the number that has moved
	Owner   string   `json:"owner,omitzero"` // whose it is
	Unit    kpi.Unit `json:"unit"`           // of the number, and so of every part
	Base    Side     `json:"base"`
	Current Side     `json:"current"`
}

// Side names one of the two values: "target", "last year", "forecast of
// 1 June", "actual". A period that is left out is taken from the figures of
// that side, where there are any.
type Side struct {
	Name   string          `json:"name"`
	Period calendar.Period `json:"period,omitzero"`
}

// Pair is the same number on both sides.
type Pair struct {
	Base    kpi.Value `json:"base"`
	Current kpi.Value `json:"current"`
}

// Change gives current − base.
func (p Pair) Change() kpi.Value { return p.Current.Sub(p.Base) }

// side gives the value of one side, 0 being the base.
func (p *Pair) side(side int) kpi.Value {
	if side == 0 {
		return p.Base
	}
	return p.Current
}

func (p *Pair) set(side int, v kpi.Value) {
	if side == 0 {
		p.Base = v
	} else {
		p.Current = v
	}
}

// add rolls a value up on one side: no data adds nothing.
func (p *Pair) add(side int, v kpi.Value) {
	switch before := p.side(side); {
	case v == kpi.Value{}:
	case before == kpi.Value{}:
		p.set(side, v)
	default:
		p.set(side, before.Add(v))
	}
}

// Validate reports a metric or the name of a side that is missing, text that
// is not UTF-8, and a unit that contradicts itself.
func (q Question) Validate() error {
	problems := check.List{Op: "bridge.Question"}
	problems.ID("metric", "missing_id", q.Metric)
	checkText(&problems, "owner", q.Owner)
	problems.Nest("unit", q.Unit.Validate())
	problems.ID("base.name", "missing_name", q.Base.Name)
	problems.ID("current.name", "missing_name", q.Current.Name)
	return problems.Err()
}

// checkText reports text that JSON would turn into another one.
func checkText(problems *check.List, path, text string) {
	if !utf8.ValidString(text) {
		problems.Add(check.ErrInvalid, path, "not_utf8", text)
	}
}
