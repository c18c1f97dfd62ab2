package funnel_test

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// peerCases are the cases of other systems that speak of deals, by their
// category. Those of step funnels are funnel/steps', those of intervals and
// survival internal/stat's, those of metrics kpi/cube's.
func peerCases() map[string]func(t *testing.T, c peerCase) {
	return map[string]func(t *testing.T, c peerCase){
		"sales_metric":      peerVelocity,
		"stage_duration":    peerDuration,
		"win_rate_bias":     peerWinRates,
		"reverse_funnel":    peerReverse,
		"pipeline_coverage": peerCoverage,
		"weighted_pipeline": peerWeighted,
	}
}

type peerCase struct {
	ID, Category string
	Input        json.RawMessage
	Expected     json.RawMessage
	Events       json.RawMessage
}

func (c peerCase) read(t *testing.T, input, expected any) {
	t.Helper()
	if len(c.Input) > 0 {
		if err := json.Unmarshal(c.Input, input); err != nil {
			t.Fatal(err)
		}
	}
	if err := json.Unmarshal(c.Expected, expected); err != nil {
		t.Fatal(err)
	}
}

func TestPeerCases(t *testing.T) {
	folder := os.Getenv("SALESKPI_CASES")
	if folder == "" {
		folder = filepath.Join("..", "..", "shared", "cases")
	}
	data, err := os.ReadFile(filepath.Join(folder, "funnel.json"))
	if err != nil {
		t.Skipf("no cases: %v", err)
	}
	var all struct{ Cases []peerCase }
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	passed, failed := 0, 0
	for _, c := range all.Cases {
		run, ours := peerCases()[c.Category]
		if !ours {
			continue
		}
		if t.Run(c.ID, func(t *testing.T) { run(t, c) }) {
			passed++
		} else {
			failed++
		}
	}
	t.Logf("funnel: %d passed, %d failed, 0 not applicable", passed, failed)
	if passed+failed == 0 {
		t.Error("no case is ours")
	}
}

func near(t *testing.T, what string, want float64, got kpi.Value) {
	t.Helper()
	if f, ok := got.Float64(); !ok || math.Abs(f-want) > 1e-9*math.Max(1, math.Abs(want)) {
		t.Errorf("%s: %s, want %v", what, got, want)
	}
}

// number gives the exact value of a number of JSON.
func number(n json.Number) kpi.Value { return kpi.MustParse(n.String()) }

func peerVelocity(t *testing.T, c peerCase) {
	var in struct {
		Opportunities int
		Size          json.Number `json:"average_deal_size"`
		WinRate       float64     `json:"win_rate"`
		Cycle         int         `json:"cycle_days"`
		FactorOpen    json.Number `json:"factor_opportunities"`
		FactorSize    json.Number `json:"factor_deal_size"`
		FactorRate    json.Number `json:"factor_win_rate"`
		FactorCycle   json.Number `json:"factor_cycle"`
	}
	var want struct {
		PerDay float64 `json:"velocity_per_day"`
		Growth float64 `json:"growth_factor"`
	}
	c.read(t, &in, &want)
	if in.Opportunities == 0 { // a case of factors alone: any pipeline will do
		in.Opportunities, in.Size, in.WinRate, in.Cycle = 50, "10000", 0.2, 30
	}
	won := int(math.Round(in.WinRate * 50))
	events := append(many("W", won, "2026-01-05", in.Cycle, "won", number(in.Size)), many("L", 50-won, "2026-01-05", 20, "lost", kpi.Int(1))...)
	events = append(events, many("O", in.Opportunities, "2026-03-01", 0, "", kpi.Int(1))...)
	v, err := deals(t, 1, seenOn("2026-03-10"), events...).Velocity(funnel.VelocityRule{Reference: period(t, "2026-01-01", "2026-02-28")})
	if err != nil {
		t.Fatal(err)
	}
	if want.PerDay != 0 {
		near(t, "a day", want.PerDay, v.PerDay)
		return
	}
	near(t, "growth", want.Growth, v.With(number(in.FactorOpen), number(in.FactorRate), number(in.FactorSize), number(in.FactorCycle)).Div(v.PerDay))
}

