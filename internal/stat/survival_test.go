package stat

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// record is one deal: under observation after entry (−1: from the start),
// until exit, where it ends by 1 (won), 2 (lost) or is last seen open (0).
type record struct {
	entry, exit int64
	end         int
}

func (r record) rows() []Row {
	at := Row{Age: r.exit}
	switch r.end {
	case 0:
		at.Censored = 1
	case 1:
		at.Won = 1
	case 2:
		at.Lost = 1
	}
	if r.entry < 0 {
		return []Row{at}
	}
	return []Row{{Age: r.entry, Entered: 1}, at}
}

func tabulate(records []record) Table {
	var rows []Row
	for _, r := range records {
		rows = append(rows, r.rows()...)
	}
	return NewTable(rows...)
}

func observed(exits []int64, ends []int) (records []record) {
	for i := range exits {
		records = append(records, record{-1, exits[i], ends[i]})
	}
	return records
}

// The two samples of statsmodels' duration tests (test_survfunc.py), whose
// figures come from R.
func first() []record {
	return observed([]int64{3, 1, 2, 3, 2, 1, 5, 3}, []int{0, 1, 1, 1, 0, 0, 1, 0})
}

func second() []record {
	return observed([]int64{1, 1, 2, 3, 7, 1, 5, 3, 9}, []int{0, 1, 0, 0, 1, 0, 1, 0, 1})
}

// sample is a small one with late entries; the figures named R below are
// those of survival 3.5-3: survfit(Surv(entry, exit, …), conf.type =
// "log-log").
func sample() []record {
	return []record{{0, 4, 1}, {0, 6, 1}, {0, 3, 0}, {2, 7, 1}, {3, 5, 1}, {3, 9, 0}, {5, 8, 1}, {0, 2, 1}, {4, 9, 0}, {1, 6, 2}}
}

func TestKaplanMeier(t *testing.T) {
	for name, test := range map[string]struct {
		why           string
		records       []record
		ages, atRisk  []int64
		share, errors []float64
		tolerance     float64
	}{
		"statsmodels 1": {"every age has an event", first(), []int64{1, 2, 3, 5}, []int64{8, 6, 4, 1},
			[]float64{0.8750000, 0.7291667, 0.5468750, 0}, []float64{0.1169268, 0.1649762, 0.2005800, 0}, 1e-7},
		"statsmodels 2": {"some ages have none", second(), []int64{1, 5, 7, 9}, []int64{9, 3, 2, 1},
			[]float64{0.8888889, 0.5925926, 0.2962963, 0}, []float64{0.1047566, 0.2518034, 0.2444320, 0}, 1e-7},
		"R, late entry": {"at risk after the entry, not at it", sample(), []int64{2, 4, 5, 6, 7, 8}, []int64{5, 6, 6, 6, 4, 3},
			[]float64{0.8, 0.666666666666667, 0.555555555555556, 0.462962962962963, 0.347222222222222, 0.231481481481482},
			[]float64{0.178885438199983, 0.192450089729875, 0.18975834751777, 0.17930478454664, 0.167724267895711, 0.146401743526314}, 1e-14},
	} {
		t.Run(name, func(t *testing.T) {
			c := KaplanMeier(tabulate(test.records), Won)
			if len(c.Steps) != len(test.ages) || test.why == "" {
				t.Fatalf("%d steps: %+v", len(c.Steps), c)
			}
			for i, s := range c.Steps {
				if s.Age != test.ages[i] || s.AtRisk != test.atRisk[i] || math.Abs(s.Share-test.share[i]) > test.tolerance || math.Abs(s.Error-test.errors[i]) > test.tolerance {
					t.Errorf("%s: step %d is %+v", test.why, i, s)
				}
			}
		})
	}
}

