package funnel

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// SlipRule says what [Analysis.Slippage] counts by. Each zero field is its
// default.
type SlipRule struct {
	Grain calendar.Grain `json:"grain"` // of the periods that a close date crosses; none given: a quarter
	Often int            `json:"often"` // from how many pushes on a deal is named; 0: 3
}

// Slippage is how the expected close dates of deals moved until the as-of
// instant, three ways that are not the same: how often they were edited, how
// often that took them into a later period, and by how many days.
//
// An edit counts where the deal is open after it. The first date that is
// stated is none, nor is a date stated again; of two dates stated by one row
// the later counts. What a closed deal states (many systems put the day of
// closing there) is no edit and no date. The first date of a new life
// ([NewLife]) is the one in force when it began.
type Slippage struct {
	Basis
	SlipRule

	All  Slips `json:"all"`
	Open Slips `json:"open"`
	Won  Slips `json:"won"`
	Lost Slips `json:"lost"` // what was disqualified is in All alone

	Distribution []PushCount     `json:"distribution"` // of all dated deals, by number of pushes, those that occur
	Often        []Slip          `json:"pushed_often"` // pushed Often times or more: the most pushed first, then by ID
	Moved        []Slip          `json:"moved"`        // every deal whose date was edited, by ID
	Findings     []check.Finding `json:"findings"`
}

// DateEdits are edits of expected close dates.
type DateEdits struct {
	Pushes      int64 `json:"pushes"`       // to a later day
	Pulls       int64 `json:"pulls"`        // to an earlier day
	Crossings   int64 `json:"crossings"`    // pushes into a later period, however far
	CrossedBack int64 `json:"crossed_back"` // pulls into an earlier period
	PushedDays  int64 `json:"pushed_days"`
	PulledDays  int64 `json:"pulled_days"`
}

// NetDays gives PushedDays − PulledDays: by how many days the last date lies
// after the first.
func (e DateEdits) NetDays() int64 { return e.PushedDays - e.PulledDays }

func (e *DateEdits) add(o DateEdits) {
	e.Pushes, e.Pulls = e.Pushes+o.Pushes, e.Pulls+o.Pulls
	e.Crossings, e.CrossedBack = e.Crossings+o.Crossings, e.CrossedBack+o.CrossedBack
	e.PushedDays, e.PulledDays = e.PushedDays+o.PushedDays, e.PulledDays+o.PulledDays
}

// edit counts a date that takes the place of another.
func (e *DateEdits) edit(was, is calendar.Day, periods func(calendar.Day) calendar.Period) {
	crosses := periods(was) != periods(is)
	switch days := int64(is.Sub(was)); {
	case days > 0:
		e.Pushes, e.PushedDays = e.Pushes+1, e.PushedDays+days
		if crosses {
			e.Crossings++
		}
	case days < 0:
		e.Pulls, e.PulledDays = e.Pulls+1, e.PulledDays-days
		if crosses {
			e.CrossedBack++
		}
	}
}

// Slips is the slippage of a number of deals.
type Slips struct {
	Deals int64 `json:"deals"`
	Dated int64 `json:"dated"` // have an expected close

	// Of the dated deals those pushed, pulled or pushed into a later period
	// at least once; a deal may be all three.
	Pushed  int64 `json:"pushed"`
	Pulled  int64 `json:"pulled"`
	Crossed int64 `json:"crossed"`

	Share Rate        `json:"share"` // Pushed of Dated
	Value kpi.Partial `json:"value"` // of the deals pushed
	DateEdits
	Net Durations `json:"net"` // days from first to last date of every dated deal, below zero where pulled
}

// PushCount is the deals that were pushed so many times.
type PushCount struct {
	Pushes int64 `json:"pushes"`
	Stock
}

// Slip is the slippage of one deal.
type Slip struct {
	Deal    string       `json:"deal"`
	Life    int          `json:"life"`
	Owner   string       `json:"owner,omitzero"`
	Outcome Outcome      `json:"outcome"`
	Value   kpi.Value    `json:"value"`
	First   calendar.Day `json:"first"` // expected close
	Last    calendar.Day `json:"last"`
	DateEdits
}

// Slippage gives how the close dates of the deals moved; of an owner or a
// team through [Analysis.By]. Periods are those of the question's calendar. A
// grain outside the constants is check.ErrUnknown, a negative Often
// check.ErrRange. Intervals are the default ones: see [Analysis.SlippageBy].
func (a *Analysis) Slippage(rule SlipRule) (Slippage, error) { return a.SlippageBy(rule, Sampling{}) }

// SlippageBy gives the slippage with intervals drawn as stated. Errors are
// those of [Analysis.Slippage] and of the sampling.
func (a *Analysis) SlippageBy(rule SlipRule, s Sampling) (Slippage, error) {
	problems := check.List{Op: "funnel.Slippage"}
	rule.validate(&problems)
	s.validate(&problems)
	if err := problems.Err(); err != nil {
		return Slippage{}, err
	}
	if rule.Grain == calendar.NoGrain {
		rule.Grain = calendar.Quarterly
	}
	if rule.Often == 0 {
		rule.Often = 3
	}
	return a.slippage(rule, s), nil
}

func (r SlipRule) validate(problems *check.List) {
	if r.Grain > calendar.Yearly {
		problems.Add(check.ErrUnknown, "grain", "unknown_grain", uint8(r.Grain))
	}
	if r.Often < 0 {
		problems.Add(check.ErrRange, "often", "negative_count", r.Often)
	}
}
