package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MaxDrivers is how many drivers can share a gap by Shapley, which looks at
// every combination of them: 4,096 for twelve.
const MaxDrivers = 12

// Drivers explains a gap by what the number is computed from: leads ×
// conversion × deal size. The drivers are the references of the formula. It
// is a record and a document to be stored: its JSON carries
// "schema":"saleskpi/drivers/1". For a metric of a catalog see [DriversOf].
type Drivers struct {
	Formula  kpi.Formula `json:"formula"`
	Method   Method      `json:"method"`
	Sequence []string    `json:"sequence,omitzero"` // of InSequence: every driver once, the first to change first
}

// Validate reports a formula that is missing or has no driver, more than
// [MaxDrivers] of them by Shapley (check.ErrRange), an unknown method, and a
// sequence that does not name every driver exactly once, or that no method
// asked for.
func (d Drivers) Validate() error {
	problems := check.List{Op: "bridge.Drivers"}
	ids := d.Formula.References()
	switch {
	case d.Formula.IsZero():
		problems.Add(check.ErrMissing, "formula", "missing_formula", nil)
	case len(ids) == 0:
		problems.Add(check.ErrInvalid, "formula", "no_drivers", d.Formula)
	case d.Method == Shapley && len(ids) > MaxDrivers:
		problems.Add(check.ErrRange, "formula", "too_many_drivers", len(ids), "most", MaxDrivers)
	}
	switch {
	case d.Method > InSequence:
		problems.Add(check.ErrUnknown, "method", "unknown_word", uint8(d.Method))
	case d.Method == Shapley && len(d.Sequence) > 0:
		problems.Add(check.ErrInvalid, "sequence", "not_of_this_method", nil, "method", d.Method)
	case d.Method == InSequence:
		checkSequence(&problems, d.Sequence, ids)
	}
	return problems.Err()
}

func checkSequence(problems *check.List, sequence, ids []string) {
	named := map[string]bool{}
	for i, id := range sequence {
		switch {
		case named[id]:
			problems.Add(check.ErrDuplicate, check.At("sequence", i), "duplicate_driver", id)
		case !slices.Contains(ids, id):
			problems.Add(check.ErrUnknown, check.At("sequence", i), "not_a_driver", id)
		}
		named[id] = true
	}
	for _, id := range ids {
		if !named[id] {
			problems.Add(check.ErrMissing, "sequence", "driver_not_named", id)
		}
	}
}

// Bridge splits the gap between two values of the formula. A figure belongs
// to the driver that is its metric; all of them are of one owner and, on each
// side, of one period. The parts are the drivers, in the order in which the
// formula names them or in sequence:
//
//	Shapley     mean over all orders of  f(changed before and it) − f(changed before)
//	InSequence  f(changed before and it) − f(changed before), in the given order
//
// where f(S) has the drivers in S at their current values and the others at
// their base values. Shapley does not depend on any order, gives a driver
// that did not move 0 and equals the same, and turns its signs when base and
// current change places; so does a sequence, if it is reversed.
//
// A driver that is undefined on one side (deal size without a win) takes the
// value of the other: its own part is 0, a finding says so, and Values is
// what the formula gives with it. A driver undefined on both makes the gap
// undefined. Where some f(S) between two defined ends is undefined, no
// driver has a part: all are undefined with reason UndefinedMix, and a
// finding names the drivers on which that depends.
//
// Where 1,024 bits are not enough for a common denominator of all f(S), those
// between the two ends are rounded to twelve places by HalfEven, and the
// finding rounded says so; the parts add up exactly all the same.
//
// Errors are those of Validate, of [Question.Validate] and of
// [kpi.Figure.Validate]; a figure that is no driver (check.ErrUnknown), one
// that stands twice (check.ErrDuplicate), and one of another owner or period
// (check.ErrInvalid).
//
// Source: L. S. Shapley, A Value for n-Person Games (1953).
func (d Drivers) Bridge(q Question, base, current []kpi.Figure) (Bridge, error) {
	problems := check.List{Op: "bridge.Drivers"}
	problems.Nest("question", q.Validate())
	problems.Nest("", d.Validate())
	ids := d.order()
	sides := [2]map[string]kpi.Value{
		driverValues(&problems, &q, &q.Base, "base", base, ids),
		driverValues(&problems, &q, &q.Current, "current", current, ids),
	}
	if err := problems.Err(); err != nil {
		return Bridge{}, err
	}
	b := Bridge{Kind: ByDrivers, Question: q, Drivers: d.clone(), Parts: make([]Part, len(ids))}
	for i, id := range ids {
		b.Parts[i] = Part{ID: id, Values: b.driver(id, sides[0][id], sides[1][id])}
	}
	b.split(game{d.Formula, b.Parts})
	b.finish()
	b.explainGap()
	return b, nil
}