// The peer counts whole seconds and takes the running visit in; here the two
// are apart, so they are added.
func peerDuration(t *testing.T, c peerCase) {
	if c.ID == "SA18" {
		peerDaysToClose(t, c)
		return
	}
	var want struct {
		Seconds map[string]int64 `json:"seconds_by_stage"`
	}
	c.read(t, nil, &want)
	h, err := funnel.New(funnel.Pipeline{ID: "p", Stages: []funnel.Stage{{ID: "1"}, {ID: "2"}, {ID: "won", Outcome: funnel.Won}}})
	if err != nil {
		t.Fatal(err)
	}
	var events []struct {
		Event string
		T     int64
	}
	if err := json.Unmarshal(c.Events, &events); err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	asOf := begin
	for _, e := range events {
		at := begin.Add(time.Duration(e.T) * time.Second)
		stage := e.Event[len(e.Event)-1:]
		if e.Event == "now" {
			asOf = at
			continue
		}
		h.Add(funnel.Event{Deal: "lead", Stage: stage, At: at, Birth: e.T == 0})
	}
	a, err := funnel.Analyze(h, funnel.Question{AsOf: asOf, Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	times, err := a.Times(funnel.Measure{By: funnel.Elapsed})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range times.Stages {
		sum := s.Total.Ended.Sum.Or(kpi.Int(0)).Add(s.Total.Running.Sum.Or(kpi.Int(0)))
		if got := sum.Mul(kpi.Int(86400)); got != kpi.Int(want.Seconds[s.Stage]) {
			t.Errorf("stage %s: %s seconds, want %d", s.Stage, got, want.Seconds[s.Stage])
		}
	}
}

func peerDaysToClose(t *testing.T, c peerCase) {
	type deal struct {
		Created time.Time
		Close   string `json:"close_date"`
	}
	var in struct {
		deal
		Second deal
	}
	var want struct {
		Days int `json:"calendar_days_to_close"`
	}
	c.read(t, &in, &want)
	var events []funnel.Event
	for i, d := range []deal{in.deal, in.Second} {
		id := strconv.Itoa(i)
		events = append(events, funnel.Event{Deal: id, Birth: true, Stage: "lead", At: d.Created},
			funnel.Event{Deal: id, Stage: "won", At: funnel.EndOf(calendar.MustDay(d.Close), time.UTC)})
	}
	r := deals(t, 1, seenOn("2018-12-31"), events...).Report()
	if r.Won.Cycle.N != 1 || r.Won.Cycle.Missing != 1 || r.Won.Cycle.Sum != kpi.Int(int64(want.Days)) {
		t.Errorf("%+v", r.Won.Cycle)
	}
	if got := dataCodes(r); got != "closed_before_created" {
		t.Errorf("the second deal is %q", got)
	}
}

func peerWinRates(t *testing.T, c peerCase) {
	var in struct {
		Deals []struct {
			ID     string
			Month  string `json:"created_month"`
			Days   *int   `json:"days_to_close"`
			Status string
		}
		Ages map[string]int `json:"as_of_days_since_creation_for_open"`
	}
	want := map[string]any{}
	c.read(t, &in, &want)
	end := calendar.MustDay("2024-05-15") // later than any deal needs
	var events []funnel.Event
	for _, d := range in.Deals {
		start := calendar.MustDay(d.Month + "-02")
		events = append(events, funnel.Event{Deal: d.ID, Stage: "lead", At: funnel.StartOf(start, time.UTC)})
		if d.Days != nil {
			events = append(events, funnel.Event{Deal: d.ID, Stage: d.Status, At: funnel.StartOf(start.Add(*d.Days), time.UTC)})
		}
	}
	r := deals(t, 1, func(q *funnel.Question) {
		seenOn(end.String())(q)
		// The case means that closings were on record from the first deal on;
		// its few deals alone look as if they were not.
		q.Cohorts, q.ClosingsFrom = calendar.Monthly, calendar.MustDay("2024-01-01")
	}, events...).Report()
	near(t, "closed", want["closed_win_rate"].(float64), r.WinRate.Value())
	near(t, "of all created", want["cohort_win_rate_all_created"].(float64), r.Stages[0].ToWon.Value())
	open := want["open_share_by_cohort"].(map[string]any)
	for _, cohort := range r.Cohorts {
		near(t, cohort.Label, want["cohort_"+cohort.Label].(float64), cohort.Observed.Value())
		near(t, "open of "+cohort.Label, open[cohort.Label].(float64), kpi.Frac(cohort.Open, cohort.Deals))
	}
	if len(r.Cohorts) != 3 {
		t.Errorf("%d cohorts", len(r.Cohorts))
	}
}

func peerReverse(t *testing.T, c peerCase) {
	var in struct {
		Target  json.Number   `json:"target_amount"`
		Won     json.Number   `json:"already_won"`
		Average json.Number   `json:"average_deal"`
		Rates   []json.Number `json:"stage_rates"`
	}
	var want struct {
		Wins   int64            `json:"required_wins"`
		Stages map[string]int64 `json:"required_by_stage_rounded_up"`
	}
	c.read(t, &in, &want)
	aim := funnel.Aim{Amount: number(in.Target), AverageWon: number(in.Average), Period: period(t, "2026-01-01", "2026-12-31"), Rates: map[string]kpi.Ratio{}}
	for i, stage := range []string{"lead", "demo", "offer"} {
		aim.Rates[stage] = kpi.NewRatio(number(in.Rates[i]), kpi.Int(1))
	}
	r, err := deals(t, 1, seenOn("2026-02-28"), many("W", 1, "2026-01-05", 20, "won", number(in.Won))...).Reverse(aim)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(r.Wins, r.Stages[0].Needed, r.Stages[1].Needed, r.Stages[2].Needed)
	if want := fmt.Sprint(kpi.Int(want.Wins), kpi.Int(want.Stages["lead"]), kpi.Int(want.Stages["MQL"]), kpi.Int(want.Stages["SQL"])); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func peerCoverage(t *testing.T, c peerCase) {
	var in struct {
		Open   json.Number `json:"open_pipeline_with_close_date_in_period"`
		Target json.Number
		Won    json.Number `json:"won_to_date"`
	}
	var want struct {
		OfTarget  float64 `json:"coverage_vs_target"`
		Remaining float64 `json:"coverage_vs_remaining_target"`
	}
	c.read(t, &in, &want)
	events := append(many("W", 1, "2026-01-05", 20, "won", number(in.Won)), funnel.Event{
		Deal: "O", Stage: "offer", At: on(20), Amount: number(in.Open), ExpectedClose: calendar.MustDay("2026-03-01")})
	cover, err := deals(t, 1, seenOn("2026-02-01"), events...).Coverage(funnel.CoverageRule{Period: period(t, "2026-01-01", "2026-03-31"), Target: number(in.Target)})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "of the target", want.OfTarget, cover.OfTarget.Value())
	near(t, "of what remains", want.Remaining, cover.Ratio.Value())
}

// The distribution of the same case is funnel/forecast's.
func peerWeighted(t *testing.T, c peerCase) {
	var in struct {
		Deals []struct {
			Amount json.Number
			P      json.Number
		}
	}
	var want struct {
		Weighted float64 `json:"weighted_amount"`
	}
	c.read(t, &in, &want)
	var events []funnel.Event
	for i, d := range in.Deals {
		events = append(events, funnel.Event{Deal: strconv.Itoa(i), Stage: "offer", At: on(2), Amount: number(d.Amount), Probability: number(d.P)})
	}
	near(t, "weighted", want.Weighted, deals(t, 5, nil, events...).Report().Open.Total().Weighted.Sum)
}
