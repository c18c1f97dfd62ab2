package incentive_test

import (
	"math/big"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/incentive"
	"pgregory.net/rapid"
)

// The slow and obvious model of tiers: every cent that was sold is looked up
// in the table by itself. It knows nothing of credits, lines or walks.
type centTable []struct {
	from int64 // cents of revenue
	rate int64 // percent
}

// marginal pays each cent between two positions at the rate of the tier that
// it lies in.
func (c centTable) marginal(from, to int64) *big.Rat {
	sum := new(big.Rat)
	for cent := from; cent < to; cent++ {
		sum.Add(sum, big.NewRat(c.rateAt(cent), 100))
	}
	return sum
}

// rateAt gives the rate of the last tier that begins at or below a cent.
func (c centTable) rateAt(cent int64) int64 {
	rate := int64(0)
	for _, tier := range c {
		if tier.from <= cent {
			rate = tier.rate
		}
	}
	return rate
}

func drawTable(t *rapid.T) (centTable, []incentive.Tier) {
	var table centTable
	var tiers []incentive.Tier
	from := rapid.Int64Range(0, 200).Draw(t, "first")
	for range rapid.IntRange(1, 4).Draw(t, "tiers") {
		rate := rapid.Int64Range(0, 30).Draw(t, "rate")
		table = append(table, struct{ from, rate int64 }{from, rate})
		tiers = append(tiers, incentive.Tier{From: kpi.Minor(from, 2), Rate: kpi.Frac(rate, 100)})
		from += rapid.Int64Range(1, 700).Draw(t, "width")
	}
	return table, tiers
}

func exactly(v kpi.Value) *big.Rat {
	r, _ := new(big.Rat).SetString(v.Exact())
	return r
}

// Marginal tiers, with an opening position, cent by cent.
func TestMarginalTiersCentByCent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, tiers := drawTable(t)
		p := one(incentive.Component{Tiers: tiers, ToDate: true})
		opening := rapid.Int64Range(0, 1500).Draw(t, "opening")
		in := q1()
		in.Opening.Components = []incentive.Standing{{Component: "commission", Credited: kpi.Minor(opening, 2)}}
		position := opening
		for i, amount := range rapid.SliceOfN(rapid.Int64Range(0, 500), 0, 5).Draw(t, "amounts") {
			in.Credits = append(in.Credits, incentive.Credit{ID: string(rune('a' + i)), Day: day("2026-02-01"), Amount: kpi.Minor(amount, 2)})
			want := table.marginal(position, position+amount)
			position += amount
			got := state(t, p, in)
			ofCredit := new(big.Rat)
			for _, l := range got.Lines {
				if l.Credit == in.Credits[i].ID {
					ofCredit.Add(ofCredit, exactly(l.Exact))
				}
			}
			if want.Quo(want, big.NewRat(100, 1)); ofCredit.Cmp(want) != 0 { // cents of revenue pay cents
				t.Fatalf("credit %d of %d cents earns %v, want %v", i, amount, ofCredit, want)
			}
		}
		all := table.marginal(opening, position)
		if got := exactly(state(t, p, in).Components[0].Exact); got.Cmp(all.Quo(all, big.NewRat(100, 1))) != 0 {
			t.Errorf("earns %v, want %v", got, all)
		}
	})
}

// Whole tiers: all of it at the rate of the tier where the position lies, and
// to date less what the position before the period would have been paid.
func TestWholeTiersModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table, tiers := drawTable(t)
		toDate := rapid.Bool().Draw(t, "to date")
		p := one(incentive.Component{Tiers: tiers, Mode: incentive.Whole, ToDate: toDate})
		opening, amount := rapid.Int64Range(0, 1500).Draw(t, "opening"), rapid.Int64Range(0, 1500).Draw(t, "amount")
		in := q1(incentive.Credit{ID: "a", Day: day("2026-02-01"), Amount: kpi.Minor(amount, 2)})
		in.Opening.Components = []incentive.Standing{{Component: "commission", Credited: kpi.Minor(opening, 2)}}
		want := amount * table.rateAt(amount)
		if toDate {
			want = (opening+amount)*table.rateAt(opening+amount) - opening*table.rateAt(opening)
		}
		if got := state(t, p, in).Components[0].Exact; got != kpi.Frac(want, 10_000) {
			t.Errorf("%d on %d earns %v, want %d", amount, opening, got, want)
		}
	})
}

// Rounding against a plain reading of its rule: floors, and the cents left to
// the largest remainders, the earlier first.
func TestLinesAreRoundedByLargestRemainder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(-999, 999), 1, 8).Draw(t, "amounts")
		in := q1()
		for i, amount := range amounts {
			in.Credits = append(in.Credits, incentive.Credit{ID: string(rune('a' + i)), Day: day("2026-02-01"), Amount: kpi.Minor(amount, 2)})
		}
		s := state(t, one(flatRate("0.07")), in)
		floors, rests, sum := make([]int64, len(amounts)), make([]int64, len(amounts)), int64(0)
		for i, amount := range amounts { // cents × 7 are hundredths of a cent
			rests[i] = ((amount*7)%100 + 100) % 100
			floors[i] = (amount*7 - rests[i]) / 100
			sum += amount * 7
		}
		left, _ := kpi.Frac(sum, 100).Minor(0, kpi.HalfEven)
		for _, f := range floors {
			left -= f
		}
		for ; left > 0; left-- {
			best := 0
			for i := range rests {
				if rests[i] > rests[best] {
					best = i
				}
			}
			floors[best]++
			rests[best] = -1
		}
		for i, l := range s.Lines {
			if l.Amount != kpi.Minor(floors[i], 2) {
				t.Fatalf("line %d is %v, want %d cents, of %v", i, l.Amount, floors[i], amounts)
			}
		}
	})
}
