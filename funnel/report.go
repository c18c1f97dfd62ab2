package funnel

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Report is the answer to a [Question]. Everything in it is exact and carries
// its counts; amounts are in whatever currency the events were in.
type Report struct {
	Pipeline string       `json:"pipeline"`
	AsOf     time.Time    `json:"as_of"` // in UTC, to the microsecond
	Day      calendar.Day `json:"day"`   // the day of AsOf in the question's location
	Start    string       `json:"start,omitzero"`
	ValueBy  ValueBy      `json:"value_by"`
	Policy   Policy       `json:"policy"`
	Window   Window       `json:"window"`

	// Horizon is the number of days within which a deal that is won at all
	// should be won: the question's, or learned from the whole set.
	Horizon kpi.Value `json:"horizon"`

	Counts Counts      `json:"counts"`
	Stages []StageFlow `json:"stages"` // the open stages in order

	// Won, Lost and Disqualified are the deals that closed in the window.
	Won          Closed `json:"won"`
	Lost         Closed `json:"lost"`
	Disqualified Closed `json:"disqualified"`

	// CycleClosed is the time to any of these ends.
	CycleClosed Durations `json:"cycle_closed"`

	// WinRate is won/(won + lost) by count, closed in the window; whatever was
	// disqualified stays outside. [Analysis.WinRates] gives its interval, and
	// the other figures that go by this name.
	WinRate kpi.Ratio `json:"win_rate"`

	// WinRateByValue is the value of won deals over that of won and lost
	// ones, by ValueBy. It is undefined (NoAmount) unless at least 95 % of the
	// lost deals have a value other than 0, and (NotApplicable) where a value
	// is below zero.
	WinRateByValue kpi.Ratio `json:"win_rate_by_value"`

	// RealisedPrice is amount over list price of the won deals that have both.
	RealisedPrice kpi.Ratio `json:"realised_price"`

	Cohorts       []Cohort `json:"cohorts"`        // by time, those that have deals
	CohortUnknown int64    `json:"cohort_unknown"` // deals whose start is not known

	Open     OpenDeals       `json:"open"`
	Findings []check.Finding `json:"findings"`
}

// Window is the time in which closings are on record, to the as-of day.
//
// Where the question does not state its beginning, it is taken to be the
// first closing if that lies later than the first start by more than the
// first quartile of won cycles, and the finding window_unknown says so;
// otherwise the window has no beginning.
type Window struct {
	ClosingsFrom calendar.Day `json:"closings_from"` // no day: no beginning
	Stated       bool         `json:"stated"`        // by the question; else found in the data
	Last         calendar.Day `json:"last"`          // the as-of day

	// FirstRecord is the first day on which any deal of the whole set began
	// or closed.
	FirstRecord calendar.Day `json:"first_record,omitzero"`
}

// Begin gives the day from which on periods are known as a whole and may be
// compared: a stated ClosingsFrom, or else the later of ClosingsFrom and
// FirstRecord. What lies before is no data, not zero.
func (w Window) Begin() calendar.Day {
	if w.Stated {
		return w.ClosingsFrom
	}
	return max(w.ClosingsFrom, w.FirstRecord)
}

// Counts says what was read: Read = Counted + the sum of Excluded, and
// Lives = Open + Won + Lost + Disqualified.
type Counts struct {
	Read     int64      `json:"read"` // deals
	Counted  int64      `json:"counted"`
	Excluded []Excluded `json:"excluded"` // in the order of the constants, each deal under the first that applies

	// Lives is Counted, unless the policy is [NewLife]: then a deal has one
	// more for each time that it was opened again, and every other figure of
	// the report counts lives.
	Lives int64 `json:"lives"`

	Open         int64 `json:"open"`
	Won          int64 `json:"won"`
	Lost         int64 `json:"lost"`
	Disqualified int64 `json:"disqualified"`

	// OutsideWindow is how many of the closed lie before a stated window, or
	// at a time that is not known where the window is stated.
	OutsideWindow int64 `json:"outside_window"`
}

// Excluded is how many deals were left out for a reason.
type Excluded struct {
	Reason Exclusion `json:"reason"`
	Deals  int64     `json:"deals"`
}

