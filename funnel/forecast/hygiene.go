package forecast

import (
	"cmp"
	"maps"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Untidy is what keeps an open deal from being believed. The zero Untidy is
// CloseDatePast.
type Untidy uint8

const (
	CloseDatePast      Untidy = iota // its expected close lies before the as-of day
	OlderThanAnyClosed               // it is older than any deal ever was when it closed
	NoNextStep                       // none is agreed, or its day has passed
	NoActivity                       // neither an activity nor a move to another stage for [HygieneRule].QuietDays
	AmountMissing                    // it has no value, or one of zero
	PushedOften                      // its expected close was pushed [HygieneRule].Pushes times or more
	untidies           = iota
)

func untidyWords() []string {
	return []string{"close_date_past", "older_than_any_closed", "no_next_step", "no_activity", "amount_missing", "pushed_often"}
}

// String gives close_date_past, older_than_any_closed, no_next_step,
// no_activity, amount_missing or pushed_often.
func (u Untidy) String() string { return enum.String(untidyWords(), u) }

// MarshalText gives the word; a number outside the constants is an error.
func (u Untidy) MarshalText() ([]byte, error) {
	return enum.Marshal("forecast.Untidy", untidyWords(), u)
}

// UnmarshalText reads the word.
func (u *Untidy) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Untidy", untidyWords(), text, u)
}

// Title gives words for people, in English ("en") or Chinese ("zh"). Another
// language gives the English ones.
func (u Untidy) Title(lang string) string {
	if lang == "zh" {
		return enum.String([]string{"预计成交日已过", "比任何已结单商机都老", "无下一步", "无跟进", "金额缺失", "多次推迟"}, u)
	}
	return enum.String([]string{"close date past", "older than any deal that closed", "no next step", "no activity", "amount missing", "pushed often"}, u)
}

// HygieneRule says what [Forecast.Hygiene] counts by. Each zero field is its
// default.
type HygieneRule struct {
	QuietDays int `json:"quiet_days"` // without an activity or a move; 0: 30
	Pushes    int `json:"pushes"`     // of the expected close; 0: 3
}

// Hygiene is who has not cleaned up. A deal may be untidy in several ways: the
// counts of these overlap, Clean and Untidy do not.
type Hygiene struct {
	HygieneRule
	Day    calendar.Day `json:"day"`
	Oldest kpi.Value    `json:"oldest_closed"` // the greatest age, in days, at which any deal closed
	All    HygieneLine  `json:"all"`

	Owners []HygieneLine `json:"owners"` // those with open deals: the most untidy value first, then by name
	Deals  []UntidyDeal  `json:"deals"`  // by owner and ID

	Findings []check.Finding `json:"findings"`
}

// HygieneLine is the open deals of an owner, or of all.
type HygieneLine struct {
	Owner  string        `json:"owner,omitzero"` // empty: of no owner, or of all
	Open   funnel.Stock  `json:"open"`
	Clean  funnel.Stock  `json:"clean"`
	Untidy funnel.Stock  `json:"untidy"`
	Counts []UntidyCount `json:"counts"` // every way, in the order of the constants
}

// UntidyCount is the deals that are untidy in one way.
type UntidyCount struct {
	Untidy Untidy       `json:"untidy"`
	Deals  funnel.Stock `json:"deals"`
}

// UntidyDeal is one deal with all that is wrong.
type UntidyDeal struct {
	funnel.Deal
	Why []Untidy `json:"why"`
}

// Hygiene says who has not cleaned up, over all open deals of the aim and not
// only those of its period. How many deals have no date of a move nor an
// activity, so that it is not known whether they are quiet, is a finding.
// Negative numbers in the rule are check.ErrRange.
func (f *Forecast) Hygiene(rule HygieneRule) (Hygiene, error) {
	if err := rule.Validate(); err != nil {
		return Hygiene{}, err
	}
	return f.hygiene(rule.withDefaults())
}

// Validate reports numbers below zero.
func (r HygieneRule) Validate() error {
	problems := check.List{Op: "forecast.HygieneRule"}
	if r.QuietDays < 0 {
		problems.Add(check.ErrRange, "quiet_days", "negative_days", r.QuietDays)
	}
	if r.Pushes < 0 {
		problems.Add(check.ErrRange, "pushes", "negative_count", r.Pushes)
	}
	return problems.Err()
}

