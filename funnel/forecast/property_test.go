package forecast_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// anyEvent draws events of a few deals in six weeks, so that ties, repeats,
// gaps and contradictions are common. Weeks are the periods.
func anyEvent() *rapid.Generator[funnel.Event] {
	return rapid.Custom(func(t *rapid.T) funnel.Event {
		e := funnel.Event{
			Deal:        fmt.Sprint("D", rapid.IntRange(0, 9).Draw(t, "deal")),
			Seq:         rapid.Int64Range(0, 1).Draw(t, "seq"),
			Stage:       rapid.SampledFrom([]string{"", "lead", "lead", "demo", "offer", "won", "won", "lost"}).Draw(t, "stage"),
			Owner:       rapid.SampledFrom([]string{"", "", "ann", "bob"}).Draw(t, "owner"),
			Amount:      rapid.SampledFrom([]kpi.Value{{}, {}, kpi.Int(100), kpi.Minor(12345, 2), kpi.Frac(100, 3), kpi.Int(0), kpi.Int(-50), kpi.Undefined(kpi.NoAmount), kpi.Minor(1, 9), kpi.Int(1e15), kpi.MustParse("9" + strings.Repeat("0", 40))}).Draw(t, "amount"),
			Probability: rapid.SampledFrom([]kpi.Value{{}, {}, kpi.Frac(1, 3), kpi.Int(1), kpi.Int(33)}).Draw(t, "probability"),
			Category:    rapid.SampledFrom([]funnel.Category{0, 0, funnel.Commit, funnel.Omitted}).Draw(t, "category"),
			Activity:    rapid.SampledFrom([]string{"", "call"}).Draw(t, "activity"),
			Removed:     rapid.IntRange(0, 20).Draw(t, "removed") == 0,
		}
		if n := rapid.IntRange(-2, 42).Draw(t, "day"); n > 0 {
			e.At = start("2026-01-04").AddDate(0, 0, n)
		}
		if n := rapid.IntRange(-20, 60).Draw(t, "close"); n > 0 {
			e.ExpectedClose, e.NextStep = day("2026-01-04").Add(n), day("2026-01-04").Add(n/2)
		}
		return e
	})
}

func filled(t *rapid.T, events []funnel.Event) *funnel.Histories {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddSeq(slices.Values(events))
	return h
}

// week gives the n-th week of the year 2026, from Monday the 5th of January.
func week(n int) calendar.Period {
	return calendar.Calendar{}.PeriodOf(calendar.Weekly, day("2026-01-05").Add(7*(n-1)))
}

func anyQuestion(t *rapid.T, on calendar.Day) funnel.Question {
	return funnel.Question{AsOf: funnel.EndOf(on, time.UTC), Location: time.UTC, ClosingsFrom: day("2026-01-05"), AgesTo: []int{3, 10},
		Stale:  funnel.Stale{AtLeast: rapid.IntRange(1, 3).Draw(t, "least"), PastClose: rapid.SampledFrom([]int{-1, 2}).Draw(t, "past close")},
		Policy: funnel.Policy{Lives: rapid.SampledFrom([]funnel.Lives{funnel.OneLife, funnel.NewLife}).Draw(t, "lives")}}
}

func anyAim(t *rapid.T, p calendar.Period) forecast.Aim {
	aim := forecast.Aim{Period: p, AnyClose: rapid.Bool().Draw(t, "any close"),
		Target: rapid.SampledFrom([]kpi.Value{{}, kpi.Int(150), kpi.Int(0)}).Draw(t, "target"),
		Method: forecast.Method(rapid.IntRange(0, 3).Draw(t, "method"))}
	if rapid.Bool().Draw(t, "calls") {
		aim.Calls = []forecast.Call{
			{Period: p, Owner: "ann", Category: funnel.Commit, Value: kpi.Int(120), Day: p.Start()},
			{Period: p, Owner: "ann", By: forecast.ManagerCalls, Category: funnel.Commit, Value: kpi.Int(90), Day: p.Start().Add(3)},
		}
	}
	return aim
}

