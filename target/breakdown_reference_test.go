package target_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

type fiscalLine struct {
	Actual kpi.Value `json:"actual"`
	Quota  kpi.Value `json:"quota"`
}

// TestAdventureWorksDecomposition splits the team's quota of FY2004 over
// people by what they sold in FY2003, and over months by the team's.
func TestAdventureWorksDecomposition(t *testing.T) {
	var works struct {
		Years         map[string]map[string]fiscalLine `json:"person_fiscal_year"`
		Months        map[string]kpi.Value             `json:"team_month"`
		Decomposition struct {
			Total  kpi.Value            `json:"total"`
			People map[string]kpi.Value `json:"people_by_fy2003_actual"`
			Months map[string]kpi.Value `json:"months_by_fy2003_seasonality"`
		} `json:"decomposition"`
	}
	reference(t, "adventureworks", &works)
	fiscal, err := calendar.Fiscal(7, calendar.NamedByEnd)
	if err != nil {
		t.Fatal(err)
	}
	year := fiscal.MustParse("FY2003")
	months, _ := fiscal.Split(year, calendar.Monthly)
	weights := target.Weights{}
	for _, m := range months {
		weights[fiscal.Label(m)] = works.Months[fiscal.Label(m)]
	}
	phasing, err := weights.Phasing(fiscal, months)
	if err != nil {
		t.Fatal(err)
	}
	owners, own, ids := target.Node{ID: "company"}, target.Weights{}, []string{}
	for id := range works.Decomposition.People {
		if sold := works.Years[id]["FY2003"].Actual; sold.Defined() {
			own[id] = sold
		}
		ids = append(ids, id)
		owners.Children = append(owners.Children, target.Node{ID: id, Weight: works.Years[id]["FY2003"].Actual.Or(kpi.Int(0))})
	}
	goal := target.Goal{ID: "fy", Metric: "won_value", Owner: "company", Period: year, Target: works.Decomposition.Total}
	b, err := target.BreakDown(goal, money(2), target.Split{Calendar: fiscal, Grain: calendar.Monthly, Owners: owners, Phasing: phasing})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range works.Decomposition.People {
		if got := b.Cell(id, year); got != want {
			t.Errorf("%s: %v; want %v", id, got, want)
		}
	}
	b, err = target.BreakDown(goal, money(2), target.Split{Calendar: fiscal, Grain: calendar.Monthly, Owners: target.Node{ID: "company"}, Phasing: phasing})
	if err != nil {
		t.Fatal(err)
	}
	for label, want := range works.Decomposition.Months {
		if got := b.Cell("company", fiscal.MustParse(label)); got != want {
			t.Errorf("%s: %v; want %v", label, got, want)
		}
	}

	// By history alone three people get nothing who then sold 0.17, 1.42 and
	// 1.83 M; by the rule for sellers' histories nobody does.
	fair, found, err := target.SellerHistory{Own: own}.Weights(ids...)
	if err != nil {
		t.Fatal(err)
	}
	for id, w := range fair {
		if w.Sign() <= 0 {
			t.Errorf("%s weighs %v", id, w)
		}
	}
	sentences(t, found, "without_history 285", "without_history 286", "without_history 288")
}

// TestAdventureWorksAttainment sets every fiscal year of every seller against
// its quotas, as tables of quarters that add up.
func TestAdventureWorksAttainment(t *testing.T) {
	type cell struct {
		Actual, Quota, Attainment kpi.Value
	}
	var works struct {
		Quarters map[string]map[calendar.Day]cell `json:"person_quarter"`
		Years    map[string]map[string]cell       `json:"person_fiscal_year"`
		Team     map[string]cell                  `json:"team_fiscal_year"`
		Teams    map[calendar.Day]cell            `json:"team_quarter"`
	}
	reference(t, "adventureworks", &works)
	fiscal, _ := calendar.Fiscal(7, calendar.NamedByEnd)
	round := func(v kpi.Value) string { return v.Text(12, kpi.HalfEven) }
	for _, label := range []string{"FY2002", "FY2003", "FY2004"} {
		year := fiscal.MustParse(label)
		owners, figures := target.Node{ID: "team"}, []kpi.Figure{}
		for id, quarters := range works.Quarters {
			owners.Children = append(owners.Children, target.Node{ID: id})
			for start, q := range quarters {
				if quarter := fiscal.PeriodOf(calendar.Quarterly, start); year.Covers(quarter) && q.Quota.Defined() {
					figures = append(figures, kpi.Figure{Metric: "won_value", Owner: id, Period: quarter, Value: q.Quota})
				}
			}
		}
		goal := target.Goal{ID: label, Metric: "won_value", Owner: "team", Period: year}
		b, err := target.FromFigures(goal, money(2), target.Split{Calendar: fiscal, Grain: calendar.Quarterly, Owners: owners}, figures)
		if err != nil {
			t.Fatal(err)
		}
		v, err := target.Publish(target.Version{Breakdown: b, Known: year.Start()})
		if err != nil {
			t.Fatal(err)
		}
		same := func(owner string, period calendar.Period, want cell) {
			if !want.Quota.Defined() || want.Attainment == (kpi.Value{}) {
				return
			}
			s := v.Attainment(owner, period, want.Actual, year.Last(), year.Last())
			if s.Prorated != want.Quota || s.Original != want.Quota || round(s.AgainstProrated) != round(want.Attainment) {
				t.Errorf("%s in %s: %v, %v; want %v, %v", owner, fiscal.Label(period), s.Prorated, s.AgainstProrated, want.Quota, want.Attainment)
			}
		}
		same("team", year, works.Team[label])
		for id, years := range works.Years {
			same(id, year, years[label])
		}
		for start, want := range works.Teams {
			if quarter := fiscal.PeriodOf(calendar.Quarterly, start); year.Covers(quarter) {
				same("team", quarter, want)
			}
		}
		for id, quarters := range works.Quarters {
			for start, want := range quarters {
				if quarter := fiscal.PeriodOf(calendar.Quarterly, start); year.Covers(quarter) {
					same(id, quarter, want)
				}
			}
		}
	}
}
