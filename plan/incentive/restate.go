package incentive

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Restatement is what posted periods come to, computed again with what is
// now known.
type Restatement struct {
	Statements []Statement `json:"statements"` // as they would be now, in the order of periods
	Lines      []Line      `json:"lines"`      // corrections: now less posted, where they differ
	Amount     kpi.Value   `json:"amount"`     // what the corrections pay
	Closing    Position    `json:"closing"`    // the opening of the next statement
}

// Restate computes posted periods again and gives the difference, to be
// posted with the next statement:
//
//	correction = pay as now known − pay as posted, corrections posted before included
//
// Inputs are those of the posted periods with all records as now known, in
// any order. Only the opening of the earliest counts; each further period
// opens as the one before closes. Their Posted lines of these periods are
// replaced by the restated ones and their Corrections are not looked at.
// Under the policy restate a reversal counts in the period of the credit
// that it reverses.
//
// Hand Closing and Lines to the next input as its Opening and Corrections;
// then nothing is paid twice or lost, and restating again gives no lines.
//
// It returns an error, every problem at once, if the plan or an input is not
// valid, if two inputs share days, if payees differ, if a statement is of a
// period without input or the second of its period, or has no payout.
func (p Plan) Restate(posted []Statement, inputs []Input) (Restatement, error) {
	inputs = slices.Clone(inputs)
	slices.SortStableFunc(inputs, func(a, b Input) int { return a.Period.Compare(b.Period) })
	if err := p.checkRestate(posted, inputs); err != nil {
		return Restatement{}, err
	}
	if p.Reversal.Policy == Restate {
		inputs = moveReversals(inputs)
	}
	r := Restatement{Statements: []Statement{}, Amount: kpi.Int(0)}
	var lines []Line
	for i, in := range inputs {
		if i > 0 {
			in.Opening = r.Closing
		}
		in.Corrections = nil
		in.Posted = append(outside(in.Posted, inputs), lines...)
		s, err := p.Statement(in)
		if err != nil {
			problems := check.List{Op: "incentive.Restate"}
			problems.Nest(check.At("inputs", in.Period.String()), err)
			return Restatement{}, problems.Err()
		}
		r.Statements = append(r.Statements, s)
		r.Closing = s.Closing
		lines = append(lines, s.Lines...)
	}
	r.Lines = difference(posted, lines)
	for i := range r.Lines {
		r.Amount = r.Amount.Add(r.Lines[i].Paid)
	}
	return r, nil
}

func (p Plan) checkRestate(posted []Statement, inputs []Input) error {
	problems := check.List{Op: "incentive.Restate"}
	problems.Nest("plan", p.Validate())
	known := p.checkInputs(&problems, inputs)
	seen := map[calendar.Period]int{}
	for i, s := range posted {
		at := check.At("posted", i)
		if !known[s.Period] {
			problems.Add(check.ErrUnknown, at+".period", "period_without_input", s.Period)
		}
		if first, twice := seen[s.Period]; twice {
			problems.Add(check.ErrDuplicate, at+".period", "duplicate_period", s.Period, "first", check.At("posted", first))
		} else {
			seen[s.Period] = i
		}
		if len(inputs) > 0 && s.Payee != inputs[0].Payee {
			problems.Add(check.ErrInvalid, at+".payee", "other_payee", s.Payee, "payee", inputs[0].Payee)
		}
		if !s.Payout.Defined() {
			problems.Add(check.ErrInvalid, at+".payout", "undefined_number", s.Payout.Reason())
		}
	}
	return problems.Err()
}

// checkInputs looks at inputs in the order of their periods, and gives the
// periods. What takes the place of an opening or of posted lines comes from
// statements of this call and needs no check.
func (p Plan) checkInputs(problems *check.List, inputs []Input) map[calendar.Period]bool {
	known := map[calendar.Period]bool{}
	var last calendar.Period // the one that ends last
	for i, in := range inputs {
		at := check.At("inputs", in.Period.String())
		switch {
		case known[in.Period]:
			problems.Add(check.ErrDuplicate, at, "duplicate_period", in.Period)
		case i > 0 && in.Period.Start() < last.End():
			problems.Add(check.ErrOverlap, at, "periods_overlap", in.Period, "with", last)
		}
		if i == 0 || last.End() < in.Period.End() {
			last = in.Period
		}
		known[in.Period] = true
		if in.Payee != inputs[0].Payee {
			problems.Add(check.ErrInvalid, at+".payee", "other_payee", in.Payee, "payee", inputs[0].Payee)
		}
		if i > 0 {
			in.Opening = Position{}
		}
		in.Corrections, in.Posted = nil, outside(in.Posted, inputs)
		own := check.List{Op: problems.Op}
		p.checkInput(&own, &in)
		problems.Nest(at, own.Err())
	}
	return known
}

// moveReversals puts every reversal into the period of what it reverses.
func moveReversals(inputs []Input) []Input {
	home := map[creditKey]int{}
	for i := range inputs {
		for j := range inputs[i].Credits {
			if c := &inputs[i].Credits[j]; c.Reverses == "" && inputs[i].Period.Contains(c.Day) {
				home[c.key()] = i
			}
		}
	}
	moved := make([][]Credit, len(inputs))
	for i := range inputs {
		for _, c := range inputs[i].Credits {
			to := i
			if at, found := home[c.original()]; found && c.Reverses != "" {
				to = at
			}
			moved[to] = append(moved[to], c)
		}
	}
	for i := range inputs {
		inputs[i].Credits = moved[i]
	}
	return inputs
}

// outside gives the lines about periods that are not restated.
func outside(lines []Line, inputs []Input) []Line {
	var kept []Line
	for _, l := range lines {
		if !slices.ContainsFunc(inputs, func(in Input) bool { return in.Period == l.Of }) {
			kept = append(kept, l)
		}
	}
	return kept
}

// difference gives now less posted, line by line.
func difference(posted []Statement, now []Line) []Line {
	sums, place := []Line{}, map[lineKey]int{}
	add := func(l *Line, sign kpi.Value) {
		key := l.key()
		i, found := place[key]
		if !found {
			i = len(sums)
			place[key] = i
			sums = append(sums, l.correction())
		}
		sum := &sums[i]
		sum.Base = plus(sum.Base, times(l.Base, sign))
		sum.Amount = sum.Amount.Add(l.Amount.Mul(sign))
		sum.Paid = sum.Paid.Add(l.Paid.Mul(sign))
		sum.Held = sum.Held.Add(l.Held.Mul(sign))
	}
	for i := range now {
		add(&now[i], kpi.Int(1))
	}
	for i := range posted {
		for j := range posted[i].Lines {
			add(&posted[i].Lines[j], kpi.Int(-1))
		}
	}
	sums = slices.DeleteFunc(sums, func(l Line) bool {
		return l.Amount == kpi.Int(0) && l.Paid == kpi.Int(0) && l.Held == kpi.Int(0)
	})
	slices.SortFunc(sums, func(a, b Line) int { return a.key().compare(b.key()) })
	return sums
}

// correction gives a correction of nothing yet, of lines like this one.
func (l *Line) correction() Line {
	zero := kpi.Int(0)
	return Line{Kind: Correction, Corrects: l.key().kind, Of: l.Of, Component: l.Component, Credit: l.Credit, Reverses: l.Reverses,
		Deal: l.Deal, Day: l.Day, Tier: l.Tier, Amount: zero, Paid: zero, Held: zero}
}
