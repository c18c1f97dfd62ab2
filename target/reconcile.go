package target

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Commitment is what somebody says an owner will reach: the bottom-up side.
type Commitment struct {
	Owner  string          `json:"owner"`
	Period calendar.Period `json:"period"`
	Amount kpi.Value       `json:"amount"`
	Day    calendar.Day    `json:"day"`    // on which it was given; a later one replaces an earlier
	Author string          `json:"author"` // who gave it
	Note   string          `json:"note,omitzero"`
}

// Acceptance says which commitments are taken as they are. What is left out
// is zero: then only a commitment equal to the target is accepted.
type Acceptance struct {
	Below kpi.Value `json:"below,omitzero"` // how far below the target, as a share of it: 0.05
	Above kpi.Value `json:"above,omitzero"` // how far above
}

// Validate reports shares that are undefined or below zero.
func (a Acceptance) Validate() error {
	problems := check.List{Op: "target.Acceptance"}
	for name, v := range [...]kpi.Value{a.Below, a.Above} {
		if v.Sign() < 0 || !v.Defined() && v != (kpi.Value{}) {
			problems.Add(check.ErrRange, [...]string{"below", "above"}[name], "not_a_share", v)
		}
	}
	return problems.Err()
}

// Answer says how a commitment stands to its target. The zero Answer is
// NotCommitted.
type Answer uint8

const (
	NotCommitted  Answer = iota // no commitment for the owner and the period, nor for all below it
	Accepted                    // within the limits
	TooLow                      // further below the target than is accepted
	TooHigh                     // further above
	WithoutTarget               // there is no target to hold a commitment against
)

func answerWords() []string {
	return []string{"not_committed", "accepted", "too_low", "too_high", "without_target"}
}

// String gives not_committed, accepted, too_low, too_high or without_target.
func (a Answer) String() string { return enum.String(answerWords(), a) }

// MarshalText gives the word.
func (a Answer) MarshalText() ([]byte, error) {
	return enum.Marshal("target.Answer", answerWords(), a)
}

// UnmarshalText reads the word.
func (a *Answer) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Answer", answerWords(), text, a)
}

// Gap is an owner's target beside what was committed.
type Gap struct {
	Owner     string      `json:"owner"`
	Target    kpi.Value   `json:"target"`    // top-down
	Committed kpi.Value   `json:"committed"` // its own commitment, or else the sum of those below it
	Gap       kpi.Value   `json:"gap"`       // committed − target
	Below     kpi.Value   `json:"below"`     // the sum of the commitments below it, whatever its own says
	Answer    Answer      `json:"answer"`
	Given     *Commitment `json:"given,omitempty"` // its own, with day and author
	Sellers   int         `json:"sellers"`         // owners without children at or below it
	Answered  int         `json:"answered"`        // of them those who have committed
}

// Reconciliation sets what was broken down against what was committed.
type Reconciliation struct {
	Period   calendar.Period `json:"period"`
	Gaps     []Gap           `json:"gaps"`     // in the order of Owners
	Replaced []Commitment    `json:"replaced"` // earlier ones of the same owner
}

// Reconcile sets the targets of a period against the commitments for it. An
// owner's commitment is the latest that it gave; without one it is the sum
// of those below it, which is undefined (NoData) where one is missing. The
// gap is
//
//	committed − target
//
// and is accepted from −below × |target| to above × |target|.
//
// Errors: a period as in [Breakdown.Edit]; commitments with an owner that is
// unknown, without author, day or amount, for another period, or two of one
// owner on one day (check.ErrDuplicate); and a wrong acceptance.
func (b *Breakdown) Reconcile(period calendar.Period, commitments []Commitment, rule Acceptance) (Reconciliation, error) {
	problems := check.List{Op: "target.Reconcile"}
	(&editor{Breakdown: b, problems: &problems}).spanIn("period", period)
	problems.Nest("acceptance", rule.Validate())
	latest := b.latest(&problems, period, commitments)
	if err := problems.Err(); err != nil {
		return Reconciliation{}, err
	}
	r := Reconciliation{Period: period, Gaps: make([]Gap, len(b.nodes)), Replaced: []Commitment{}}
	for i := range slices.Backward(b.nodes) {
		r.Gaps[i] = b.gap(i, period, latest, r.Gaps)
	}
	for _, c := range commitments {
		if c.Day < commitments[latest[c.Owner]].Day {
			r.Replaced = append(r.Replaced, c)
		}
	}
	slices.SortFunc(r.Replaced, func(c, d Commitment) int {
		return cmp.Or(c.Day.Compare(d.Day), strings.Compare(c.Owner, d.Owner))
	})
	for i := range r.Gaps {
		if at, given := latest[r.Gaps[i].Owner]; given {
			own := commitments[at]
			r.Gaps[i].Given = &own
			r.Gaps[i].commit(own.Amount, rule)
		}
	}
	return b.rollUp(r, rule), nil
}

