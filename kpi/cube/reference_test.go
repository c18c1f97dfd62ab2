package cube_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// The figures of both reference.json were computed by an independent program
// from the same files; theirs are rounded half-even to the places they show.

// table reads a CSV file without its head.
func table(t *testing.T, elements ...string) [][]string {
	t.Helper()
	f, err := os.Open(filepath.Join(elements...))
	if err != nil {
		t.Skip("the sample data are not there: ", err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines[1:]
}

func reference(t *testing.T, folder string, into any) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "reference.json"))
	if err != nil {
		t.Skip("the reference is not there: ", err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		t.Fatal(err)
	}
}

// sameText compares a number with a text of any number of places.
func sameText(t *testing.T, what string, got kpi.Value, want string) {
	t.Helper()
	_, places, _ := strings.Cut(want, ".")
	if text := got.Text(len(places), kpi.HalfEven); text != want {
		t.Errorf("%s: got %s, want %s", what, text, want)
	}
}

const ordersFolder = "../../../shared/data/adventureworks"

func orderCube(t *testing.T) *cube.Cube {
	window, err := calendar.NewPeriod(day("2001-07-01"), day("2004-07-01"))
	if err != nil {
		t.Fatal(err)
	}
	return loadWith(t, cube.Definition{
		ID: "orders", Window: window, Grain: calendar.Monthly, Dimensions: []string{"person", "country"},
		Measures: []cube.Measure{{ID: "sales", Unit: kpi.Money("USD", 4)}, {ID: "orders", Kind: cube.Count}},
	}, cube.Reader[[]string]{
		Day: func(l *[]string) (calendar.Day, bool) {
			d, err := calendar.ParseDay((*l)[1])
			return d, err == nil
		},
		Dimensions: map[string]func(*[]string) (string, bool){
			"person":  func(l *[]string) (string, bool) { return (*l)[2], true },
			"country": func(l *[]string) (string, bool) { return (*l)[4], true },
		},
		Measures: map[string]cube.Feed[[]string]{"orders": {}, "sales": {Minor: func(l *[]string) (int64, bool) {
			v, err := kpi.Parse((*l)[5])
			if err != nil {
				return 0, false
			}
			return v.Minor(4, kpi.HalfEven)
		}}},
	}, table(t, ordersFolder, "orders.csv"))
}

func TestOrdersReference(t *testing.T) {
	c := orderCube(t)
	var want struct {
		PersonMonth    map[string]map[string]string `json:"person_month"`
		TeamMonth      map[string]string            `json:"team_month"`
		CountryQuarter map[string]map[string]string `json:"country_quarter"`
		YearOverYear   map[string]struct {
			Current, Growth string
			Before          string `json:"year_before"`
		} `json:"year_over_year_quarter"`
	}
	reference(t, ordersFolder, &want)
	quarter := func(start string) calendar.Period {
		return calendar.Calendar{}.PeriodOf(calendar.Quarterly, day(start))
	}
	byPerson := query(t, c, cube.Query{By: []string{"person"}, Grain: calendar.Monthly})
	cells := 0
	for person, months := range want.PersonMonth {
		for month, text := range months {
			cells++
			sameText(t, person+" "+month, byPerson.Value("sales", period(month), person), text)
		}
	}
	team := query(t, c, cube.Query{Grain: calendar.Monthly})
	for month, text := range want.TeamMonth {
		sameText(t, month, team.Value("sales", period(month)), text)
	}
	byCountry := query(t, c, cube.Query{By: []string{"country"}, Grain: calendar.Quarterly})
	countries := 0
	for country, quarters := range want.CountryQuarter {
		for start, text := range quarters {
			countries++
			sameText(t, country+" "+start, byCountry.Value("sales", quarter(start), country), text)
		}
	}
	if cells != len(byPerson.Rows) || len(want.TeamMonth) != len(team.Rows) || countries != len(byCountry.Rows) || cells*countries == 0 {
		t.Errorf("%d, %d and %d cells in the reference, %d, %d and %d rows", cells, len(want.TeamMonth), countries, len(byPerson.Rows), len(team.Rows), len(byCountry.Rows))
	}
	now := query(t, c, cube.Query{Grain: calendar.Quarterly})
	before := query(t, c, cube.Query{Grain: calendar.Quarterly, Offset: cube.Offset{N: -1, Grain: calendar.Yearly}})
	if len(want.YearOverYear) != len(before.Rows) || len(before.Rows) == 0 {
		t.Errorf("%d quarters in the reference, %d here", len(want.YearOverYear), len(before.Rows))
	}
	for start, figures := range want.YearOverYear {
		current, yearAgo := now.Value("sales", quarter(start)), before.Value("sales", quarter(start))
		sameText(t, start, current, figures.Current)
		sameText(t, start+" year before", yearAgo, figures.Before)
		sameText(t, start+" growth", kpi.Growth(current, yearAgo), figures.Growth)
	}
}

