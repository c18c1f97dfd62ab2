package scorecard

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// OwnerRate is a rate of one owner with its counts: 12 won of 40 closed.
type OwnerRate struct {
	Owner string    `json:"owner"`
	Rate  kpi.Ratio `json:"rate"`
}

// ShrunkRates is the rates of a group, each drawn to that of the whole.
//
// A seller with three wins of three closed deals has a rate of 100 % and
// nobody believes it. Drawn to the group by as many deals as chance alone
// cannot explain, small numbers move far and large ones hardly:
//
//	shrunk  (k + m·p) / (n + m)
//	p       Σ k / Σ n
//	ρ       (Σ nᵢ·(pᵢ − p)² / (p·(1 − p)) − (J − 1)) / (Σ nᵢ − Σ nᵢ² / Σ nᵢ − (J − 1))
//	m       1/ρ − 1
//
// for J owners with anything counted. m is rounded to six places, half even,
// and everything else is exact. Where the spread between the owners is no wider
// than chance makes it, ρ is not above zero, there is no m (not applicable),
// and every shrunk rate is p.
//
// Source: J. C. Kleinman, Proportions with Extraneous Variance: Single and
// Independent Samples, Journal of the American Statistical Association 68
// (1973), the moment estimator with weights nᵢ.
type ShrunkRates struct {
	Group kpi.Ratio    `json:"group"` // Σ k of Σ n
	Prior kpi.Value    `json:"prior"` // m
	Rates []ShrunkRate `json:"rates"` // in the order given
}

// ShrunkRate is a rate as it is and drawn to the group.
type ShrunkRate struct {
	Owner  string    `json:"owner"`
	Raw    kpi.Ratio `json:"raw"`
	Shrunk kpi.Value `json:"shrunk"` // of 0 from 0 the group's
}

// priorPlaces is to how many places m is rounded: an exact one has hundreds of
// digits and is an estimate all the same.
const priorPlaces = 6

// ShrinkRates draws rates to that of their group. It is for looking at people
// fairly and not for pay: what somebody has sold does not become another
// number because colleagues sold less.
//
// It returns an error if an owner is missing or stands twice, or if the counts
// of a rate are not whole numbers with 0 ≤ k ≤ n.
func ShrinkRates(rates []OwnerRate) (ShrunkRates, error) {
	problems := check.List{Op: "scorecard.ShrinkRates"}
	validateRates(&problems, rates)
	if err := problems.Err(); err != nil {
		return ShrunkRates{}, err
	}
	out := ShrunkRates{Rates: make([]ShrunkRate, len(rates)), Group: kpi.RatioOf(0, 0)}
	for _, r := range rates {
		out.Group = out.Group.Add(r.Rate)
	}
	out.Prior = prior(rates, out.Group)
	for i, r := range rates {
		out.Rates[i] = ShrunkRate{r.Owner, r.Rate, out.draw(r.Rate)}
	}
	return out, nil
}

func (s *ShrunkRates) draw(r kpi.Ratio) kpi.Value {
	p := s.Group.Value()
	if !s.Prior.Defined() || r.Den().Sign() == 0 {
		return p
	}
	return r.Num().Add(s.Prior.Mul(p)).Div(r.Den().Add(s.Prior))
}

// own gives how much of a shrunk rate is the owner's own.
func (s *ShrunkRates) own(r kpi.Ratio) kpi.Value {
	if !s.Prior.Defined() || r.Den().Sign() == 0 {
		return kpi.Int(0)
	}
	return r.Den().Div(r.Den().Add(s.Prior))
}

func validateRates(problems *check.List, rates []OwnerRate) {
	first := map[string]int{}
	for i, r := range rates {
		at, twice := first[r.Owner]
		switch {
		case r.Owner == "":
			problems.Add(check.ErrMissing, check.At("rates", i, "owner"), "missing_id", nil)
		case twice:
			problems.Add(check.ErrDuplicate, check.At("rates", i, "owner"), "duplicate_owner", r.Owner, "first", check.At("rates", at))
		default:
			first[r.Owner] = i
		}
		if !counted(r.Rate) {
			problems.Add(check.ErrInvalid, check.At("rates", i, "rate"), "not_counts", r.Rate)
		}
	}
}

// counted reports whether a ratio is k of n, both counted.
func counted(r kpi.Ratio) bool {
	k, whole := r.Num().Int64()
	n, all := r.Den().Int64()
	return whole && all && 0 <= k && k <= n
}

// prior gives m, not applicable where chance alone explains the spread.
func prior(rates []OwnerRate, group kpi.Ratio) kpi.Value {
	none, one := kpi.Undefined(kpi.NotApplicable), kpi.Int(1)
	p, n := group.Value(), group.Den()
	within := p.Mul(one.Sub(p))
	if within.Sign() == 0 { // nobody or everybody won, or nothing was counted
		return none
	}
	var squares, sizes []kpi.Value // of kᵢ² / nᵢ and nᵢ²
	for _, r := range rates {
		if r.Rate.Den().Sign() > 0 {
			squares = append(squares, r.Rate.Num().Mul(r.Rate.Value()))
			sizes = append(sizes, r.Rate.Den().Mul(r.Rate.Den()))
		}
	}
	free := kpi.Int(int64(len(sizes) - 1))
	spread := total(squares).Sub(group.Num().Mul(p)).Div(within).Sub(free)
	scale := n.Sub(total(sizes).Div(n)).Sub(free)
	if spread.Sign() <= 0 || scale.Sign() <= 0 {
		return none
	}
	return rounded(scale.Div(spread).Sub(one).Max(kpi.Int(0)))
}

// total adds in pairs, so that of thousands of fractions only the last sums
// are long.
func total(values []kpi.Value) kpi.Value {
	sums := slices.Clone(values)
	for len(sums) > 1 {
		half := (len(sums) + 1) / 2
		for i := half; i < len(sums); i++ {
			sums[i-half] = sums[i-half].Add(sums[i])
		}
		sums = sums[:half]
	}
	return sums[0]
}

func rounded(v kpi.Value) kpi.Value {
	d, ok := v.Decimal(priorPlaces, kpi.HalfEven)
	if !ok {
		return v
	}
	short, err := kpi.FromDecimal(d)
	if err != nil { // more digits than an amount: no group of people has so many
		return v
	}
	return short
}