// latest gives the position of each owner's latest commitment.
func (b *Breakdown) latest(problems *check.List, period calendar.Period, commitments []Commitment) map[string]int {
	type given struct {
		owner string
		day   calendar.Day
	}
	latest, first := map[string]int{}, map[given]int{}
	for i, c := range commitments {
		at := check.At("commitments", i)
		if _, known := b.index[c.Owner]; !known {
			problems.Add(check.ErrUnknown, at+".owner", "unknown_owner", c.Owner)
		}
		if c.Period != period {
			problems.Add(check.ErrInvalid, at+".period", "other_period", c.Period, "period", period)
		}
		if !c.Amount.Defined() {
			problems.Add(check.ErrMissing, at+".amount", "missing_amount", nil, "reason", c.Amount.Reason())
		}
		checkDay(problems, at+".day", c.Day)
		problems.ID(at+".author", "missing_author", c.Author)
		key := given{c.Owner, c.Day}
		if k, twice := first[key]; twice {
			problems.Add(check.ErrDuplicate, at, "committed_twice", c.Owner, "first", check.At("commitments", k))
		} else {
			first[key] = i
		}
		if before, known := latest[c.Owner]; !known || commitments[before].Day < c.Day {
			latest[c.Owner] = i
		}
	}
	return latest
}

// gap gives the line of an owner before it is rolled up.
func (b *Breakdown) gap(i int, period calendar.Period, latest map[string]int, below []Gap) Gap {
	n := b.nodes[i]
	g := Gap{Owner: n.id, Target: b.Cell(n.id, period)}
	if len(n.children) == 0 {
		g.Sellers = 1
		if _, given := latest[n.id]; given {
			g.Answered = 1
		}
	}
	for _, child := range n.children {
		g.Sellers += below[child].Sellers
		g.Answered += below[child].Answered
	}
	g.Gap = g.Committed.Sub(g.Target)
	return g
}

func (g *Gap) commit(amount kpi.Value, rule Acceptance) {
	g.Committed, g.Gap = amount, amount.Sub(g.Target)
	size := g.Target.Abs()
	switch {
	case !g.Committed.Defined():
		g.Answer = NotCommitted
	case !g.Target.Defined():
		g.Answer = WithoutTarget
	case g.Gap.Less(size.Mul(rule.Below.Or(kpi.Int(0))).Neg()):
		g.Answer = TooLow
	case size.Mul(rule.Above.Or(kpi.Int(0))).Less(g.Gap):
		g.Answer = TooHigh
	default:
		g.Answer = Accepted
	}
}

// rollUp adds commitments up for the owners that gave none. A manager's own
// selling has no commitment of its own and counts with its target.
func (b *Breakdown) rollUp(r Reconciliation, rule Acceptance) Reconciliation {
	for i, n := range slices.Backward(b.nodes) {
		if len(n.children) == 0 {
			continue
		}
		g := &r.Gaps[i]
		g.Below = kpi.Int(0).Add(b.Quota(n.id, r.Period).Direct.Or(kpi.Int(0)))
		for _, child := range n.children {
			g.Below = g.Below.Add(r.Gaps[child].Committed)
		}
		if g.Given == nil {
			g.commit(g.Below, rule)
		}
	}
	return r
}

// Accept gives the breakdown in which the accepted commitments of owners
// without children are their targets; the others keep what was broken down.
// Everything above that is a sum follows, the goal too. Errors are those of
// [Breakdown.Edit], with the path gaps[i]; the goal is looked at once, with
// all of them in it.
func (b *Breakdown) Accept(r Reconciliation) (*Breakdown, error) {
	problems := check.List{Op: "target.Accept"}
	c := b.editor()
	for i, g := range r.Gaps {
		if g.Answer != Accepted || g.Given == nil || len(b.Children(g.Owner)) > 0 || g.Gap == kpi.Int(0) {
			continue
		}
		c.take(&problems, check.At("gaps", i), Edit{Owner: g.Owner, Period: r.Period, Value: g.Committed})
	}
	if problems.Empty() {
		c.checkGoal(&problems)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return c.Breakdown, nil
}