// lifelines, test_kmf_confidence_intervals_output_against_R (control group of
// g3.csv), and R's for the sample with late entry.
func TestLogLogInterval(t *testing.T) {
	g3 := KaplanMeier(tabulate(observed([]int64{34, 32, 9, 19, 50, 48}, []int{1, 1, 1, 1, 0, 0})), Won)
	for i, want := range [][2]float64{{0.2731, 0.975}, {0.1946, 0.904}, {0.1109, 0.804}, {0.0461, 0.676}} {
		if low, high, ok := g3.Steps[i].Interval(0.95); !ok || math.Abs(low-want[0]) > 6e-5 || math.Abs(high-want[1]) > 6e-4 {
			t.Errorf("g3, step %d: %v to %v; want %v", i, low, high, want)
		}
	}
	late := KaplanMeier(tabulate(sample()), Won)
	for i, want := range [][2]float64{{0.203809263267639, 0.969179788866743}, {0.194616636806235, 0.904434164322516}, {0.15946512661123, 0.828462026888938},
		{0.126991401239706, 0.750219685680364}, {0.07510696016706, 0.649073837832037}, {0.0329177892013676, 0.534082433197427}} {
		if low, high, ok := late.Steps[i].Interval(0.95); !ok || !near(low, want[0], 1e-13) || !near(high, want[1], 1e-13) {
			t.Errorf("late entry, step %d: %v to %v; want %v", i, low, high, want)
		}
	}
	for _, s := range []Step{{}, {Share: 1}, {Share: 0.5}, {Share: 0.5, Error: math.NaN()}} {
		if low, high, ok := s.Interval(0.95); ok {
			t.Errorf("%+v: %v to %v", s, low, high)
		}
	}
	if _, _, ok := g3.Steps[0].Interval(1); ok {
		t.Error("a level of 1")
	}
}

// lifelines, TestAalenJohansenFitter: at risk and the variance of SAS; the
// incidences by hand: 3/5·1/3 = 0.2, and 0.2 + 2/5·1/2 = 0.4.
func TestIncidenceAgreesWithSAS(t *testing.T) {
	c := AalenJohansen(tabulate(observed([]int64{1, 2, 3, 4, 5, 6}, []int{0, 2, 2, 1, 1, 0})), Won)
	for i, want := range []struct {
		age, atRisk     int64
		share, variance float64
	}{{2, 5, 0, 0}, {3, 4, 0, 0}, {4, 3, 0.2, 0.032}, {5, 2, 0.4, 0.048}} {
		s := c.Steps[i]
		if s.Age != want.age || s.AtRisk != want.atRisk || math.Abs(s.Share-want.share) > 1e-15 || math.Abs(s.Error*s.Error-want.variance) > 1e-15 {
			t.Errorf("step %d is %+v; want %v", i, s, want)
		}
	}
}

