package target_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// worksLine is a line of the reference figures of AdventureWorks. The
// shares are rounded half-even to twelve places.
type worksLine struct {
	Actual     kpi.Value `json:"actual"`
	Quota      kpi.Value `json:"quota"`
	Attainment string    `json:"attainment"`
	Variance   kpi.Value `json:"variance"`
	YTDActual  kpi.Value `json:"ytd_actual"`
	YTDQuota   kpi.Value `json:"ytd_quota"`
	YTD        string    `json:"ytd_attainment"`
}

type sellerQuarter struct {
	seller  string
	quarter calendar.Period
}

// worksSellers reads what each seller sold, and what the quota was, by quarter.
func worksSellers(t *testing.T) (sold, quotas map[sellerQuarter]kpi.Value) {
	sold, quotas = map[sellerQuarter]kpi.Value{}, map[sellerQuarter]kpi.Value{}
	add := func(to map[sellerQuarter]kpi.Value, row map[string]string, day, amount string) {
		k := sellerQuarter{row["sales_person_id"], calendar.Calendar{}.PeriodOf(calendar.Quarterly, calendar.MustDay(row[day]))}
		to[k] = to[k].Or(kpi.Int(0)).Add(kpi.MustParse(row[amount]))
	}
	for _, row := range rows(t, "orders.csv") {
		add(sold, row, "order_date", "sub_total")
	}
	for _, row := range rows(t, "quotas.csv") {
		add(quotas, row, "quarter_start", "sales_quota")
	}
	return sold, quotas
}

