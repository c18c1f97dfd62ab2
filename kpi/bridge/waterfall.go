package bridge

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Waterfall is a bridge ready to draw: one column for each step, from left to
// right, each beginning where the one before ended. It is a record.
type Waterfall struct {
	Metric string   `json:"metric"`
	Unit   kpi.Unit `json:"unit"`
	Steps  []Step   `json:"steps"`
}

// Step is one column. From and To are its ends on the scale of the number,
// and may lie on both sides of zero; Amount is To − From.
type Step struct {
	Kind   StepKind  `json:"kind"`
	ID     string    `json:"id"` // of a part; the name of a side; empty for the rest
	From   kpi.Value `json:"from"`
	To     kpi.Value `json:"to"`
	Amount kpi.Value `json:"amount"`
}

// Waterfall gives the steps: the base value, every part, the current value.
// Where the parts are undefined so are their steps, and the two ends stand.
func (b Bridge) Waterfall() Waterfall {
	w := Waterfall{Metric: b.Question.Metric, Unit: b.Question.Unit, Steps: make([]Step, 0, len(b.Parts)+2)}
	w.add(Step{Kind: Start, ID: b.Question.Base.Name, From: kpi.Int(0), To: b.Values.Base})
	at := b.Values.Base
	for _, p := range b.Parts {
		kind := Change
		if p.Rest > 0 {
			kind = Rest
		}
		next := at.Add(p.Amount)
		w.add(Step{Kind: kind, ID: p.ID, From: at, To: next})
		at = next
	}
	w.add(Step{Kind: End, ID: b.Question.Current.Name, From: kpi.Int(0), To: b.Values.Current})
	return w
}

func (w *Waterfall) add(s Step) {
	s.Amount = s.To.Sub(s.From)
	w.Steps = append(w.Steps, s)
}

// Subtotal gives the waterfall with a subtotal of that name after a part,
// such as "at constant currency" before the part currency. A part that is
// not there is check.ErrUnknown.
func (w Waterfall) Subtotal(id, after string) (Waterfall, error) {
	i := slices.IndexFunc(w.Steps, func(s Step) bool { return s.Kind == Change && s.ID == after })
	if i < 0 {
		return Waterfall{}, check.New("bridge.Waterfall.Subtotal", check.ErrUnknown, "after", "unknown_part", after)
	}
	to := w.Steps[i].To
	w.Steps = slices.Insert(slices.Clone(w.Steps), i+1, Step{Kind: Subtotal, ID: id, From: kpi.Int(0), To: to, Amount: to})
	return w, nil
}
