package cube_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// opportunity is a line of sales_pipeline.csv.
type opportunity struct{ agent, account, stage, product, engaged, closed, value string }

const dataFolder = "../../../shared/data/crm_opportunities"

func opportunities(t *testing.T) []opportunity {
	f, err := os.Open(filepath.Join(dataFolder, "sales_pipeline.csv"))
	if err != nil {
		t.Skip("the sample data are not there: ", err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []opportunity
	for _, l := range lines[1:] {
		all = append(all, opportunity{agent: l[1], account: l[3], stage: l[4], product: l[2], engaged: l[5], closed: l[6], value: l[7]})
	}
	return all
}

func opportunityCube(t *testing.T) *cube.Cube {
	won := func(o *opportunity) bool { return o.stage == "Won" }
	c, err := cube.New(cube.Definition{
		ID: "pipeline", Window: calendar.Calendar{}.MustParse("2017"), Grain: calendar.Monthly, Dimensions: []string{"agent", "account"},
		Measures: []cube.Measure{
			{ID: "won_value", Unit: kpi.Money("USD", 0)},
			{ID: "won_count", Kind: cube.Count},
			{ID: "closed_count", Kind: cube.Count},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := cube.Load(c, cube.Reader[opportunity]{
		Day: func(o *opportunity) (calendar.Day, bool) {
			d, err := calendar.ParseDay(o.closed)
			return d, err == nil
		},
		Dimensions: map[string]func(*opportunity) (string, bool){
			"agent":   func(o *opportunity) (string, bool) { return o.agent, true },
			"account": func(o *opportunity) (string, bool) { return o.account, o.account != "" },
		},
		Measures: map[string]cube.Feed[opportunity]{
			"won_value": {When: won, Minor: func(o *opportunity) (int64, bool) {
				n, err := strconv.ParseInt(o.value, 10, 64)
				return n, err == nil
			}},
			"won_count":    {When: won},
			"closed_count": {},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range opportunities(t) {
		l.Add(&o)
	}
	return c
}

// wins are the figures of reference.json, which an independent program
// computed from the same file.
type wins struct {
	Value int64 `json:"won_value"`
	Count int64 `json:"won"`
	Total int64 `json:"total"`
}

func TestSampleData(t *testing.T) {
	c := opportunityCube(t)
	text, err := os.ReadFile(filepath.Join(dataFolder, "reference.json"))
	if err != nil {
		t.Skip("the reference is not there: ", err)
	}
	var reference struct {
		WonValue struct {
			AgentMonth map[string]map[string]wins `json:"agent_month"`
		} `json:"won_value"`
		ByCloseQuarter map[string]wins `json:"by_close_quarter"`
		ByCloseMonth   map[string]wins `json:"by_close_month"`
	}
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	if r := c.Report(); r.Read != 8800 || r.Counted != 6711 || r.NoDay != 2089 {
		t.Errorf("8,800 read = 6,711 closed + 2,089 without a closing day, got %+v", r)
	}
	months := query(t, c, cube.Query{By: []string{"agent"}, Grain: calendar.Monthly})
	cells := 0
	for agent, byMonth := range reference.WonValue.AgentMonth {
		for month, want := range byMonth {
			cells++
			compareWins(t, months, month, want, agent)
		}
	}
	if cells != 300 || len(months.Rows) < cells {
		t.Errorf("%d cells in the reference, %d in the cube", cells, len(months.Rows))
	}
	for grain, table := range map[calendar.Grain]map[string]wins{calendar.Quarterly: reference.ByCloseQuarter, calendar.Monthly: reference.ByCloseMonth} {
		totals := query(t, c, cube.Query{Grain: grain})
		if len(totals.Rows) != len(table) || len(table) == 0 {
			t.Errorf("%d periods, want %d", len(totals.Rows), len(table))
		}
		for label, want := range table {
			compareWins(t, totals, label, want)
			if got := totals.Value("closed_count", period(label)); got != kpi.Int(want.Total) {
				t.Errorf("%s: %v closed, want %d", label, got, want.Total)
			}
		}
	}
}

func compareWins(t *testing.T, r *cube.Result, label string, want wins, key ...string) {
	t.Helper()
	value, count := r.Value("won_value", period(label), key...), r.Value("won_count", period(label), key...)
	if value != kpi.Int(want.Value) || count != kpi.Int(want.Count) {
		t.Errorf("%v %s: %v of %v, want %d of %d", key, label, value, count, want.Value, want.Count)
	}
}
