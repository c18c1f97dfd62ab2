package funnel

import (
	"cmp"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Reasons says why deals came to one kind of end, as their owners stated it.
type Reasons struct {
	Outcome  Outcome         `json:"outcome"`
	Deals    int64           `json:"deals"`    // that closed so in the window
	Unstated ReasonCount     `json:"unstated"` // those without a reason
	Reasons  []ReasonCount   `json:"reasons"`  // the weightiest first, equal ones by their bytes
	Findings []check.Finding `json:"findings"`
}

// ReasonCount is the deals that name one reason. A deal that names several
// counts under each in Named, and in equal parts in Weight and Value: so the
// weights add up to the deals, and the values to theirs.
type ReasonCount struct {
	Reason string    `json:"reason,omitzero"`
	Named  int64     `json:"named"`
	Weight kpi.Value `json:"weight"`
	Share  kpi.Ratio `json:"share"` // weight of all deals with this end

	// NamedShare is Named of all deals with this end, with its interval: where
	// no deal names several reasons, the same as Share. It is what was sampled;
	// a weight is parted by a rule.
	NamedShare Rate `json:"named_share"`

	Value  kpi.Partial      `json:"value"` // by the question's ValueBy, of the deals that name it
	Stages []ReasonsByStage `json:"stages"`
}

// ReasonsByStage is the part of a reason in the open stage in which the deals
// closed; stages without any are left out.
type ReasonsByStage struct {
	Stage  string    `json:"stage"`
	Weight kpi.Value `json:"weight"`
}

// Reasons counts why deals that closed in the window came to an end: for
// [Lost] the loss reasons. What counts is what was stated since the deal was
// last open, so that a deal that was lost, opened again and lost again is not
// lost for the first reason. An outcome that is not an end is check.ErrInvalid.
// Intervals are the default ones: see [Analysis.ReasonsBy].
func (a *Analysis) Reasons(end Outcome) (Reasons, error) { return a.ReasonsBy(end, Sampling{}) }

// ReasonsBy counts the reasons with intervals drawn as stated. Errors are
// those of [Analysis.Reasons] and of the sampling.
func (a *Analysis) ReasonsBy(end Outcome, s Sampling) (Reasons, error) {
	problems := check.List{Op: "funnel.Reasons"}
	s.validate(&problems)
	if end == Open || end > Disqualified {
		problems.Add(check.ErrInvalid, "outcome", "not_an_end", end.String())
	}
	if err := problems.Err(); err != nil {
		return Reasons{}, err
	}
	r := Reasons{Outcome: end, Reasons: []ReasonCount{}, Findings: []check.Finding{}}
	tallies := map[uint32]*reasonTally{}
	of := a.newRate(s) // the deals that every reason is a share of
	for _, l := range a.lives {
		if l.outcome != end || !a.inside(l) {
			continue
		}
		r.Deals++
		of.count(l, false)
		reasons := a.reasonsOf(l)
		if len(reasons) == 0 {
			reasons = []uint32{none}
		}
		part := kpi.Frac(1, int64(len(reasons)))
		for _, code := range reasons {
			t := tallies[code]
			if t == nil {
				t = &reasonTally{byStage: make([]kpi.Value, a.route.open), named: a.newRate(s)}
				tallies[code] = t
			}
			t.add(l, part, a.worth(l))
		}
	}
	r.Unstated = (&reasonTally{named: a.newRate(s)}).done(a, "", of)
	for code, t := range tallies {
		if code == none {
			r.Unstated = t.done(a, "", of)
		} else {
			r.Reasons = append(r.Reasons, t.done(a, a.words[code], of))
		}
	}
	slices.SortFunc(r.Reasons, func(x, y ReasonCount) int {
		return cmp.Or(y.Weight.Compare(x.Weight), strings.Compare(x.Reason, y.Reason))
	})
	found := notes{}
	found.some(r.Unstated.Named, "reason_unstated", check.Warning, "of", r.Deals, "outcome", end)
	for _, c := range r.Reasons {
		found = append(found, c.NamedShare.findings(c.Reason)...)
	}
	r.Findings = append(r.Findings, found...)
	return r, nil
}

// reasonsOf gives the codes of the reasons stated since the deal was last
// open, each once.
func (a *Analysis) reasonsOf(l *life) []uint32 {
	since := int64(undated)
	for _, v := range l.visits {
		if int(v.rank) < a.route.open && v.at != undated {
			since = v.at
		}
	}
	var codes []uint32
	for _, f := range l.facts {
		if f.kind == isReason && (f.at == undated || f.at >= since) && !slices.Contains(codes, f.code) {
			codes = append(codes, f.code)
		}
	}
	return codes
}

type reasonTally struct {
	named   *rateTally // of itself, see among
	weight  kpi.Value
	value   kpi.Partial
	byStage []kpi.Value
}

func (t *reasonTally) add(l *life, part, worth kpi.Value) {
	t.named.count(l, true)
	t.weight = t.weight.Or(kpi.Int(0)).Add(part)
	count(&t.value, worth.Mul(part))
	t.byStage[l.here] = t.byStage[l.here].Or(kpi.Int(0)).Add(part)
}

func (t *reasonTally) done(a *Analysis, reason string, of *rateTally) ReasonCount {
	weight, named := t.weight.Or(kpi.Int(0)), t.named.among(of).done(0)
	c := ReasonCount{Reason: reason, Weight: weight, Share: kpi.NewRatio(weight, of.total.Den()), NamedShare: named, Value: t.value, Stages: []ReasonsByStage{}}
	c.Named, _ = named.Ratio.Num().Int64()
	for rank, weight := range t.byStage {
		if weight.Defined() {
			c.Stages = append(c.Stages, ReasonsByStage{a.route.stages[rank].ID, weight})
		}
	}
	return c
}