// closedDeals is what reference.json says of the deals closed in a period.
type closedDeals struct {
	Total, Won, Lost int64
	WonValue         int64  `json:"won_value"`
	ListValue        int64  `json:"list_value_won"`
	Median           string `json:"median_won_deal"`
	WinRate          ratio  `json:"win_rate"`
	Average          ratio  `json:"avg_won_deal"`
	Realised         ratio  `json:"realised_price_ratio"`
	CycleWon         cycle  `json:"cycle_won"`
	CycleLost        cycle  `json:"cycle_lost"`
	CycleClosed      cycle  `json:"cycle_closed"`
	Velocity         string `json:"velocity_closed_per_day"`
}

type ratio struct{ Num, Den, Value string }

type cycle struct {
	N        int64
	Sum      int64 `json:"sum_days"`
	Mean     string
	Median   string
	Min, Max int64
	P25      string `json:"p25_linear"`
	P75      string `json:"p75_linear"`
	P90      string `json:"p90_linear"`
	Nearest  string `json:"p90_nearest_rank"`
}

// cycleMeasures are those of one outcome; the IDs begin with its name.
func cycleMeasures(name string) []cube.Measure {
	days := kpi.InDays(0)
	return []cube.Measure{
		{ID: name + "_count", Kind: cube.Count}, {ID: name + "_sum", Unit: days}, {ID: name + "_mean", Kind: cube.Mean, Unit: days},
		{ID: name + "_min", Kind: cube.Min, Unit: days}, {ID: name + "_max", Kind: cube.Max, Unit: days},
		{ID: name + "_median", Kind: cube.Quantile, Unit: days},
		{ID: name + "_p25", Kind: cube.Quantile, Unit: days, P: kpi.Frac(1, 4)}, {ID: name + "_p75", Kind: cube.Quantile, Unit: days, P: kpi.Frac(3, 4)},
		{ID: name + "_p90", Kind: cube.Quantile, Unit: days, P: kpi.Frac(9, 10)},
		{ID: name + "_nearest", Kind: cube.Quantile, Unit: days, P: kpi.Frac(9, 10), Method: cube.NearestRank},
	}
}

func closedCube(t *testing.T) *cube.Cube {
	list := map[string]int64{}
	for _, l := range table(t, dataFolder, "products.csv") {
		price, _ := strconv.ParseInt(l[2], 10, 64)
		list[strings.Replace(l[0], "GTX Pro", "GTXPro", 1)] = price // as the deals spell it
	}
	won := func(o *opportunity) bool { return o.stage == "Won" }
	amount := cube.Feed[opportunity]{When: won, Minor: func(o *opportunity) (int64, bool) {
		n, err := strconv.ParseInt(o.value, 10, 64)
		return n, err == nil
	}}
	def := cube.Definition{
		ID: "closed", Window: period("2017"), Grain: calendar.Monthly, Dimensions: []string{"agent"},
		Measures: []cube.Measure{
			{ID: "won_value", Unit: kpi.Money("USD", 0)}, {ID: "average", Kind: cube.Mean, Unit: kpi.Money("USD", 0)},
			{ID: "median", Kind: cube.Quantile, Unit: kpi.Money("USD", 0)}, {ID: "list_value", Unit: kpi.Money("USD", 0)},
		},
	}
	measures := map[string]cube.Feed[opportunity]{"won_value": amount, "average": amount, "median": amount, "list_value": {When: won, Minor: func(o *opportunity) (int64, bool) {
		price, known := list[o.product]
		return price, known
	}}}
	for name, when := range map[string]func(*opportunity) bool{"won": won, "lost": func(o *opportunity) bool { return !won(o) }, "closed": nil} {
		for _, m := range cycleMeasures(name) {
			f := cube.Feed[opportunity]{When: when, Minor: cycleDays}
			if m.Kind == cube.Count {
				f.Minor = nil
			}
			measures[m.ID] = f
		}
	}
	for _, name := range []string{"won", "lost", "closed"} {
		def.Measures = append(def.Measures, cycleMeasures(name)...)
	}
	return loadWith(t, def, cube.Reader[opportunity]{
		Day: func(o *opportunity) (calendar.Day, bool) {
			d, err := calendar.ParseDay(o.closed)
			return d, err == nil
		},
		Dimensions: map[string]func(*opportunity) (string, bool){"agent": func(o *opportunity) (string, bool) { return o.agent, true }},
		Measures:   measures,
	}, opportunities(t))
}

func cycleDays(o *opportunity) (int64, bool) {
	from, err1 := calendar.ParseDay(o.engaged)
	to, err2 := calendar.ParseDay(o.closed)
	return int64(to.Sub(from)), err1 == nil && err2 == nil
}

