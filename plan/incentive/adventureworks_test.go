package incentive_test

import (
	"encoding/csv"
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

const works = "../../../shared/data/adventureworks/"

// worksQuarter is a quarter of a seller in the reference figures, which an
// independent program computed exactly.
type worksQuarter struct {
	Actual     kpi.Value
	Quota      kpi.Value
	Attainment string
	YTD        string    `json:"ytd_attainment"`
	YTDActual  kpi.Value `json:"ytd_actual"`
	Fiscal     int       `json:"fiscal_quarter"`
	Exact      kpi.Value `json:"commission_exact"`
	HalfUp     kpi.Value `json:"commission_half_up_cents"`
	HalfEven   kpi.Value `json:"commission_half_even_cents"`
	Bonus      kpi.Value `json:"bonus_if_attained"`
}

func worksReference(t *testing.T) map[string]map[calendar.Day]worksQuarter {
	t.Helper()
	data, err := os.ReadFile(works + "reference.json")
	if err != nil {
		t.Skip("the sample data are not here: ", err)
	}
	var file struct {
		Quarters map[string]map[calendar.Day]worksQuarter `json:"person_quarter"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	return file.Quarters
}

func worksRows(t *testing.T, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(works + name)
	if err != nil {
		t.Skip("the sample data are not here: ", err)
	}
	defer f.Close()
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = record[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// worksPlan pays a seller's commission on every order and a bonus in the
// quarters in which the quota is attained.
func worksPlan(rate, bonus kpi.Value, mode kpi.Rounding) incentive.Plan {
	return incentive.Plan{ID: "works", Unit: usd(), Rounding: mode, Components: []incentive.Component{
		{ID: "commission", Tiers: []incentive.Tier{{From: kpi.Int(0), Rate: rate}}},
		{ID: "bonus", By: incentive.ByAttainment, Mode: incentive.Whole, TargetPay: bonus, Tiers: []incentive.Tier{{From: kpi.Int(1), Flat: kpi.Int(1)}}},
	}}
}

// Commission and bonus of every seller and quarter, from the orders
// themselves, chained through the fiscal years, against reference.json.
func TestAdventureWorks(t *testing.T) {
	reference := worksReference(t)
	credits := map[string][]incentive.Credit{}
	for _, row := range worksRows(t, "orders.csv") {
		credits[row["sales_person_id"]] = append(credits[row["sales_person_id"]], incentive.Credit{
			ID: row["sales_order_id"], Day: day(row["order_date"]), Amount: num(row["sub_total"])})
	}
	quarters := 0
	for _, row := range worksRows(t, "sales_people.csv") {
		seller := row["sales_person_id"]
		for _, mode := range []kpi.Rounding{kpi.HalfEven, kpi.HalfUp} {
			p := worksPlan(num(row["commission_pct"]), num(row["bonus"]), mode)
			opening := incentive.Position{}
			for _, start := range slices.Sorted(maps.Keys(reference[seller])) {
				want := reference[seller][start]
				if want.Fiscal == 1 {
					opening = opening.NewYear()
				}
				s := state(t, p, incentive.Input{Payee: seller, Period: calendar.Calendar{}.PeriodOf(calendar.Quarterly, start), Opening: opening,
					Credits: credits[seller], Results: []incentive.Result{{Component: "commission", Quota: want.Quota}, {Component: "bonus", Quota: want.Quota}}})
				want.check(t, seller, mode, s)
				opening = s.Closing
				quarters++
			}
		}
	}
	if quarters != 2*163 { // the rows of quotas.csv, by two roundings
		t.Errorf("%d quarters were computed", quarters)
	}
}

func (w worksQuarter) check(t *testing.T, seller string, mode kpi.Rounding, s incentive.Statement) {
	t.Helper()
	commission, bonus := s.Components[0], s.Components[1]
	cents := w.HalfEven
	if mode == kpi.HalfUp {
		cents = w.HalfUp
	}
	if commission.Credited != w.Actual || commission.Exact != w.Exact || commission.Earned != cents || bonus.Earned != w.Bonus {
		t.Errorf("%s %v: credited %v, commission %v = %v, bonus %v; want %v, %v = %v, %v",
			seller, s.Period, commission.Credited, commission.Exact, commission.Earned, bonus.Earned, w.Actual, w.Exact, cents, w.Bonus)
	}
	if a := commission.Attainment.Text(12, kpi.HalfEven); a != w.Attainment {
		t.Errorf("%s %v: attainment %s, want %s", seller, s.Period, a, w.Attainment)
	}
	if a := commission.ToDate.Text(12, kpi.HalfEven); a != w.YTD || s.Closing.Components[1].Credited != w.YTDActual {
		t.Errorf("%s %v: to date %s, want %s", seller, s.Period, a, w.YTD)
	}
	if s.Payout != cents.Add(w.Bonus) {
		t.Errorf("%s %v: payout %v", seller, s.Period, s.Payout)
	}
}