// answers is everything that a forecast can be asked.
type answers struct {
	Methods     []forecast.MethodResult
	Decisive    forecast.Decisive
	Categories  forecast.CategoryForecast
	Owners      []forecast.OwnerLanding
	Cover       forecast.Cover
	Hygiene     forecast.Hygiene
	Linearity   forecast.Linearity
	Weighted    forecast.Weighted
	Calibration forecast.Calibration
}

func ask(t *rapid.T, f *forecast.Forecast, next ...kpi.Value) answers {
	var a answers
	var err error
	if a.Decisive, err = f.Decisive(3); err != nil {
		t.Fatal(err)
	}
	if a.Cover, err = f.Cover(next...); err != nil {
		t.Fatal(err)
	}
	if a.Hygiene, err = f.Hygiene(forecast.HygieneRule{QuietDays: 3, Pushes: 1}); err != nil {
		t.Fatal(err)
	}
	if a.Linearity, err = f.Linearity(); err != nil {
		t.Fatal(err)
	}
	a.Methods, a.Categories, a.Weighted = f.Methods(), f.Categories(), f.Weighted()
	a.Owners, a.Calibration = f.Owners(forecast.StageAge), f.Calibration(forecast.StageAge)
	return a
}

// The same events in any order, however often, and from two histories that were
// merged, give the same answers to the last bit, and come back from JSON as they were, with no list null.
func TestOrderDoesNotMatterAndJSONComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 60).Draw(t, "events")
		other := rapid.Permutation(append(slices.Clone(events), events[:len(events)/2]...)).Draw(t, "permuted")
		on := day("2026-01-30").Add(rapid.IntRange(0, 9).Draw(t, "on"))
		q, aim := anyQuestion(t, on), anyAim(t, week(5))
		if week(5).Last() < on {
			aim = anyAim(t, week(6))
		}
		cut := rapid.IntRange(0, len(other)).Draw(t, "cut")
		merged := filled(t, other[:cut])
		if err := merged.Merge(filled(t, other[cut:])); err != nil {
			t.Fatal(err)
		}
		var all [3]answers
		for i, h := range []*funnel.Histories{filled(t, events), filled(t, other), merged} {
			f, err := forecast.New(h, q, aim)
			if err != nil {
				t.Fatal(err)
			}
			all[i] = ask(t, f)
		}
		for _, a := range all[1:] {
			if !reflect.DeepEqual(all[0], a) {
				t.Fatalf("other answers\n%+v\n%+v", all[0], a)
			}
		}
		text, err := json.Marshal(all[0])
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(withoutDays(text), []byte("null")) {
			t.Fatalf("null in %s", text)
		}
		var read answers
		if err := json.Unmarshal(text, &read); err != nil {
			t.Fatal(err)
		}
		again, err := json.Marshal(read)
		if err != nil || !bytes.Equal(text, again) {
			t.Fatalf("%v\n%s\n%s", err, text, again)
		}
		sentences(t, all[0])
	})
}

// withoutDays takes out the days and periods that are not there, which are null.
func withoutDays(text []byte) []byte {
	for _, name := range []string{"created", "started", "closed", "expected_close", "next_step", "days"} {
		text = bytes.ReplaceAll(text, []byte(`"`+name+`":null`), nil)
	}
	return text
}

// sentences reports a finding without a sentence, or one with a gap.
func sentences(t *rapid.T, a answers) {
	all := slices.Concat(a.Decisive.Findings, a.Cover.Findings, a.Hygiene.Findings, a.Linearity.Findings)
	for _, m := range a.Methods {
		all = append(all, m.Landing.Findings...)
	}
	noGaps(t, all)
}

func noGaps(t *rapid.T, all []check.Finding) {
	for _, f := range all {
		for _, lang := range []string{"en", "zh"} {
			if text := forecast.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
				t.Fatalf("no sentence for %+v: %s", f, text)
			}
		}
	}
}