func (r HygieneRule) withDefaults() HygieneRule {
	return HygieneRule{QuietDays: cmp.Or(r.QuietDays, 30), Pushes: cmp.Or(r.Pushes, 3)}
}

func (f *Forecast) hygiene(rule HygieneRule) (Hygiene, error) {
	h := Hygiene{HygieneRule: rule, Day: f.look.day, Oldest: f.look.oldestClosed, Owners: []HygieneLine{}, Deals: []UntidyDeal{}, Findings: []check.Finding{}}
	all, owners := newHygieneTally(""), map[string]*hygieneTally{}
	unknown, err := f.untidies(rule, func(d funnel.Deal, why []Untidy) {
		if owners[d.Owner] == nil {
			owners[d.Owner] = newHygieneTally(d.Owner)
		}
		worth := f.look.worth(d)
		all.add(worth, why)
		owners[d.Owner].add(worth, why)
		if len(why) > 0 {
			h.Deals = append(h.Deals, UntidyDeal{d, why})
		}
	})
	if err != nil {
		return Hygiene{}, err
	}
	h.All = all.done()
	for _, owner := range slices.Sorted(maps.Keys(owners)) {
		h.Owners = append(h.Owners, owners[owner].done())
	}
	h.sort()
	h.Findings = append(h.Findings, h.findings(unknown)...)
	return h, nil
}

// untidies tells of every open deal what is wrong with it, and gives of how
// many it is not known whether they are quiet.
func (f *Forecast) untidies(rule HygieneRule, tell func(funnel.Deal, []Untidy)) (unknown int64, err error) {
	quiet, unknown, err := f.quiet(rule.QuietDays)
	if err != nil {
		return 0, err
	}
	pushed, err := f.pushed(rule.Pushes)
	if err != nil {
		return 0, err
	}
	for _, d := range f.look.deals {
		if d.Outcome == funnel.Open {
			tell(d, f.untidy(d, quiet[keyOf(d)], pushed[keyOf(d)]))
		}
	}
	return unknown, nil
}

// untidy gives all that is wrong with an open deal.
func (f *Forecast) untidy(d funnel.Deal, quiet, pushed bool) []Untidy {
	day, worth := f.look.day, f.look.worth(d)
	wrong := [untidies]bool{
		CloseDatePast:      !d.ExpectedClose.IsZero() && d.ExpectedClose < day,
		OlderThanAnyClosed: f.look.older(d),
		NoNextStep:         d.NextStep.IsZero() || d.NextStep < day,
		NoActivity:         quiet,
		AmountMissing:      !worth.Defined() || worth.Sign() == 0,
		PushedOften:        pushed,
	}
	why := []Untidy{}
	for u, is := range wrong {
		if is {
			why = append(why, Untidy(u))
		}
	}
	return why
}

// quiet gives the open deals with neither an activity nor a move for so many
// days, and of how many that is not known.
func (f *Forecast) quiet(days int) (quiet map[key]bool, unknown int64, err error) {
	limits := map[string]kpi.Value{}
	for _, s := range f.report.Stages {
		limits[s.Stage] = kpi.Int(int64(days - 1))
	}
	part, ok := f.part()
	if !ok {
		return map[key]bool{}, 0, nil
	}
	stalled, err := part.Stalled(funnel.StallRule{Limits: limits, ActivityCounts: true})
	if err != nil {
		return nil, 0, err
	}
	quiet = map[key]bool{}
	for _, d := range stalled.Deals {
		quiet[keyOf(d.Deal)] = true
	}
	for _, s := range stalled.Stages {
		unknown += s.Unknown
	}
	return quiet, unknown, nil
}

// pushed gives the open deals whose close date was pushed so often.
func (f *Forecast) pushed(often int) (map[key]bool, error) {
	slips, err := f.now.Slippage(funnel.SlipRule{Often: often})
	if err != nil {
		return nil, err
	}
	pushed := map[key]bool{}
	for _, s := range slips.Often {
		pushed[key{s.Deal, s.Life}] = true
	}
	return pushed, nil
}
