package funnel

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Quality says what is the matter with the data behind every figure of an
// analysis, code by code, each with its number of deals; [Analysis.Affected]
// names them. A deal may have several issues, so they do not add up; only
//
//	Read = Counted + Excluded
//
// does, and Excluded is the sum of the issues of that kind.
type Quality struct {
	Read     int64 `json:"read"` // deals
	Counted  int64 `json:"counted"`
	Excluded int64 `json:"excluded"`

	// Lives is what the other figures count: the counted deals, and more
	// where the policy is [NewLife]. Repaired is how many of them have an
	// issue of that kind, Suspicious likewise, and Clean how many have neither.
	Lives      int64 `json:"lives"`
	Repaired   int64 `json:"repaired"`
	Suspicious int64 `json:"suspicious"`
	Clean      int64 `json:"clean"`

	Issues []Issue `json:"issues"` // that occur: first what was excluded, then what is suspicious, then what was repaired
}

// Issue is something that is the matter with deals. It counts lives, as every
// figure does, where it is not about excluded deals.
type Issue struct {
	Code  string    `json:"code"`
	Kind  IssueKind `json:"kind"`
	Deals int64     `json:"deals"`
}

// Finding gives the issue as a finding, for its sentence.
func (i Issue) Finding() check.Finding {
	severity := check.Info
	if i.Kind == Suspicious {
		severity = check.Warning
	}
	return check.Finding{Code: "quality_" + i.Code, Severity: severity, Args: check.Args("deals", i.Deals)}
}

// IssueKind says what was done about an issue.
type IssueKind uint8

const (
	LeftOut    IssueKind = iota // the deal counts nowhere
	Suspicious                  // it counts as it is, as far as it can; somebody should look
	Repaired                    // the history was read by a documented rule
)

func issueKindWords() []string { return []string{"left_out", "suspicious", "repaired"} }

// String gives left_out, suspicious or repaired.
func (k IssueKind) String() string { return enum.String(issueKindWords(), k) }

// MarshalText gives the word; a kind outside the constants is an error.
func (k IssueKind) MarshalText() ([]byte, error) {
	return enum.Marshal("funnel.IssueKind", issueKindWords(), k)
}

// UnmarshalText reads the word.
func (k *IssueKind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.IssueKind", issueKindWords(), text, k)
}

// Quality looks at every deal again. Of a part (see [Analysis.By]) it speaks
// of the part.
func (a *Analysis) Quality() Quality {
	q := Quality{Read: a.all.Read, Counted: a.all.Counted, Lives: int64(len(a.lives)), Issues: []Issue{}}
	for _, e := range a.all.Excluded {
		q.Excluded += e.Deals
		q.Issues = append(q.Issues, Issue{e.Reason.String(), LeftOut, e.Deals})
	}
	all := issues()
	deals := make([]int64, len(all))
	a.inspect(func(s *sight) {
		var has [Repaired + 1]bool
		for i, issue := range all {
			if issue.in(a, s) {
				deals[i]++
				has[issue.kind] = true
			}
		}
		switch {
		case has[Suspicious] && has[Repaired]:
			q.Suspicious++
			q.Repaired++
		case has[Suspicious]:
			q.Suspicious++
		case has[Repaired]:
			q.Repaired++
		default:
			q.Clean++
		}
	})
	for i, issue := range all {
		if deals[i] > 0 {
			q.Issues = append(q.Issues, Issue{issue.code, issue.kind, deals[i]})
		}
	}
	return q
}

// Affected is the deals that have an issue, one page of them.
type Affected struct {
	kpi.Behind
	Deals []DealLife `json:"deals"` // of this page, in the order of IDs and lives
	Count int64      `json:"count"` // that of the [Issue]
}

// DealLife names a deal, and which of its lives is meant: from 1, and 0 for a
// deal that does not count.
type DealLife struct {
	Deal string `json:"deal"`
	Life int    `json:"life"`
}

// Affected gives the deals that have the issue of a code, page by page. A code
// that no issue has is check.ErrUnknown; one that does not occur gives none. A
// negative page is check.ErrRange.
func (a *Analysis) Affected(code string, page kpi.Page) (Affected, error) {
	problems := check.List{Op: "funnel.Affected"}
	problems.Nest("page", page.Validate())
	deals, known := a.leftOut(code)
	for _, issue := range issues() {
		if issue.code != code {
			continue
		}
		known = true
		a.inspect(func(s *sight) {
			if issue.in(a, s) {
				deals = append(deals, DealLife{a.ids[s.life.deal], int(s.life.number)})
			}
		})
	}
	if !known {
		problems.Add(check.ErrUnknown, "code", "unknown_word", code)
	}
	if err := problems.Err(); err != nil {
		return Affected{}, err
	}
	slices.SortFunc(deals, func(d, e DealLife) int { return cmp.Or(cmp.Compare(d.Deal, e.Deal), cmp.Compare(d.Life, e.Life)) })
	ids := make([]string, len(deals))
	for i, d := range deals {
		ids[i] = d.Deal
	}
	b := Affected{Behind: page.Of(ids), Deals: []DealLife{}, Count: int64(len(deals))}
	for _, d := range deals {
		if b.Has(d.Deal) {
			b.Deals = append(b.Deals, d)
		}
	}
	return b, nil
}

// leftOut gives the excluded deals where the code is a reason for that.
func (a *Analysis) leftOut(code string) (deals []DealLife, known bool) {
	i := slices.Index(exclusionWords(), code)
	if i < 0 {
		return nil, false
	}
	if a.isPart {
		for _, g := range a.gone {
			if g.why == Exclusion(i) {
				deals = append(deals, DealLife{Deal: a.ids[g.life.deal]})
			}
		}
		return deals, true
	}
	for deal, why := range a.excluded {
		if why == Exclusion(i) {
			deals = append(deals, DealLife{Deal: deal})
		}
	}
	return deals, true
}