// known gives what a part adds to a sum: nothing where it has no amounts.
func known(v kpi.Value) kpi.Value {
	if v.Reason() == kpi.NoAmount {
		return kpi.Int(0)
	}
	return v
}

// The parts add up, every open deal is in one of two, chances are shares, and
// the owners' parts add up to those of all.
func TestPartsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 60).Draw(t, "events")
		q, aim := anyQuestion(t, day("2026-02-04")), anyAim(t, week(5))
		aim.Period, aim.Calls = week(5), nil
		if aim.Period.Last() < day("2026-02-04") {
			aim.Period = week(6)
		}
		h := filled(t, events)
		f, err := forecast.New(h, q, aim)
		if err != nil {
			t.Fatal(err)
		}
		now, err := funnel.Analyze(h, q)
		if err != nil {
			t.Fatal(err)
		}
		for m := forecast.StageAge; m <= forecast.Categories; m++ {
			l := f.LandingBy(m)
			if open := now.Report().Counts.Open; l.Due.Deals+l.Elsewhere.Deals != open {
				t.Fatalf("%d due and %d elsewhere of %d open", l.Due.Deals, l.Elsewhere.Deals, open)
			}
			if l.Total.Value.Defined() {
				sum := known(l.Won.Value).Add(known(l.Due.Value)).Add(known(l.Elsewhere.Value)).Add(known(l.New.Value))
				if known(l.Total.Value) != sum || known(l.Open.Value) != known(l.Due.Value).Add(known(l.Elsewhere.Value)) {
					t.Fatalf("parts %+v", l)
				}
			}
			for _, s := range []forecast.Spread{l.Spread, l.Independent, l.IndependentWins} {
				spreads(t, s)
			}
			owners(t, f.Owners(m), l)
		}
	})
}

func spreads(t *rapid.T, s forecast.Spread) {
	low, ok := s.P10.Float64()
	middle, _ := s.P50.Float64()
	high, _ := s.P90.Float64()
	slack := 1e-9 * (1 + math.Abs(low) + math.Abs(high))
	if ok && (low > middle+slack || middle > high+slack) {
		t.Fatalf("P10, P50, P90 do not rise: %+v", s)
	}
	if reach, ok := s.Reach.Float64(); ok && !(reach >= 0 && reach <= 1) {
		t.Fatalf("reach %v", reach)
	}
	if ratio, ok := s.Ratio.Float64(); ok && (ratio < 1 || s.Periods < forecast.FewestPast && s.P10.Defined()) {
		t.Fatalf("ratio %+v", s)
	}
}

func owners(t *rapid.T, all []forecast.OwnerLanding, l forecast.Landing) {
	won, due, elsewhere, fresh, deals := kpi.Int(0), kpi.Int(0), kpi.Int(0), kpi.Int(0), int64(0)
	for _, o := range all {
		won, due = won.Add(known(o.Won.Value)), due.Add(part(o.Due.Value))
		elsewhere, fresh = elsewhere.Add(part(o.Elsewhere.Value)), fresh.Add(known(o.New.Value))
		deals += o.Due.Deals + o.Elsewhere.Deals + o.Won.Deals
	}
	if deals != l.Due.Deals+l.Elsewhere.Deals+l.Won.Deals {
		t.Fatalf("owners have %d deals of %+v", deals, l)
	}
	if len(all) == 0 || !l.Total.Value.Defined() {
		return
	}
	if won != known(l.Won.Value) || due != part(l.Due.Value) || elsewhere != part(l.Elsewhere.Value) || fresh != known(l.New.Value) {
		t.Fatalf("owners %+v\nall %+v", all, l)
	}
}

// part gives what is known of a part.
func part(v kpi.Value) kpi.Value {
	if v.Reason() == kpi.NoData {
		return kpi.Int(0)
	}
	return known(v)
}

