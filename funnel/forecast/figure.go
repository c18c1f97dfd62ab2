package forecast

import (
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Figure names a number of deals of a forecast, so that the deals behind it
// can be listed, see [Forecast.Behind]. Which says which; each other field that
// is not zero leaves only some of them. In the words of the JSON:
//
//	Landing      won, due, elsewhere, open by their Which; missing of each with Missing: true;
//	             what elsewhere is made of: StaleOnes, OmittedOnes, NoCloseOnes, PastCloseOnes, OtherPeriodOnes
//	Owners       the same with ByOwner: true, Owner: owner
//	Decisive     due {Which: DueOnes}; its deals are in it
//	Categories   won {Which: WonOnes}; lines[i].single {Which: DueOnes, Category: category};
//	             omitted {Which: OpenOnes, Category: funnel.Omitted}; owners[i] the same by owner
//	Cover        periods[i].won, open {Which: WonOnes, Period: period}, {Which: DueOnes, Period: period};
//	             stale, omitted, no_close, past_close by their Which, elsewhere {Which: OtherPeriodOnes, Period: period};
//	             creation.created {Which: CreatedOnes}
//	Weighted     all {Which: OpenOnes}; believable, older by their Which
//	Hygiene      open, clean, untidy by their Which; counts[i] {Which: UntidyInOnes, Untidy: way}; all with the
//	             Hygiene rule, and of owners[i] by owner
//	Linearity    this.won {Which: WonOnes}; this.last_week.won {Which: WonOnes, Period: days};
//	             this.pulled_in, pushed_out {Which: PulledInOnes}, {Which: PushedOutOnes}
//	Change       [ChangeLine.Behind]
//
// It is comparable, and the zero Figure is every open deal.
type Figure struct {
	Which    Which           `json:"which"`
	Missing  bool            `json:"missing,omitzero"`  // adds no value: it has no amount, or what is expected of it is not known
	Category funnel.Category `json:"category,omitzero"` // is of it
	ByOwner  bool            `json:"by_owner,omitzero"` // is of Owner
	Owner    string          `json:"owner,omitzero"`    // empty: of no owner
	Period   calendar.Period `json:"period,omitzero"`   // a part of the aim's period, or a later one; none: the aim's
	Untidy   Untidy          `json:"untidy,omitzero"`   // of UntidyInOnes
	Hygiene  HygieneRule     `json:"hygiene,omitzero"`  // of CleanOnes, UntidyOnes and UntidyInOnes
}

// Validate reports words outside the constants, an owner that is not asked
// for, and a hygiene rule that is wrong.
func (f Figure) Validate() error {
	problems := check.List{Op: "forecast.Figure"}
	f.validate(&problems)
	return problems.Err()
}

func (f Figure) validate(problems *check.List) {
	if f.Which >= whiches {
		problems.Add(check.ErrUnknown, "which", "unknown_word", uint8(f.Which))
	}
	if f.Category > funnel.Omitted {
		problems.Add(check.ErrUnknown, "category", "unknown_word", uint8(f.Category))
	}
	if f.Untidy >= untidies {
		problems.Add(check.ErrUnknown, "untidy", "unknown_word", uint8(f.Untidy))
	}
	if f.Owner != "" && !f.ByOwner {
		problems.Add(check.ErrInvalid, "owner", "not_by_owner", f.Owner)
	}
	problems.Nest("hygiene", f.Hygiene.Validate())
}

// judge is a Figure of one forecast, ready to say what is in it.
type judge struct {
	Figure
	*Forecast
	why map[key][]Untidy     // of every open deal, where it is asked for
	eve map[key]calendar.Day // likewise, see expectedOn
}

func (f *Forecast) judge(figure Figure) (judge, error) {
	j := judge{Figure: figure, Forecast: f}
	if figure.Period.IsZero() {
		j.Figure.Period = f.aim.Period
	}
	if figure.Which == PulledInOnes || figure.Which == PushedOutOnes {
		j.eve = expectedOn(f.eve(0))
	}
	if figure.Which < CleanOnes {
		return j, nil
	}
	rule := figure.Hygiene.withDefaults()
	j.why = map[key][]Untidy{}
	_, err := f.untidies(rule, func(d funnel.Deal, why []Untidy) { j.why[keyOf(d)] = why })
	return j, err
}

// has reports whether a deal is in the figure, whatever it adds.
func (j *judge) has(d funnel.Deal) bool {
	if j.ByOwner && d.Owner != j.Owner || j.Category != funnel.NoCategory && d.Category != j.Category {
		return false
	}
	switch j.Which {
	case WonOnes:
		return d.Outcome == funnel.Won && j.Figure.Period.Contains(d.Closed)
	case PulledInOnes:
		return j.look.pulledIn(d, j.eve[keyOf(d)])
	case PushedOutOnes:
		return j.look.pushedOut(d, j.eve[keyOf(d)])
	case CreatedOnes:
		return j.Figure.Period.Contains(d.Started) && d.Started <= j.look.day
	}
	return d.Outcome == funnel.Open && j.hasOpen(d)
}

func (j *judge) hasOpen(d funnel.Deal) bool {
	switch j.Which {
	case OpenOnes:
		return true
	case ElsewhereOnes:
		return j.look.lineOf(d, j.Figure.Period, j.look.staleAge) != DueOnes
	case BelievableOnes:
		return !j.look.older(d)
	case OlderOnes:
		return j.look.older(d)
	case CleanOnes:
		return len(j.why[keyOf(d)]) == 0
	case UntidyOnes:
		return len(j.why[keyOf(d)]) > 0
	case UntidyInOnes:
		return slices.Contains(j.why[keyOf(d)], j.Untidy)
	}
	return j.look.lineOf(d, j.Figure.Period, j.look.staleAge) == j.Which
}