// statsmodels, test_incidence: shares of R's cuminc, standard errors of
// Stata; its third cause is here the lost one and the second the won one.
func TestIncidenceAgreesWithStata(t *testing.T) {
	ages := []int64{1, 1, 2, 4, 4, 4, 6, 6, 7, 8, 9, 9, 9, 1, 2, 2, 4, 4}
	causes := []int{1, 1, 1, 2, 2, 2, 3, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	for cause, want := range map[int]struct{ share, errors []float64 }{
		1: {[]float64{0.11111111, 0.17037037, 0.17037037, 0.17037037, 0.17037037}, []float64{0.07407407, 0.08976251, 0.08976251, 0.08976251, 0.08976251}},
		2: {[]float64{0, 0, 0.20740741, 0.20740741, 0.20740741}, []float64{0, 0, 0.10610391, 0.10610391, 0.10610391}},
		3: {[]float64{0, 0, 0, 0.17777778, 0.26666667}, []float64{0, 0, 0, 0.11196147, 0.12787781}},
	} {
		ends := make([]int, len(causes))
		for i, c := range causes { // the cause is won, the other two together lost
			switch c {
			case 0:
			case cause:
				ends[i] = 1
			default:
				ends[i] = 2
			}
		}
		c := AalenJohansen(tabulate(observed(ages, ends)), Won)
		for i, age := range []int64{1, 2, 4, 6, 7} {
			s := c.Steps[i]
			if s.Age != age || math.Abs(s.Share-want.share[i]) > 5e-9 || math.Abs(s.Error-want.errors[i]) > 5e-9 {
				t.Errorf("cause %d at %d: %+v; want %v, %v", cause, age, s, want.share[i], want.errors[i])
			}
		}
	}
}

// R: survfit(Surv(entry, exit, factor(st)) ~ 1, id), p(won) and p(lost).
func TestIncidenceWithLateEntry(t *testing.T) {
	table := tabulate(sample())
	for i, want := range []float64{0.2, 1.0 / 3, 4.0 / 9, 0.537037037037037, 0.629629629629630, 0.722222222222222} {
		if s := AalenJohansen(table, Won).Steps[i]; !near(s.Share, want, 1e-14) {
			t.Errorf("won, step %d: %+v; want %v", i, s, want)
		}
	}
	if s, ok := AalenJohansen(table, Lost).At(6); !ok || !near(s.Share, 0.0925925925925926, 1e-14) {
		t.Errorf("lost at 6: %+v", s)
	}
}

func TestLogRank(t *testing.T) {
	// R: survdiff(Surv(time, status) ~ group), chisq 2.14673023804078
	if chi, p, ok := LogRank(tabulate(first()), tabulate(second()), Won); !ok || !near(chi, 2.14673023804078, 1e-13) || math.Abs(p-0.14287) > 5e-6 {
		t.Errorf("statsmodels: %v, %v, %t", chi, p, ok)
	}
	// R: survdiff(Surv(futime, fustat) ~ rx, ovarian)
	days := []int64{59, 115, 156, 421, 431, 448, 464, 475, 477, 563, 638, 744, 769, 770, 803, 855, 1040, 1106, 1129, 1206, 1227, 268, 329, 353, 365, 377}
	died := []int{1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0}
	arm := []int{1, 1, 1, 2, 1, 1, 2, 2, 1, 2, 1, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 1, 1, 2, 2, 2}
	var arms [3][]record
	for i := range days {
		arms[arm[i]] = append(arms[arm[i]], record{-1, days[i], died[i]})
	}
	if chi, p, ok := LogRank(tabulate(arms[1]), tabulate(arms[2]), Won); !ok || !near(chi, 1.06273986129141, 1e-13) || !near(p, 0.302591116989095, 1e-12) {
		t.Errorf("ovarian: %v, %v, %t", chi, p, ok)
	}
	// R: the score test of coxph(Surv(entry, exit, st == 1) ~ group, ties = "exact") on the sample's halves
	if chi, _, ok := LogRank(tabulate(sample()[:5]), tabulate(sample()[5:]), Won); !ok || !near(chi, 2.42659074028225, 1e-12) {
		t.Errorf("late entry: %v, %t", chi, ok)
	}
	if chi, p, ok := LogRank(tabulate(first()), nil, Won); ok || chi != 0 || p != 1 {
		t.Errorf("against nobody: %v, %v", chi, p)
	}
}

func TestCompareIncidence(t *testing.T) {
	sas := tabulate(observed([]int64{1, 2, 3, 4, 5, 6}, []int{0, 2, 2, 1, 1, 0}))
	other := tabulate(observed([]int64{1, 2, 3, 4, 5, 6}, []int{0, 1, 2, 0, 2, 0}))
	// by hand at 5: 0.4 with variance 0.048 against 1/5 with 0.8·0.2/5 = 0.032,
	// so −0.2 ± 1.959964·√0.08
	got, ok := CompareIncidence(other, sas, Won, 5, 0.95)
	half := 1.9599639845400545 * math.Sqrt(0.08)
	if !ok || !near(got.Difference, -0.2, 1e-14) || !near(got.Low, -0.2-half, 1e-12) || !near(got.High, -0.2+half, 1e-12) || math.Abs(got.P-0.4795) > 1e-4 {
		t.Errorf("%+v, %t", got, ok)
	}
	for name, age := range map[string]int64{"before any event": 1, "after all are gone": 7} {
		if got, ok := CompareIncidence(other, sas, Won, age, 0.95); ok {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got, ok := CompareIncidence(sas, nil, Won, 5, 0.95); ok {
		t.Errorf("against nobody: %+v", got)
	}
}

func TestQuantile(t *testing.T) {
	c := KaplanMeier(tabulate(observed([]int64{1, 2, 3, 4}, []int{1, 1, 1, 0})), Won) // 0.75, 0.5, 0.25
	for p, want := range map[float64]int64{0.1: 1, 0.25: 2, 0.3: 2, 0.5: 3, 0.7: 3} {
		if age, ok := c.Quantile(p); !ok || age != want {
			t.Errorf("%v: %d, %t; want the first age with less than %v left, %d", p, age, ok, 1-p, want)
		}
	}
	for _, p := range []float64{0.75, 0.9, 1, math.NaN()} {
		if age, ok := c.Quantile(p); ok {
			t.Errorf("%v: %d, though a quarter is left", p, age)
		}
	}
}

func TestAt(t *testing.T) {
	c := KaplanMeier(tabulate(observed([]int64{2, 4, 6}, []int{1, 1, 0})), Won)
	for age, want := range map[int64]float64{-1: 1, 0: 1, 2: 2.0 / 3, 3: 2.0 / 3, 4: 1.0 / 3, 6: 1.0 / 3} {
		if s, ok := c.At(age); !ok || !near(s.Share, want, 1e-15) {
			t.Errorf("at %d: %+v, %t", age, s, ok)
		}
	}
	if s, ok := c.At(7); ok {
		t.Errorf("beyond what was seen: %+v", s)
	}
	if s, ok := KaplanMeier(tabulate(first()), Won).At(1000); !ok || s.Share != 0 {
		t.Errorf("nobody is left, and stays so: %+v, %t", s, ok)
	}
	if s, ok := KaplanMeier(nil, Won).At(0); ok {
		t.Errorf("of nobody: %+v", s)
	}
	if c := AalenJohansen(NewTable(Row{Age: 5, Entered: 2}, Row{Age: 9, Won: 2}), Won); c.From != 5 || c.To != 9 || c.Records != 2 {
		t.Errorf("all came late: %+v", c)
	}
}

func TestInvalidTables(t *testing.T) {
	for name, bad := range map[string]Table{
		"ages fall":                 {{Age: 2, Won: 1}, {Age: 1, Won: 1}},
		"an age stands twice":       {{Age: 1, Won: 1}, {Age: 1, Won: 1}},
		"less than none":            {{Age: 1, Won: -1}},
		"more entered than ended":   {{Age: 1, Entered: 2}, {Age: 2, Won: 1}},
		"ended on entering":         {{Age: 1, Entered: 1, Won: 1}},
		"ended before they entered": {{Age: 1, Won: 2}, {Age: 2, Entered: 2}},
		"beyond counting":           {{Age: 1, Won: math.MaxInt64}, {Age: 2, Won: math.MaxInt64}},
	} {
		if bad.Valid() || KaplanMeier(bad, Won).Records != 0 || AalenJohansen(bad, Won).Steps != nil {
			t.Errorf("%s is valid", name)
		}
		if _, _, ok := LogRank(bad, tabulate(first()), Won); ok {
			t.Errorf("%s has a log-rank test", name)
		}
	}
	if !(Table{}).Valid() || !Table(nil).Valid() {
		t.Error("nobody is valid")
	}
}

func records() *rapid.Generator[[]record] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) record {
		exit := rapid.Int64Range(0, 12).Draw(t, "exit")
		return record{rapid.Int64Range(-1, max(exit-1, -1)).Draw(t, "entry"), exit, rapid.IntRange(0, 2).Draw(t, "end")}
	}), 1, 40)
}

