package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// ConversionRule says from where to where, within which time, of which deals.
type ConversionRule struct {
	// From is the open stage that a deal enters. Empty: its start, see
	// [Question.Start]. A deal that jumped over the stage enters with the
	// later one.
	From string `json:"from,omitzero"`

	To string `json:"to,omitzero"` // the open stage that it comes to, or a later one; empty: won

	// Within is the number of days that a deal has. 0: the 90th percentile
	// (type 7) of the times of those that converted, for won deals the
	// question's Horizon; undefined (TooFew) under 10 of them.
	Within int `json:"within,omitzero"`

	Entered calendar.Period `json:"entered,omitzero"` // only deals that entered in it; none: all
	Sampling
}

// Conversion is how many of the deals that entered came to where they should
// within a number of days: once as it was observed, once of those alone that
// had the time, and once adjusted for those that did not.
//
//	Deals = Truncated + Observed.Ratio's denominator + Unknown
type Conversion struct {
	From   string    `json:"from,omitzero"`
	To     string    `json:"to,omitzero"`
	Within kpi.Value `json:"within"` // days
	Deals  int64     `json:"deals"`  // that entered

	// Truncated is the deals that entered before closings were on record: of
	// them the early ends are missing, so they count in Adjusted alone, from
	// the age at which they came under observation.
	Truncated int64 `json:"truncated"`
	Unknown   int64 `json:"unknown"` // a date is not known, or they contradict

	// Observed takes every deal, the young ones as not converted: too low
	// where there are many of them. Mature takes those that entered at least
	// Within days before the as-of day.
	Observed Rate `json:"observed"`
	Mature   Rate `json:"mature"`

	// Adjusted is the share that converts within the days, estimated from
	// every deal as far as it has come (Aalen–Johansen), and Lost the share
	// that ends otherwise; what is left is still open by then.
	Adjusted Incidence `json:"adjusted"`
	Lost     Incidence `json:"lost"`

	// Stale is how many of the open ones are stale. Their owners may have
	// given them up and not said so: StaleLost is Lost with them counted as
	// lost at the age from which on they are stale.
	Stale     int64     `json:"stale"`
	StaleLost Incidence `json:"stale_lost"`

	Findings []check.Finding `json:"findings"`
}

// Conversion gives how many deals come from where to where within a time.
// Errors: a stage that the pipeline does not have as an open one, To before
// or at From, a negative Within, a sampling that contradicts itself.
//
// Sources: Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978),
// with delayed entry.
func (a *Analysis) Conversion(rule ConversionRule) (Conversion, error) {
	from, to, err := rule.validate(a, "funnel.Conversion")
	if err != nil {
		return Conversion{}, err
	}
	ways := a.ways(from, to, rule.Entered)
	within := rule.within(a, ways)
	c := Conversion{From: rule.From, To: rule.To, Within: within, Deals: int64(len(ways)), Findings: []check.Finding{}}
	days, why := wholeDays(within)
	observed, mature := a.newRate(rule.Sampling), a.newRate(rule.Sampling)
	for _, w := range ways {
		switch {
		case !w.known:
			c.Unknown++
		case w.late >= 0:
			c.Truncated++
		default:
			hit := w.converts(days)
			observed.count(w.life, hit)
			if w.since >= days {
				mature.count(w.life, hit)
			}
		}
		if w.life.outcome == Open && a.stale(w.life) {
			c.Stale++
		}
	}
	c.Observed, c.Mature = observed.done(why), mature.done(why)
	c.adjust(a, ways, days, why, rule.Sampling)
	a.conversionNotes(&c, rule.Confidence)
	return c, nil
}

// wholeDays gives a number of days, the part of one as a whole, or why there
// is none.
func wholeDays(within kpi.Value) (days int64, why kpi.Reason) {
	days, known := ceil(within).Int64()
	if !known {
		return 0, within.Reason()
	}
	return days, 0
}

// StageConversions gives the conversion from each open stage to the next, and
// from the last to won: each within the 90th percentile of its own times.
func (a *Analysis) StageConversions(s Sampling) ([]Conversion, error) {
	conversions := make([]Conversion, a.route.open)
	for i := range conversions {
		rule := ConversionRule{From: a.route.stages[i].ID, Sampling: s}
		if i+1 < a.route.open {
			rule.To = a.route.stages[i+1].ID
		}
		var err error
		if conversions[i], err = a.Conversion(rule); err != nil {
			return nil, err
		}
	}
	return conversions, nil
}

func (c *Conversion) adjust(a *Analysis, ways []way, days int64, why kpi.Reason, sampling Sampling) {
	e := incidences{a: a, days: days, why: why, sampling: sampling}
	c.Adjusted, c.Lost = e.of(ways, stat.Won), e.of(ways, stat.Lost)
	given := slices.Clone(ways)
	for i := range given {
		if w := &given[i]; w.end == 0 && w.life.outcome == Open && a.stale(w.life) {
			w.end = stat.Lost
			if old, ok := ceil(a.staleAge).Int64(); ok && a.tooOld(w.life) {
				w.age = max(min(w.age, old), w.late+1)
			}
		}
	}
	c.StaleLost = e.of(given, stat.Lost)
}

func (rule ConversionRule) validate(a *Analysis, op string) (from, to int, err error) {
	problems := check.List{Op: op}
	from, to = -1, a.route.open
	if rule.From != "" {
		from = a.openRank(&problems, "from", rule.From)
	}
	if rule.To != "" {
		to = a.openRank(&problems, "to", rule.To)
		begin := from
		if rule.From == "" {
			begin = max(a.start, 0)
		}
		if to <= begin && problems.Err() == nil {
			problems.Add(check.ErrInvalid, "to", "not_after_from", rule.To, "from", rule.From)
		}
	}
	if rule.Within < 0 {
		problems.Add(check.ErrRange, "within", "negative_days", rule.Within)
	}
	rule.Sampling.validate(&problems)
	return from, to, problems.Err()
}

// within gives the days that a deal has, named or learned.
func (rule ConversionRule) within(a *Analysis, ways []way) kpi.Value {
	switch {
	case rule.Within > 0:
		return kpi.Int(int64(rule.Within))
	case rule.To == "" && rule.From == "":
		return a.horizon
	}
	var took []int
	for _, w := range ways {
		if w.known && w.end == stat.Won {
			took = append(took, int(w.age))
		}
	}
	if len(took) < fewestWon {
		return kpi.Undefined(kpi.TooFew)
	}
	return describe(took, 0).P90
}

func (a *Analysis) conversionNotes(c *Conversion, confidence kpi.Confidence) {
	found := notes{}
	found.some(c.Truncated, "conversion_truncated", check.Warning, "of", c.Deals, "day", a.window.ClosingsFrom)
	if young := c.Observed.Ratio.Den().Sub(c.Mature.Ratio.Den()); young.Sign() > 0 && c.Within.Defined() {
		found.add("conversion_immature", check.Info, "deals", young, "of", c.Observed.Ratio.Den(), "days", c.Within)
	}
	found.some(c.Unknown, "conversion_unknown", check.Info, "of", c.Deals)
	found.some(c.Stale, "conversion_stale", check.Warning, "of", c.Deals)
	c.Findings = append(append(c.Findings, found...), c.Observed.findings("observed")...)
	c.Findings = append(append(c.Findings, c.Mature.findings("mature")...), c.Adjusted.findings("adjusted", confidence)...)
}
