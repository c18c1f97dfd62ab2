package target_test

import (
	"encoding/csv"
	"os"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// rows reads a table of the AdventureWorks data, by its header.
func rows(t *testing.T, name string) []map[string]string {
	t.Helper()
	file, err := os.Open("../../shared/data/adventureworks/" + name)
	if err != nil {
		t.Skip("the sample data are not here: ", err)
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = line[i]
		}
		all = append(all, row)
	}
	return all
}

// works is the team of AdventureWorks: what it sold by day, and its quarters
// with their quotas.
type works struct {
	days     []target.DayAmount
	quarters []kpi.Figure
	ends     map[calendar.Period][]calendar.Day // of the months of a quarter
	by       map[calendar.Period][]kpi.Value    // what had been sold by then
}

func readWorks(t *testing.T) works {
	w := works{ends: map[calendar.Period][]calendar.Day{}, by: map[calendar.Period][]kpi.Value{}}
	for _, row := range rows(t, "orders.csv") {
		w.days = append(w.days, target.DayAmount{Day: calendar.MustDay(row["order_date"]), Value: kpi.MustParse(row["sub_total"])})
	}
	quotas := map[calendar.Period]kpi.Value{}
	for _, row := range rows(t, "quotas.csv") {
		p := calendar.Calendar{}.PeriodOf(calendar.Quarterly, calendar.MustDay(row["quarter_start"]))
		quotas[p] = quotas[p].Or(kpi.Int(0)).Add(kpi.MustParse(row["sales_quota"]))
	}
	for p, quota := range quotas {
		w.quarters = append(w.quarters, kpi.Figure{Metric: "won_value", Owner: "team", Period: p, Value: quota})
	}
	slices.SortFunc(w.quarters, kpi.Figure.Compare)
	for _, q := range w.quarters {
		w.ends[q.Period], w.by[q.Period] = w.split(q.Period)
	}
	return w
}

func (w works) sold(p calendar.Period) kpi.Value {
	total := kpi.Int(0)
	for _, d := range w.days {
		if p.Contains(d.Day) {
			total = total.Add(d.Value)
		}
	}
	return total
}

// split gives the end of each month of a quarter, and what had been sold by
// then.
func (w works) split(quarter calendar.Period) (ends []calendar.Day, sold []kpi.Value) {
	months, _ := calendar.Calendar{}.Split(quarter, calendar.Monthly)
	for _, m := range months {
		through, _ := calendar.NewPeriod(quarter.Start(), m.End())
		ends, sold = append(ends, m.Last()), append(sold, w.sold(through))
	}
	return ends, sold
}

// meanShares is a curve of cumulative shares: at the end of each month the
// mean over the other quarters.
func (w works) meanShares(of kpi.Figure) []target.SharePoint {
	var points []target.SharePoint
	for i, end := range w.ends[of.Period][:2] {
		sum, n := kpi.Int(0), int64(0)
		for _, q := range w.quarters {
			if sold := w.by[q.Period]; q != of {
				sum, n = sum.Add(sold[i].Div(sold[2])), n+1
			}
		}
		elapsed := kpi.Frac(int64(of.Period.Elapsed(end)), int64(of.Period.Days()))
		points = append(points, target.SharePoint{At: elapsed, Share: sum.Div(kpi.Int(n))})
	}
	return points
}

// TestBackTest lands each of the twelve quarters of AdventureWorks from the
// end of its first and its second month, by each method, and compares with
// where it did end. The curve is the mean share of the other eleven quarters
// at the ends of months. The expected errors, in percent, are those of a
// separate calculation over the same orders.
func TestBackTest(t *testing.T) {
	w := readWorks(t)
	want := []map[string]string{
		{"run rate": "32.2", "curve": "15.7", "rest of plan": "14.4"},
		{"run rate": "5.6", "curve": "6.1", "rest of plan": "6.4"},
	}
	for month, expect := range want {
		errs := map[string]kpi.Value{}
		add := func(method string, landing, actual kpi.Value) {
			errs[method] = errs[method].Or(kpi.Int(0)).Add(landing.Div(actual).Sub(kpi.Int(1)).Abs())
		}
		for _, q := range w.quarters {
			ends, sold := w.ends[q.Period], w.by[q.Period]
			in := target.Input{Metric: money(4), Plan: []kpi.Figure{q}, Actual: sold[month], AsOf: ends[month], Curve: target.ByShares, Shares: w.meanShares(q)}
			got, err := target.Track(in)
			if err != nil {
				t.Fatal(err)
			}
			add("run rate", got.Landing.RunRate, sold[2])
			add("curve", got.Landing.Curve, sold[2])
			add("rest of plan", got.Landing.RestOfPlan, sold[2])
		}
		for method, text := range expect {
			mean := errs[method].Mul(kpi.Int(100)).Div(kpi.Int(int64(len(w.quarters))))
			t.Logf("end of month %d, %s: mean error %s %%", month+1, method, mean.Text(1, kpi.HalfEven))
			if got := mean.Text(1, kpi.HalfEven); got != text {
				t.Errorf("end of month %d, %s: %s; want %s", month+1, method, got, text)
			}
		}
	}
}

// TestBackTestLearned does the same with curves that are learned from the
// quarters before alone, which are enough from the seventh on, and prints.
func TestBackTestLearned(t *testing.T) {
	w := readWorks(t)
	var periods []calendar.Period
	for _, q := range w.quarters {
		periods = append(periods, q.Period)
	}
	for month := range 2 {
		runRate, curve, n := kpi.Int(0), kpi.Int(0), int64(0)
		for i, q := range w.quarters {
			ends, sold := w.ends[q.Period], w.by[q.Period]
			got, err := target.Track(target.Input{
				Metric: money(4), Plan: []kpi.Figure{q}, Actual: sold[month], AsOf: ends[month], Curve: target.Learned,
				History: &target.History{Periods: periods, Days: w.days},
			})
			if err != nil {
				t.Fatal(err)
			}
			if got.Learned.Periods != i || got.Expected.Defined() != (i >= got.Learned.Needed) {
				t.Fatal(q.Period, got.Learned, got.Expected)
			}
			if i >= got.Learned.Needed {
				runRate = runRate.Add(got.Landing.RunRate.Div(sold[2]).Sub(kpi.Int(1)).Abs())
				curve, n = curve.Add(got.Landing.Curve.Div(sold[2]).Sub(kpi.Int(1)).Abs()), n+1
			}
		}
		percent := func(v kpi.Value) string { return v.Mul(kpi.Int(100)).Div(kpi.Int(n)).Text(1, kpi.HalfEven) }
		t.Logf("end of month %d, %d quarters: run rate %s %%, learned from those before %s %%", month+1, n, percent(runRate), percent(curve))
	}
}