// A change balances part by part, line by line and deal by deal, whatever
// happened in between, and each line of a cause has deals of that line of the
// pipeline.
func TestChangeBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 60).Draw(t, "events")
		first := day("2026-01-26").Add(rapid.IntRange(0, 10).Draw(t, "first"))
		second := first.Add(rapid.IntRange(0, 6).Draw(t, "days"))
		p := calendar.Calendar{}.PeriodOf(calendar.Weekly, second)
		q, aim := anyQuestion(t, first), anyAim(t, p)
		h := filled(t, events)
		before, err := forecast.New(h, q, aim)
		if err != nil {
			t.Fatal(err)
		}
		q.AsOf = funnel.EndOf(second, time.UTC)
		after, err := forecast.New(h, q, aim)
		if err != nil {
			t.Fatal(err)
		}
		c, err := forecast.Changed(before, after)
		if err != nil {
			t.Fatal(err)
		}
		noGaps(t, c.Findings)
		if a, b := before.Landing().Total.Value, after.Landing().Total.Value; c.Before.Total != a || c.After.Total != b {
			t.Fatalf("not the landings: %s %s, %+v %+v", a, b, c.Before, c.After)
		}
		if !c.Before.Total.Defined() || !c.After.Total.Defined() {
			if len(c.Lines) > 0 {
				t.Fatal("lines of nothing")
			}
			return
		}
		sum := c.Before
		for _, l := range c.Lines {
			sum = forecast.Parts{Won: sum.Won.Add(l.Adds.Won), Open: sum.Open.Add(l.Adds.Open), New: sum.New.Add(l.Adds.New), Total: sum.Total.Add(l.Adds.Total)}
			deals := kpi.Int(0)
			for _, d := range l.Deals {
				deals = deals.Add(d.Adds)
			}
			if l.Other != forecast.NewDeals && l.Other != forecast.CallsMoved && deals != l.Adds.Total {
				t.Fatalf("line %+v", l)
			}
			if c.Line(l.Cause).Cause != l.Cause || (l.Cause == funnel.NoCause) == (l.Other == forecast.NoOther) {
				t.Fatalf("line %+v", l)
			}
		}
		if sum != c.After || c.After.Won.Add(c.After.Open).Add(c.After.New) != c.After.Total {
			t.Fatalf("before %+v and lines %+v\nare %+v, not %+v", c.Before, c.Lines, sum, c.After)
		}
	})
}

// What a record says of an earlier day is what a forecast made on that day
// says, and what came later changes nothing of it.
func TestNoHindsight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent().Filter(func(e funnel.Event) bool { return !e.At.IsZero() }), 10, 60).Draw(t, "dated events")
		on := day("2026-02-02").Add(rapid.IntRange(0, 6).Draw(t, "on"))
		p := calendar.Calendar{}.PeriodOf(calendar.Weekly, on)
		q, aim := anyQuestion(t, on), anyAim(t, p)
		aim.Calls = nil
		f, err := forecast.New(filled(t, events), q, aim)
		if err != nil {
			t.Fatal(err)
		}
		trials := f.Record(aim.Method).Trials
		if len(trials) != 4 {
			t.Fatalf("%d weeks before the fifth", len(trials))
		}
		for i, trial := range trials {
			known := slices.DeleteFunc(slices.Clone(events), func(e funnel.Event) bool { return e.At.After(funnel.EndOf(trial.Day, time.UTC)) })
			q.AsOf = funnel.EndOf(trial.Day, time.UTC)
			earlier := aim
			earlier.Period, earlier.Past, earlier.Target = trial.Period, 3-i, kpi.Value{}
			if earlier.Past == 0 {
				earlier.Past = 1 // the week before the window is not looked at
			}
			then, err := forecast.New(filled(t, known), q, earlier)
			if err != nil {
				t.Fatal(err)
			}
			l := then.Landing()
			if l.Total.Value != trial.Landing || l.Total.Wins != trial.Wins || l.DaysLeft != trial.DaysLeft || l.Past != trial.Past ||
				!reflect.DeepEqual(l.Spread, trial.Spread) || !reflect.DeepEqual(l.Independent, trial.Independent) {
				t.Fatalf("on %s\n%+v\nnow\n%+v", trial.Day, l, trial)
			}
		}
	})
}