// trackAll tracks a seller over the quarters that lie in a period, which is
// over.
func trackAll(t *testing.T, seller string, period calendar.Period, sold, quotas map[sellerQuarter]kpi.Value) target.Tracking {
	t.Helper()
	in := target.Input{Metric: money(4), Actual: kpi.Int(0), AsOf: period.Last()}
	for k, quota := range quotas {
		if k.seller == seller && period.Covers(k.quarter) {
			in.Plan = append(in.Plan, kpi.Figure{Metric: "won_value", Owner: seller, Period: k.quarter, Value: quota})
			in.Actual = in.Actual.Add(sold[k].Or(kpi.Int(0)))
		}
	}
	got, err := target.Track(in)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func (want worksLine) compare(t *testing.T, what string, got target.Tracking) {
	t.Helper()
	if got.Actual != want.Actual || got.Target != want.Quota || got.Variance != want.Variance || got.Attainment.Text(12, kpi.HalfEven) != want.Attainment {
		t.Errorf("%s: %v of %v, %v, %v; want %+v", what, got.Actual, got.Target, got.Variance, got.Attainment, want)
	}
}

func worksYear(day calendar.Day) calendar.Period {
	fiscal, err := calendar.Fiscal(7, calendar.NamedByEnd)
	if err != nil {
		panic(err)
	}
	return fiscal.PeriodOf(calendar.Yearly, day)
}

// TestAdventureWorksSellers gives person_quarter with its year to date,
// person_fiscal_year, and team_quarter and team_fiscal_year by rolling up.
func TestAdventureWorksSellers(t *testing.T) {
	var works struct {
		Quarters  map[string]map[calendar.Day]worksLine `json:"person_quarter"`
		Years     map[string]map[string]worksLine       `json:"person_fiscal_year"`
		Team      map[calendar.Day]worksLine            `json:"team_quarter"`
		TeamYears map[string]worksLine                  `json:"team_fiscal_year"`
	}
	reference(t, "adventureworks", &works)
	sold, quotas := worksSellers(t)
	team := map[calendar.Day][]target.Tracking{}
	lines := 0
	for seller, want := range works.Quarters {
		for day, line := range want {
			quarter := calendar.Calendar{}.PeriodOf(calendar.Quarterly, day)
			got := trackAll(t, seller, quarter, sold, quotas)
			line.compare(t, fmt.Sprint(seller, quarter), got)
			team[day] = append(team[day], got)
			toDate, _ := calendar.NewPeriod(worksYear(day).Start(), quarter.End())
			if year := trackAll(t, seller, toDate, sold, quotas); year.Actual != line.YTDActual || year.Target != line.YTDQuota || year.Attainment.Text(12, kpi.HalfEven) != line.YTD {
				t.Error(seller, toDate, year.Actual, year.Target, year.Attainment)
			}
			lines++
		}
	}
	if lines != 163 || len(team) != 12 {
		t.Fatal(lines, "quotas")
	}
	for day, below := range team {
		got, err := target.RollUp(money(4), "team", below, nil)
		if err != nil {
			t.Fatal(err)
		}
		works.Team[day].compare(t, day.String(), got)
	}
	years := map[string]calendar.Period{"FY2002": worksYear(calendar.MustDay("2002-01-01")), "FY2003": worksYear(calendar.MustDay("2003-01-01")), "FY2004": worksYear(calendar.MustDay("2004-01-01"))}
	for name, year := range years {
		plan := map[calendar.Period]kpi.Value{}
		actual := kpi.Int(0)
		for seller, want := range works.Years {
			if line, ok := want[name]; ok {
				line.compare(t, seller+name, trackAll(t, seller, year, sold, quotas))
			}
		}
		for k, quota := range quotas {
			if year.Covers(k.quarter) {
				plan[k.quarter], actual = plan[k.quarter].Or(kpi.Int(0)).Add(quota), actual.Add(sold[k].Or(kpi.Int(0)))
			}
		}
		in := target.Input{Metric: money(4), Actual: actual, AsOf: year.Last()}
		for quarter, quota := range plan {
			in.Plan = append(in.Plan, kpi.Figure{Metric: "won_value", Owner: "team", Period: quarter, Value: quota})
		}
		got, err := target.Track(in)
		if err != nil {
			t.Fatal(err)
		}
		works.TeamYears[name].compare(t, name, got)
	}
}

// TestAdventureWorksDistribution gives attainment_distribution.
func TestAdventureWorksDistribution(t *testing.T) {
	var works struct {
		Quarters map[calendar.Day]struct {
			People   int            `json:"people_with_quota"`
			Attained int            `json:"attained"`
			Share    string         `json:"attained_share"`
			Mean     string         `json:"mean_attainment"`
			Median   string         `json:"median_attainment"`
			Pooled   string         `json:"quota_weighted_attainment"`
			Bands    map[string]int `json:"bands"`
			Ranking  []int          `json:"ranking"`
		} `json:"attainment_distribution"`
	}
	reference(t, "adventureworks", &works)
	sold, quotas := worksSellers(t)
	if len(works.Quarters) != 12 {
		t.Fatal(len(works.Quarters), "quarters")
	}
	for day, want := range works.Quarters {
		quarter := calendar.Calendar{}.PeriodOf(calendar.Quarterly, day)
		var all []target.Tracking
		for k := range quotas {
			if k.quarter == quarter {
				all = append(all, trackAll(t, k.seller, quarter, sold, quotas))
			}
		}
		got := target.Distribute(kpi.HigherIsBetter, all, target.DefaultEdges())
		bands := map[string]int{}
		for i, name := range []string{"<50%", "50-80%", "80-100%", "100-120%", ">=120%"} {
			bands[name] = got.Bands[i]
		}
		var ranking []string
		for _, seller := range want.Ranking {
			ranking = append(ranking, fmt.Sprint(seller))
		}
		short := func(v kpi.Value) string { return v.Text(12, kpi.HalfEven) }
		if got.Owners != want.People || got.Met != want.Attained || short(got.MetShare) != want.Share || short(got.Mean) != want.Mean ||
			short(got.Median) != want.Median || short(got.Pooled) != want.Pooled || !maps.Equal(bands, want.Bands) || !slices.Equal(got.BestFirst, ranking) {
			t.Errorf("%v: %+v; want %+v", day, got, want)
		}
	}
}

func TestDistributionOfNobody(t *testing.T) {
	nobody := target.Distribute(kpi.HigherIsBetter, []target.Tracking{tracked(t, "0", kpi.Int(5))}, nil)
	if nobody.Owners != 0 || nobody.LeftOut != 1 || nobody.Mean.Defined() || nobody.MetShare.Defined() || len(nobody.Bands) != 1 {
		t.Error(nobody)
	}
}