func (d Drivers) clone() *Drivers {
	d.Sequence = slices.Clone(d.Sequence)
	return &d
}

// order gives the drivers as the sequence or the formula names them.
func (d Drivers) order() []string {
	if d.Method == InSequence {
		return d.Sequence
	}
	ids := []string{}
	appear(d.Formula.Tree(), &ids)
	return ids
}

func appear(n kpi.Node, ids *[]string) {
	if n.Op == kpi.OpRef && !slices.Contains(*ids, n.Ref) {
		*ids = append(*ids, n.Ref)
	}
	for _, arg := range n.Args {
		appear(arg, ids)
	}
}

// driver gives the values of a driver as used, and counts it.
func (b *Bridge) driver(id string, base, current kpi.Value) Pair {
	p := Pair{base, current}
	switch {
	case base.Defined() && current.Defined():
		b.Counts.Both++
	case base.Defined():
		b.Counts.BaseOnly++
		p.Current = base
		b.find(codeTakenOver, check.Warning, id, "side", b.Question.Current.Name, "other", b.Question.Base.Name, "reason", current.Reason().Title("en"), "reason_zh", current.Reason().Title("zh"))
	case current.Defined():
		b.Counts.CurrentOnly++
		p.Base = current
		b.find(codeTakenOver, check.Warning, id, "side", b.Question.Base.Name, "other", b.Question.Current.Name, "reason", base.Reason().Title("en"), "reason_zh", base.Reason().Title("zh"))
	default:
		b.Counts.LeftOut++
		b.find(codeNoDriver, check.Critical, id, "reason", kpi.Stronger(base.Reason(), current.Reason()).Title("en"), "reason_zh", kpi.Stronger(base.Reason(), current.Reason()).Title("zh"))
	}
	return p
}

// split gives every driver its part.
func (b *Bridge) split(g game) {
	cases := g.all()
	if b.Drivers.Method == InSequence {
		cases = g.inSequence()
	}
	b.Values = Pair{cases[0], cases[len(cases)-1]}
	if !b.Values.Change().Defined() {
		b.findSides()
		b.withhold()
		return
	}
	if slices.ContainsFunc(cases, func(v kpi.Value) bool { return !v.Defined() }) {
		b.find(codeUndefinedMix, check.Critical, b.Question.Metric, "drivers", joined(g.decisive(cases, b.Drivers.Method)))
		b.withhold()
		return
	}
	if b.Drivers.Method == InSequence {
		for i := range b.Parts {
			b.Parts[i].Amount = cases[i+1].Sub(cases[i])
		}
		return
	}
	if tooFine(cases) {
		shorten(cases[1:len(cases)-1], casePlaces) // the ends stay as they are, and so does their gap
		b.find(codeRounded, check.Info, b.Question.Metric, "places", casePlaces)
	}
	for i := range b.Parts {
		b.Parts[i].Amount = kpi.Int(0)
	}
	moved := g.moved()
	for i, amount := range shapley(len(moved), cases) {
		b.Parts[moved[i]].Amount = amount
	}
}
