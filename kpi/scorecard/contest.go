package scorecard

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Contest says who is ranked and how. The zero Contest ranks everybody with a
// score and a target, 1, 2, 2, 4, and says that the time in the role was not
// looked at.
type Contest struct {
	Ties     Ties     `json:"ties,omitzero"`
	TieBreak []string `json:"tie_break,omitzero"` // items whose points part equal scores, in this order; what is equal still shares its rank

	// Days is how many days of the period each was in the role. Who was for
	// less than Least of it is listed apart. Without Days this is not checked.
	Days  map[string]int `json:"days,omitzero"`
	Least kpi.Value      `json:"least,omitzero"` // share of the period; 1/2 where left out

	// Ineligible gives a reason of the caller's by owner, such as OnRamp or
	// "left in May". Somebody there who has no card is listed too.
	Ineligible map[string]string `json:"ineligible,omitzero"`

	// Intervals gives the interval of each score, such as that of
	// [Scorecard.Interval]; a rate makes its own. Places have evidence where
	// there is one, and with Last their movement since the ranking of the
	// period before.
	Intervals map[string]kpi.Interval `json:"intervals,omitzero"`
	Last      *Ranking                `json:"last,omitzero"`
	// Confidence says how the intervals of rates are drawn, and up to which
	// share of false alarms somebody is said to differ from the others.
	Confidence kpi.Confidence `json:"confidence,omitzero"`
}

// Why somebody is not ranked, beside the reasons that a caller states. Their
// sentences are in [Findings].
const (
	OnRamp        = "on_ramp"        // stated by the caller
	OnLeave       = "on_leave"       // stated by the caller
	ShortTenure   = "short_tenure"   // too few days in the role
	WithoutTarget = "without_target" // nothing to measure against
	WithoutScore  = "without_score"  // the score or rate is undefined
	SmallPool     = "small_pool"     // of a [Distribution]: too few people
)

// Unranked is somebody who is not ranked, with the first reason that applies:
// the caller's, a short tenure, no target, no score.
type Unranked struct {
	Owner  string    `json:"owner"`
	Value  kpi.Value `json:"value"`
	Reason string    `json:"reason"`
}

// Finding gives the reason as a finding, whose sentence is in [Findings] where
// it is one of the constants.
func (u Unranked) Finding() check.Finding {
	return check.Finding{Code: u.Reason, Severity: check.Info, Subject: u.Owner}
}

// Validate reports ties outside the constants, days below zero, a share
// outside 0 to 1, reasons that are empty, and a confidence that is not valid.
func (by Contest) Validate() error {
	problems := check.List{Op: "scorecard.Contest"}
	if by.Ties > Modified {
		problems.Add(check.ErrUnknown, "ties", "unknown_word", uint8(by.Ties))
	}
	for _, owner := range slices.Sorted(maps.Keys(by.Days)) {
		if by.Days[owner] < 0 {
			problems.Add(check.ErrRange, check.At("days", owner), "below_zero", by.Days[owner])
		}
	}
	validateShare(&problems, "least", by.Least)
	for _, owner := range slices.Sorted(maps.Keys(by.Ineligible)) {
		if by.Ineligible[owner] == "" {
			problems.Add(check.ErrMissing, check.At("ineligible", owner), "missing_reason", nil)
		}
	}
	problems.Nest("confidence", by.Confidence.Validate())
	return problems.Err()
}

// validate also reports owners who lead nowhere or whose days are not known
// though those of others are.
func (by Contest) validate(problems *check.List, owners iter.Seq[string]) {
	problems.Nest("", by.Validate())
	known := map[string]bool{}
	for owner := range owners {
		known[owner] = true
		if by.Days == nil {
			continue
		}
		if _, stated := by.Days[owner]; !stated && by.Ineligible[owner] == "" {
			problems.Add(check.ErrMissing, check.At("days", owner), "missing_number", nil)
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(by.Days)) {
		if !known[owner] {
			problems.Add(check.ErrUnknown, check.At("days", owner), "unknown_owner", owner)
		}
	}
	for _, owner := range slices.Sorted(maps.Keys(by.Intervals)) {
		if !known[owner] {
			problems.Add(check.ErrUnknown, check.At("intervals", owner), "unknown_owner", owner)
		}
	}
}

// excludes gives why somebody is not ranked, "" where he is.
func (by Contest) excludes(e *entry, period calendar.Period) string {
	days, stated := by.Days[e.Owner]
	needed := by.Least.Or(kpi.Frac(1, 2)).Mul(kpi.Int(int64(period.Days())))
	switch {
	case by.Ineligible[e.Owner] != "":
		return by.Ineligible[e.Owner]
	case stated && kpi.Int(int64(days)).Less(needed):
		return ShortTenure
	case !e.aimed:
		return WithoutTarget
	case !e.Value.Defined():
		return WithoutScore
	}
	return ""
}

// listAbsent lists who is named ineligible and was not handed in.
func (r *Ranking) listAbsent(entries []entry, by Contest) {
	left := maps.Clone(by.Ineligible)
	for _, e := range entries {
		delete(left, e.Owner)
	}
	for owner, why := range left {
		r.Unranked = append(r.Unranked, Unranked{Owner: owner, Reason: why})
	}
	slices.SortFunc(r.Unranked, func(a, b Unranked) int { return cmp.Compare(a.Owner, b.Owner) })
}

// note says what the reader of a ranking should know.
func (r *Ranking) note(by Contest) {
	n, period := len(r.Places), r.Period.String()
	if n > 0 && by.Days == nil {
		r.Findings = append(r.Findings, check.Finding{Code: codeTenure, Subject: period, Args: check.Args("ranked", n)})
	}
	tested := 0
	for _, p := range r.Places {
		if p.Evidence != nil {
			tested++
		}
	}
	switch {
	case n < 2:
	case tested == 0:
		r.Findings = append(r.Findings, check.Finding{Code: codeNotTested, Subject: period, Args: check.Args("ranked", n)})
	case tested < n:
		r.Findings = append(r.Findings, check.Finding{Code: codePartTested, Subject: period, Args: check.Args("without", n-tested, "ranked", n)})
	}
	if share, known := r.byChance(); known {
		r.Findings = append(r.Findings, check.Finding{Code: codeChance, Subject: period, Args: check.Args("share", share, "people", r.Spread.Freedom+1)})
	}
	if n > 1 && tested > 0 && !slices.ContainsFunc(r.Places, func(p Place) bool { return p.Evidence != nil && p.Evidence.Verdict == kpi.Distinguishable }) {
		r.Findings = append(r.Findings, check.Finding{Code: codeAllChance, Subject: period, Args: check.Args("ranked", n)})
	}
}

// byChance gives the share of chance in the spread in whole percent.
func (r *Ranking) byChance() (text string, known bool) {
	if r.Spread == nil {
		return "", false
	}
	share, known := r.Spread.ByChance.Float64()
	return strconv.FormatFloat(ten(100*ten(share)), 'f', 0, 64) + " %", known
}