func TestDealsReference(t *testing.T) {
	c := closedCube(t)
	var want struct {
		Month         map[string]closedDeals `json:"by_close_month"`
		Quarter       map[string]closedDeals `json:"by_close_quarter"`
		MonthGrowth   map[string]growth      `json:"month_growth"`
		QuarterGrowth map[string]growth      `json:"quarter_growth"`
	}
	reference(t, dataFolder, &want)
	for grain, figures := range map[calendar.Grain]map[string]closedDeals{calendar.Monthly: want.Month, calendar.Quarterly: want.Quarter} {
		r := query(t, c, cube.Query{Grain: grain})
		if len(figures) != len(r.Rows) || len(figures) == 0 {
			t.Errorf("%d periods in the reference, %d here", len(figures), len(r.Rows))
		}
		for label, f := range figures {
			f.compare(t, label, func(id string) kpi.Value { return r.Value(id, period(label)) })
		}
	}
	for grain, figures := range map[calendar.Grain]map[string]growth{calendar.Monthly: want.MonthGrowth, calendar.Quarterly: want.QuarterGrowth} {
		now := query(t, c, cube.Query{Grain: grain})
		before := query(t, c, cube.Query{Grain: grain, Offset: cube.Offset{N: -1, Grain: grain}})
		if len(figures) == 0 {
			t.Error("no growth in the reference")
		}
		for label, f := range figures {
			current, previous := now.Value("won_value", period(label)), before.Value("won_value", period(label))
			if current != kpi.Int(f.Current) || previous != kpi.Int(f.Previous) {
				t.Errorf("%s: %v after %v, want %d after %d", label, current, previous, f.Current, f.Previous)
			}
			sameText(t, label+" growth", kpi.Growth(current, previous), f.Growth.Value)
		}
	}
}

type growth struct {
	Previous, Current int64
	Growth            ratio
}

func (f closedDeals) compare(t *testing.T, label string, of func(id string) kpi.Value) {
	whole := map[string]int64{"closed_count": f.Total, "won_count": f.Won, "lost_count": f.Lost, "won_value": f.WonValue, "list_value": f.ListValue}
	for name, c := range map[string]cycle{"won": f.CycleWon, "lost": f.CycleLost, "closed": f.CycleClosed} {
		whole[name+"_count"], whole[name+"_sum"], whole[name+"_min"], whole[name+"_max"] = c.N, c.Sum, c.Min, c.Max
		for part, text := range map[string]string{"_mean": c.Mean, "_median": c.Median, "_p25": c.P25, "_p75": c.P75, "_p90": c.P90, "_nearest": c.Nearest} {
			sameText(t, label+" "+name+part, of(name+part), text)
		}
	}
	for id, n := range whole {
		if got := of(id); got != kpi.Int(n) {
			t.Errorf("%s %s: got %v, want %d", label, id, got, n)
		}
	}
	rate := of("won_count").Div(of("closed_count"))
	sameText(t, label+" median", of("median"), f.Median)
	sameText(t, label+" win rate", rate, f.WinRate.Value)
	sameText(t, label+" average", of("average"), f.Average.Value)
	sameText(t, label+" realised", of("won_value").Div(of("list_value")), f.Realised.Value)
	sameText(t, label+" velocity", of("closed_count").Mul(rate).Mul(of("average")).Div(of("won_mean")), f.Velocity)
}

func TestParetoReference(t *testing.T) {
	c := closedCube(t)
	var want struct {
		Pareto struct {
			Rows []struct {
				Rank            int
				Agent           string
				WonValue        int64 `json:"won_value"`
				Share           string
				CumulativeShare string `json:"cumulative_share"`
			}
		} `json:"pareto_agents"`
	}
	reference(t, dataFolder, &want)
	total := query(t, c, cube.Query{}).Rows[0].Values[0]
	for _, n := range []int{10, len(want.Pareto.Rows)} {
		r := query(t, c, cube.Query{By: []string{"agent"}, Top: cube.Top{N: n, Measure: "won_value"}})
		if len(r.Rows) != n || n == 0 || len(r.Rows)+r.Others != len(want.Pareto.Rows) {
			t.Fatalf("%d rows and %d others, want %d of %d", len(r.Rows), r.Others, n, len(want.Pareto.Rows))
		}
		sum := kpi.Int(0)
		for i, row := range r.Rows {
			agent := want.Pareto.Rows[i]
			sum = sum.Add(row.Values[0])
			if row.Key[0] != agent.Agent || row.Values[0] != kpi.Int(agent.WonValue) {
				t.Errorf("%d: %v %v, want %s %d", i+1, row.Key, row.Values[0], agent.Agent, agent.WonValue)
			}
			sameText(t, fmt.Sprint(agent.Agent, " share"), row.Values[0].Div(total), agent.Share)
			sameText(t, fmt.Sprint(agent.Agent, " cumulative share"), sum.Div(total), agent.CumulativeShare)
		}
		for _, rest := range r.Rest {
			sum = sum.Add(rest.Values[0])
		}
		if sum != total {
			t.Errorf("the first %d and the rest are %v of %v", n, sum, total)
		}
	}
}