// slowIncidence walks the ages and asks every record, and takes the variance
// from the closed form of Marubini and Valsecchi:
//
//	Σ (F(t) − Fᵢ)²·e/(n(n − e)) + Σ S²·d(n − d)/n³ − 2·Σ (F(t) − Fᵢ)·S·d/n²
func slowIncidence(all []record, cause int, until int64) (share, variance float64) {
	type at struct{ n, d, e, open, share float64 }
	var steps []at
	open := 1.0
	for age := int64(0); age <= until; age++ {
		var s at
		for _, r := range all {
			if r.entry < age && r.exit >= age {
				s.n++
				if r.exit == age && r.end == cause {
					s.d++
				}
				if r.exit == age && r.end != 0 {
					s.e++
				}
			}
		}
		if s.e == 0 {
			continue
		}
		share += open * s.d / s.n
		s.open, s.share = open, share
		open *= 1 - s.e/s.n
		steps = append(steps, s)
	}
	for _, s := range steps {
		if s.e < s.n {
			variance += (share - s.share) * (share - s.share) * s.e / (s.n * (s.n - s.e))
		}
		variance += s.open*s.open*s.d*(s.n-s.d)/(s.n*s.n*s.n) - 2*(share-s.share)*s.open*s.d/(s.n*s.n)
	}
	return share, variance
}

func TestIncidenceIsItsDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := records().Draw(t, "records")
		table := tabulate(all)
		if !table.Valid() {
			t.Fatalf("not valid: %v", table)
		}
		for cause, c := range map[int]Curve{1: AalenJohansen(table, Won), 2: AalenJohansen(table, Lost)} {
			for _, s := range c.Steps {
				share, variance := slowIncidence(all, cause, s.Age)
				if math.Abs(s.Share-share) > 1e-12 {
					t.Fatalf("cause %d at %d: %v; want %v", cause, s.Age, s.Share, share)
				}
				if s.Share > 0 && s.Share < 1 && math.Abs(s.Error*s.Error-max(variance, 0)) > 1e-12 {
					t.Fatalf("cause %d at %d: variance %v; want %v", cause, s.Age, s.Error*s.Error, variance)
				}
			}
		}
	})
}

// Won, lost and open add up to all; winning never exceeds what losses as
// censorings would make of it, and without losses it is the same.
func TestCausesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := records().Draw(t, "records")
		table := tabulate(all)
		won, lost, open, naive := AalenJohansen(table, Won), AalenJohansen(table, Lost), KaplanMeier(table, AnyEnd), KaplanMeier(table, Won)
		for i, s := range won.Steps {
			if total := s.Share + lost.Steps[i].Share + open.Steps[i].Share; math.Abs(total-1) > 1e-12 {
				t.Fatalf("at %d they add up to %v", s.Age, total)
			}
			if alone, _ := naive.At(s.Age); s.Share > 1-alone.Share+1e-12 {
				t.Fatalf("at %d: %v won, more than %v", s.Age, s.Share, 1-alone.Share)
			}
		}
		for i := range all {
			all[i].end &= 1
		}
		one := tabulate(all)
		km := KaplanMeier(one, Won)
		for i, s := range AalenJohansen(one, Won).Steps {
			if math.Abs(s.Share+km.Steps[i].Share-1) > 1e-12 || math.Abs(s.Error-km.Steps[i].Error) > 1e-7 {
				t.Fatalf("of one cause: %+v and %+v", s, km.Steps[i])
			}
		}
	})
}

// Merging adds, in any order and any parts.
func TestTablesMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := records().Draw(t, "records")
		cut := rapid.IntRange(0, len(all)).Draw(t, "cut")
		whole := tabulate(all)
		left, right := tabulate(all[:cut]), tabulate(all[cut:])
		for _, merged := range []Table{left.Merge(right), right.Merge(left), tabulate(rapid.Permutation(all).Draw(t, "order")), whole.Merge(nil)} {
			if len(merged) != len(whole) {
				t.Fatalf("%v; want %v", merged, whole)
			}
			for i := range merged {
				if merged[i] != whole[i] {
					t.Fatalf("%v; want %v", merged, whole)
				}
			}
		}
		ab, p, ok := LogRank(left, right, AnyEnd)
		ba, q, also := LogRank(right, left, AnyEnd)
		if ok != also || math.Abs(ab-ba) > 1e-9*(1+ab) || math.Abs(p-q) > 1e-9 || !(p >= 0 && p <= 1) {
			t.Fatalf("log-rank %v, %v one way and %v, %v the other", ab, p, ba, q)
		}
	})
}
