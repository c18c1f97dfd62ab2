package target_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// reference reads figures that an independent program computed exactly. The
// data stay out of the repository, so a test that needs them may skip.
func reference(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("../../shared/data/" + name + "/reference.json")
	if err != nil {
		t.Skip("the sample data are not here: ", err)
	}
	if err := json.Unmarshal(data, into); err != nil {
		t.Fatal(err)
	}
}

type wins struct {
	Won kpi.Value `json:"won_value"`
}

type crmManager struct {
	Target kpi.Value
	Agents map[string]kpi.Value
}

type crmRegion struct {
	Target   kpi.Value
	Managers map[string]crmManager
}

// TestCRMDecomposition splits four totals over regions, managers and agents
// by won value, against target_decomposition of the CRM data.
func TestCRMDecomposition(t *testing.T) {
	var crm struct {
		Agents        map[string]wins            `json:"by_agent"`
		Managers      map[string]wins            `json:"by_manager"`
		Regions       map[string]wins            `json:"by_region"`
		Decomposition map[string]json.RawMessage `json:"target_decomposition"`
	}
	reference(t, "crm_opportunities", &crm)
	for _, total := range []string{"12000000.00", "9999999.99", "0.05", "-250000.01"} {
		t.Run(total, func(t *testing.T) {
			var want map[string]crmRegion
			if err := json.Unmarshal(crm.Decomposition[total], &want); err != nil {
				t.Fatal(err)
			}
			owners, expect := target.Node{ID: "company"}, map[string]kpi.Value{"company": kpi.MustParse(total)}
			for region, r := range want {
				east := target.Node{ID: region, Weight: crm.Regions[region].Won}
				expect[region] = r.Target
				for manager, m := range r.Managers {
					team := target.Node{ID: manager, Weight: crm.Managers[manager].Won}
					expect[manager] = m.Target
					for agent, amount := range m.Agents {
						team.Children = append(team.Children, target.Node{ID: agent, Weight: crm.Agents[agent].Won})
						expect[agent] = amount
					}
					east.Children = append(east.Children, team)
				}
				owners.Children = append(owners.Children, east)
			}
			b, err := target.BreakDown(goalOf("company", "2017", total), money(2), target.Split{Grain: calendar.Monthly, Owners: owners})
			if err != nil {
				t.Fatal(err)
			}
			if len(expect) != 1+3+6+30 {
				t.Fatal(len(expect), "owners")
			}
			for owner, amount := range expect {
				if got := b.Cell(owner, period("2017")); got != amount {
					t.Errorf("%s: %v; want %v", owner, got, amount)
				}
			}
		})
	}
}

// TestCRMPhasing spreads 12 M over the months of 2017 by won value. January
// and February have no wins and so get nothing, with a finding.
func TestCRMPhasing(t *testing.T) {
	var crm struct {
		Months map[string]wins      `json:"by_close_month"`
		Phased map[string]kpi.Value `json:"month_phasing_of_12000000.00_by_won_value"`
	}
	reference(t, "crm_opportunities", &crm)
	months, _ := calendar.Calendar{}.Split(period("2017"), calendar.Monthly)
	var weights []kpi.Value
	for _, m := range months {
		weights = append(weights, crm.Months[calendar.Calendar{}.Label(m)].Won.Or(kpi.Int(0)))
	}
	b, err := target.BreakDown(goalOf("company", "2017", "12000000.00"), money(2), target.Split{
		Grain: calendar.Monthly, Owners: target.Node{ID: "company"},
		Phasing: target.Phasing{By: target.ByWeights, Weights: weights},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range months {
		want := crm.Phased[calendar.Calendar{}.Label(m)].Or(kpi.Int(0))
		if got := b.Cell("company", m); got != want {
			t.Errorf("%v: %v; want %v", m, got, want)
		}
	}
	if found := b.Findings(); len(found) != 1 || found[0].Code != "zero_phase" || found[0].Args["periods"] != "2017-01 2017-02" {
		t.Error(found)
	}
}

// TestAdventureWorksPhasing spreads the quarterly quotas of one seller over
// months, evenly and by days.
func TestAdventureWorksPhasing(t *testing.T) {
	var works struct {
		Decomposition struct {
			Quarters map[calendar.Day]struct {
				Quota kpi.Value   `json:"quota"`
				Even  []kpi.Value `json:"equal"`
				Days  []kpi.Value `json:"by_calendar_days"`
			} `json:"quarter_to_months_person_276"`
		} `json:"decomposition"`
	}
	reference(t, "adventureworks", &works)
	for day, q := range works.Decomposition.Quarters {
		quarter := calendar.Calendar{}.PeriodOf(calendar.Quarterly, day)
		for by, want := range map[target.PhaseBy][]kpi.Value{target.Evenly: q.Even, target.ByDays: q.Days} {
			b, err := target.BreakDown(
				target.Goal{ID: "quota", Metric: "won_value", Owner: "276", Period: quarter, Target: q.Quota}, money(2),
				target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "276"}, Phasing: target.Phasing{By: by}})
			if err != nil {
				t.Fatal(err)
			}
			for i, m := range b.Periods() {
				if got := b.Cell("276", m); got != want[i] {
					t.Errorf("%v by %v: %v; want %v", m, by, got, want[i])
				}
			}
		}
	}
}

// TestAdventureWorksPace tracks the team's quota at the end of the second
// month of each quarter. The reference figures are rounded half-even to
// twelve places, or as many as they show.
func TestAdventureWorksPace(t *testing.T) {
	var works struct {
		Pace map[calendar.Day]struct {
			AsOf     calendar.Day `json:"as_of"`
			Actual   kpi.Value    `json:"actual_to_date"`
			Elapsed  int          `json:"elapsed_days"`
			Days     int          `json:"total_days"`
			Quota    kpi.Value    `json:"quota"`
			Expected string       `json:"linear_expected_to_date"`
			Pace     string       `json:"pace"`
			RunRate  string       `json:"run_rate_projection"`
			Required string       `json:"required_per_remaining_day"`
		} `json:"pace_end_of_month_2_calendar_days"`
	}
	reference(t, "adventureworks", &works)
	if len(works.Pace) == 0 {
		t.Fatal("no quarters")
	}
	for day, want := range works.Pace {
		quarter := calendar.Calendar{}.PeriodOf(calendar.Quarterly, day)
		got, err := target.Track(target.Input{
			Metric: money(4), AsOf: want.AsOf, Actual: want.Actual,
			Plan: []kpi.Figure{{Metric: "won_value", Owner: "team", Period: quarter, Value: want.Quota}},
		})
		if err != nil {
			t.Fatal(err)
		}
		if got.Elapsed != want.Elapsed || got.Days != want.Days {
			t.Errorf("%v: %d of %d days; want %d of %d", day, got.Elapsed, got.Days, want.Elapsed, want.Days)
		}
		for name, pair := range map[string][2]string{
			"expected": {got.Expected.Text(6, kpi.HalfEven), want.Expected},
			"pace":     {got.Pace.Text(12, kpi.HalfEven), want.Pace},
			"run rate": {got.Landing.RunRate.Text(6, kpi.HalfEven), want.RunRate},
			"required": {got.Required.Text(6, kpi.HalfEven), want.Required},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%v %s: %s; want %s", day, name, pair[0], pair[1])
			}
		}
	}
}
