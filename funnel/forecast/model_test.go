package forecast_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// slowDeal is a deal of the slow model: it begins in the lead, may come to the
// demo, and may end, each on a day of its own.
type slowDeal struct {
	begin, demo, end calendar.Day // no day: never
	won              bool
	amount           int64
	expected         calendar.Day
}

// on tells how the deal stands on a day.
func (d slowDeal) on(day calendar.Day) (exists, open bool, stage string, age int) {
	exists = d.begin <= day
	open = exists && (d.end.IsZero() || d.end > day)
	stage = "lead"
	if !d.demo.IsZero() && d.demo <= day {
		stage = "demo"
	}
	return exists, open, stage, day.Sub(d.begin)
}

func (d slowDeal) due(on calendar.Day, p calendar.Period) bool {
	return d.expected >= on && p.Contains(d.expected)
}

func anySlowDeals() *rapid.Generator[[]slowDeal] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) slowDeal {
		d := slowDeal{begin: day("2026-01-01").Add(rapid.IntRange(0, 40).Draw(t, "begin")), amount: rapid.Int64Range(1, 9).Draw(t, "amount") * 100}
		if n := rapid.IntRange(-10, 20).Draw(t, "demo"); n > 0 {
			d.demo = d.begin.Add(n)
		}
		if n := rapid.IntRange(-3, 20).Draw(t, "end"); n > 0 {
			d.end, d.won = d.begin.Add(n), rapid.Bool().Draw(t, "won")
			if d.demo >= d.end {
				d.demo = 0
			}
		}
		d.expected = d.begin.Add(rapid.IntRange(0, 20).Draw(t, "expected"))
		return d
	}), 0, 40)
}

func slowHistories(t *rapid.T, deals []slowDeal) *funnel.Histories {
	h := filled(t, nil)
	for i, d := range deals {
		id := fmt.Sprint("D", i)
		h.Add(funnel.Event{Deal: id, At: funnel.StartOf(d.begin, time.UTC), Stage: "lead", Amount: kpi.Int(d.amount), ExpectedClose: d.expected})
		if !d.demo.IsZero() {
			h.Add(funnel.Event{Deal: id, At: funnel.StartOf(d.demo, time.UTC), Stage: "demo"})
		}
		if !d.end.IsZero() {
			stage := "lost"
			if d.won {
				stage = "won"
			}
			h.Add(funnel.Event{Deal: id, At: funnel.EndOf(d.end, time.UTC), Stage: stage})
		}
	}
	return h
}

type slowCell struct {
	stage string
	age   int
}

// slowTally is what earlier weeks teach, counted by the definitions alone.
type slowTally struct {
	due, dueWon, dueValue, dueWonValue     float64
	other, otherWon, otherVal, otherWonVal float64
	newWon, newValue                       float64
	cells                                  map[slowCell][2]float64
}

func bucket(age int) int {
	switch {
	case age <= 3:
		return 0
	case age <= 10:
		return 1
	}
	return 2
}

func slowly(deals []slowDeal, p calendar.Period, on calendar.Day, t *slowTally) {
	for _, d := range deals {
		exists, open, stage, age := d.on(on)
		won := d.won && !d.end.IsZero() && d.end > on && p.Contains(d.end)
		hit, amount := 0.0, float64(d.amount)
		if won {
			hit = 1
		}
		switch {
		case !exists:
			t.newWon, t.newValue = t.newWon+hit, t.newValue+hit*amount
		case !open:
		case d.due(on, p):
			t.due, t.dueWon, t.dueValue, t.dueWonValue = t.due+1, t.dueWon+hit, t.dueValue+amount, t.dueWonValue+hit*amount
			c := t.cells[slowCell{stage, bucket(age)}]
			t.cells[slowCell{stage, bucket(age)}] = [2]float64{c[0] + 1, c[1] + hit}
		default:
			t.other, t.otherWon, t.otherVal, t.otherWonVal = t.other+1, t.otherWon+hit, t.otherVal+amount, t.otherWonVal+hit*amount
		}
	}
}

// slowWeight is the m of the shrinkage in floating point; 0 stands for none.
func (t *slowTally) weight() float64 {
	p, k, q, sizes := t.dueWon/t.due, 0.0, 0.0, 0.0
	for _, c := range t.cells {
		k++
		q += c[0] * (c[1]/c[0] - p) * (c[1]/c[0] - p)
		sizes += c[0] * c[0]
	}
	excess := q - (k-1)*p*(1-p)
	if k < 2 || excess < 1e-12 {
		return 0
	}
	return math.Max(math.RoundToEven(p*(1-p)/(excess/(t.due-sizes/t.due))), 1)
}

// The landing is what the definitions say, deal by deal and week by week.
func TestLandingAgainstTheSlowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		deals := anySlowDeals().Draw(t, "deals")
		on := day("2026-02-02").Add(rapid.IntRange(0, 5).Draw(t, "on"))
		p := calendar.Calendar{}.PeriodOf(calendar.Weekly, on)
		q := funnel.Question{AsOf: funnel.EndOf(on, time.UTC), Location: time.UTC, ClosingsFrom: day("2026-01-05"), AgesTo: []int{3, 10},
			Stale: funnel.Stale{AtLeast: 1 << 20, PastClose: -1}}
		f, err := forecast.New(slowHistories(t, deals), q, forecast.Aim{Period: p})
		if err != nil {
			t.Fatal(err)
		}
		past := &slowTally{cells: map[slowCell][2]float64{}}
		for n := 1; n <= 4; n++ {
			before, _ := calendar.Calendar{}.Shift(p, calendar.Weekly, -n)
			slowly(deals, before, before.Start().Add(on.Sub(p.Start())), past)
		}
		l, yields := f.Landing(), f.LandingBy(forecast.SnapshotYield)
		won, stageAge, dueValue, otherValue := 0.0, 0.0, 0.0, 0.0
		m := past.weight()
		for _, d := range deals {
			_, open, stage, age := d.on(on)
			switch {
			case open && d.due(on, p):
				c, share := past.cells[slowCell{stage, bucket(age)}], past.dueWon/past.due
				if m > 0 {
					share = (c[1] + m*share) / (c[0] + m)
				}
				stageAge, dueValue = stageAge+share*float64(d.amount), dueValue+float64(d.amount)
			case open:
				otherValue += float64(d.amount)
			case d.won && !d.end.IsZero() && d.end <= on && p.Contains(d.end):
				won += float64(d.amount)
			}
		}
		near(t, "won", estimate(l.Won.Value), won, 1e-9)
		near(t, "new", estimate(l.New.Value), past.newValue/4, 1e-9)
		near(t, "new wins", estimate(l.New.Wins), past.newWon/4, 1e-9)
		if dueValue > 0 && past.due > 0 {
			near(t, "stage and age", estimate(l.Due.Value), stageAge, dueValue*1e-6)
			near(t, "yield", estimate(yields.Due.Value), dueValue*past.dueWonValue/past.dueValue, dueValue*1e-6)
		}
		if dueValue > 0 && past.due == 0 && (l.Due.Value.Reason() != kpi.TooFew || l.Total.Value.Reason() != kpi.TooFew) {
			t.Fatal("nothing was ever due before", l.Due.Value)
		}
		if past.other > 0 {
			near(t, "elsewhere", estimate(l.Elsewhere.Value), otherValue*past.otherWonVal/past.otherVal, otherValue*1e-6+1e-9)
		}
	})
}

func estimate(v kpi.Value) kpi.Estimate {
	f, ok := v.Float64()
	if !ok {
		return kpi.NoEstimate(v.Reason())
	}
	return kpi.NewEstimate(f)
}