// StageFlow is how deals pass one open stage. Unless the question's [Policy]
// says otherwise a deal has reached a stage if it entered it, entered a later
// open stage, or was won; every counted deal has reached the first. Under
// every policy
//
//	Reached = Entered + Implied
//	Reached = Open + Won + Lost + Disqualified
type StageFlow struct {
	Stage   string `json:"stage"`
	Reached int64  `json:"reached"`
	Entered int64  `json:"entered"` // an event says so
	Implied int64  `json:"implied"` // only what came later says so

	// Skipped is the part of Implied whose history shows an earlier stage or
	// the creation, so that the stage was jumped over; for the rest the
	// history begins later.
	Skipped int64 `json:"skipped"`

	// What became of the deals that reached the stage, by the as-of instant.
	Open         int64 `json:"open"`
	Won          int64 `json:"won"`
	Lost         int64 `json:"lost"`
	Disqualified int64 `json:"disqualified"`

	// OpenHere, LostHere and DisqualifiedHere were in this very stage last.
	OpenHere         int64 `json:"open_here"`
	LostHere         int64 `json:"lost_here"`
	DisqualifiedHere int64 `json:"disqualified_here"`

	// Rates of the deals that reached the stage. They are as observed: deals
	// still open may yet move. [Analysis.StageConversions] gives them with their
	// intervals, of the mature alone, and adjusted.
	ToNext   kpi.Ratio `json:"to_next"`   // reached the next open stage; of the last one: won
	ToClosed kpi.Ratio `json:"to_closed"` // came to any end
	ToWon    kpi.Ratio `json:"to_won"`
}

// Closed is the deals that came to one kind of end in the window.
type Closed struct {
	Deals     int64       `json:"deals"`
	Amount    kpi.Partial `json:"amount"`     // with how many of the deals have one
	ListPrice kpi.Partial `json:"list_price"` // likewise
	Average   kpi.Value   `json:"average"`    // amount by deals with an amount
	Median    kpi.Value   `json:"median"`     // of those amounts, the mean of the middle two
	Cycle     Durations   `json:"cycle"`      // from the start to the end
}

// Cohort is the deals that started in one period.
type Cohort struct {
	Period       calendar.Period `json:"period"`
	Label        string          `json:"label"`
	Deals        int64           `json:"deals"`
	Won          int64           `json:"won"`
	Lost         int64           `json:"lost"`
	Disqualified int64           `json:"disqualified"`
	Open         int64           `json:"open"`

	// Mature: its last day lies at least Horizon days before the as-of day.
	Mature bool `json:"mature"`

	// LeftTruncated: the period began before the window, so that early
	// closings are missing and every rate is undefined (NotApplicable).
	LeftTruncated bool `json:"left_truncated"`

	// Conversion is the deals won within Horizon days of their start, of all
	// deals: the same question to every cohort. Undefined (Immature) until
	// the cohort is mature.
	Conversion kpi.Ratio `json:"conversion"`

	Observed kpi.Ratio `json:"observed"` // won so far, of all deals
	WinRate  kpi.Ratio `json:"win_rate"` // won of won and lost so far
}

// Report gives everything that the stages, ends and dates of the deals tell.
func (a *Analysis) Report() Report {
	r := Report{
		Pipeline: a.route.pipeline.ID,
		AsOf:     time.UnixMicro(a.asOf).UTC(),
		Day:      a.day,
		Start:    a.q.Start,
		ValueBy:  a.q.ValueBy,
		Policy:   a.q.Policy,
		Window:   a.window,
		Horizon:  a.horizon,
		Counts:   a.counts(),
		Stages:   a.Stages(),
	}
	a.outcomes(&r)
	r.Cohorts, r.CohortUnknown = a.cohorts()
	r.Open = a.open()
	r.Findings = a.findings(&r)
	return r
}

// counts adds the counted deals by their state.
func (a *Analysis) counts() Counts {
	c := a.all
	c.Excluded = slices.Clone(c.Excluded)
	c.Lives = int64(len(a.lives))
	for _, l := range a.lives {
		switch l.outcome {
		case Open:
			c.Open++
			continue
		case Won:
			c.Won++
		case Lost:
			c.Lost++
		case Disqualified:
			c.Disqualified++
		}
		if !a.inside(l) {
			c.OutsideWindow++
		}
	}
	return c
}

// Deals gives every counted deal as it stands on the as-of instant, in the
// order of their IDs and lives: what a caller needs to feed won deals to
// another package where only a log of stages is kept.
func (a *Analysis) Deals() []Deal {
	deals := make([]Deal, len(a.lives))
	for i, l := range a.lives {
		deals[i] = a.deal(l)
	}
	slices.SortFunc(deals, func(d, e Deal) int { return cmp.Or(strings.Compare(d.ID, e.ID), cmp.Compare(d.Life, e.Life)) })
	return deals
}

// worth gives what a deal counts in figures by value.
func (a *Analysis) worth(l *life) kpi.Value {
	if a.q.ValueBy == ByListPrice {
		return a.value(l.listPrice)
	}
	return a.value(l.amount)
}
