package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Input is what one statement is made of. It is a record; the order of its
// lists does not matter.
type Input struct {
	Payee   string          `json:"payee"`
	Period  calendar.Period `json:"period"`
	Opening Position        `json:"opening,omitzero"` // the closing position of the statement before; none at the beginning of a year
	Results []Result        `json:"results"`
	Credits []Credit        `json:"credits"` // of the period; those of other days are left out and named

	// Payments is all cash collected for the deals of Credits and of
	// Opening.Held, from the first payment on; those after the period do not
	// count yet, those of other deals are not looked at. Only holds need them.
	Payments []Payment `json:"payments,omitempty"`

	// Posted is the lines of earlier statements that hold what reversed
	// credits earned; further ones do no harm. Only the policies as_paid, and
	// reversals with a last day, need them.
	Posted []Line `json:"posted,omitempty"`

	// Corrections is what [Plan.Restate] gave for earlier periods, to be posted
	// with this statement.
	Corrections []Line `json:"corrections,omitempty"`

	// Proration is the part of the period that counts for somebody who came,
	// left or was away, above 0 up to 1 (1 where left out). Target pay, flats,
	// minima, maxima, pay of curves, limits and the draw are multiplied by
	// it; rates and bounds are not, and quotas come prorated. Components that
	// run to date are left as they are: their quota and target pay come as
	// agreed for the span.
	Proration kpi.Value `json:"proration,omitzero"`
}

// Result is what is known about one component of one payee beside its
// credits.
type Result struct {
	Component string `json:"component"`

	// Quota is that of the period, or where the component runs to date, that
	// of the whole span (the year).
	Quota kpi.Value `json:"quota,omitzero"`

	// Actual is stated for what is not a sum of credits (a score, a rate);
	// credits are then not looked at. An undefined one makes the pay undefined.
	Actual kpi.Value `json:"actual,omitzero"`

	TargetPay kpi.Value `json:"target_pay,omitzero"` // of this payee; that of the component where left out
}

// Payment is cash that came in for a deal, below zero where it went back.
type Payment struct {
	Deal   string       `json:"deal"`
	Day    calendar.Day `json:"day"`
	Amount kpi.Value    `json:"amount"`
}

// validate reports every problem of an input under a plan.
func (p Plan) validate(in *Input) error {
	problems := check.List{Op: "incentive.Statement"}
	problems.Nest("plan", p.Validate())
	p.checkInput(&problems, in)
	return problems.Err()
}

func (p Plan) checkInput(problems *check.List, in *Input) {
	problems.ID("payee", "missing_id", in.Payee)
	if in.Period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
	p.checkOpening(problems, in.Opening)
	p.checkResults(problems, in.Results)
	p.checkCredits(problems, in)
	for i, pay := range in.Payments {
		part := check.List{Op: problems.Op}
		pay.check(&part)
		if !part.Empty() { // a path costs more than the check
			problems.Nest(check.At("payments", i), part.Err())
		}
	}
	for i, line := range in.Corrections {
		line.checkCorrection(problems, check.At("corrections", i))
	}
	optional(problems, "proration", in.Proration)
	if in.Proration.Defined() && (in.Proration.Sign() <= 0 || kpi.Int(1).Less(in.Proration)) {
		problems.Add(check.ErrRange, "proration", "not_a_share", in.Proration, "most", 1)
	}
}

func (pay Payment) check(problems *check.List) {
	problems.ID("deal", "missing_id", pay.Deal)
	checkDay(problems, "day", pay.Day)
	required(problems, "amount", pay.Amount)
}

func (p Plan) checkResults(problems *check.List, results []Result) {
	seen := map[string]bool{}
	for i, r := range results {
		at := check.At("results", i)
		switch {
		case p.index(r.Component) < 0:
			problems.Add(check.ErrUnknown, at+".component", "unknown_component", r.Component)
		case seen[r.Component]:
			problems.Add(check.ErrDuplicate, at+".component", "duplicate_component", r.Component)
		}
		seen[r.Component] = true
		optional(problems, at+".target_pay", r.TargetPay)
		notNegative(problems, at+".target_pay", r.TargetPay)
	}
}

func (p Plan) checkCredits(problems *check.List, in *Input) {
	seen := make(map[creditKey]int, len(in.Credits))
	for i := range in.Credits {
		c := &in.Credits[i]
		part := check.List{Op: problems.Op}
		c.check(&part, in.Payee, p.Unit)
		if !part.Empty() { // a path costs more than the check
			problems.Nest(check.At("credits", i), part.Err())
		}
		if first, twice := seen[c.key()]; twice && c.ID != "" {
			problems.Add(check.ErrDuplicate, check.At("credits", i, "id"), "duplicate_credit", c.ID, "first", check.At("credits", first))
			continue
		}
		seen[c.key()] = i
	}
	for i := range in.Credits {
		c := &in.Credits[i]
		if c.Reverses == "" {
			continue
		}
		if at, here := seen[c.original()]; here {
			checkReversal(problems, check.At("credits", i), c, &in.Credits[at])
		}
	}
}

func checkReversal(problems *check.List, at string, c, original *Credit) {
	switch {
	case original.Reverses != "":
		problems.Add(check.ErrInvalid, at+".reverses", "reverses_a_reversal", c.Reverses)
	case c.Day < original.Day:
		problems.Add(check.ErrInvalid, at+".day", "reversed_before_credited", c.Day, "credited", original.Day)
	}
}

// index gives the place of a component in the plan, −1 where it has none of
// that ID.
func (p Plan) index(id string) int {
	for i := range p.Components {
		if p.Components[i].ID == id {
			return i
		}
	}
	return -1
}
