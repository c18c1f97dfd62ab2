package plan_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// twoYears has a deal of 1,000 every third day from 2024 on, decided after
// six weeks, every other one won, every tenth forgotten.
func twoYears(t *testing.T) *funnel.Histories {
	t.Helper()
	histories, err := funnel.New(funnel.Pipeline{ID: "direct", Stages: []funnel.Stage{
		{ID: "lead", Probability: kpi.Frac(1, 2), Category: funnel.InPipeline}, {ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 280 {
		start, id := day("2024-01-01").Add(3*i), fmt.Sprintf("D%03d", i)
		at := func(days int) time.Time { return funnel.StartOf(start.Add(days), time.UTC) }
		histories.Add(funnel.Event{Deal: id, Owner: []string{"ann", "bo"}[i%2], Stage: "lead", At: at(0), Amount: kpi.Int(1000), ExpectedClose: start.Add(45)})
		if i%10 != 9 {
			histories.Add(funnel.Event{Deal: id, Stage: []string{"won", "lost"}[i/2%2], At: at(42)})
		}
	}
	return histories
}

func forecastOn(t *testing.T, asOf string) *forecast.Forecast {
	t.Helper()
	f, err := forecast.New(twoYears(t), funnel.Question{AsOf: funnel.EndOf(day(asOf), time.UTC), Location: time.UTC},
		forecast.Aim{Period: period("2026-Q1"), Target: kpi.Int(20000), Past: 6})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

type sale struct {
	id, owner string
	day       calendar.Day
	amount    int64
}

func filled(t *testing.T, company *org.Org, levels []cube.Level, m cube.Measure, sales ...sale) *cube.Cube {
	t.Helper()
	dimensions := []string{"id", "owner"}
	for _, l := range levels {
		dimensions = append(dimensions, l.Dimension)
	}
	c, err := cube.New(cube.Definition{ID: "sales", Window: period("2026"), Grain: calendar.Monthly, Dimensions: dimensions, Levels: levels, Measures: []cube.Measure{m}})
	if err != nil {
		t.Fatal(err)
	}
	loader, err := cube.Load(c, cube.Reader[sale]{Day: func(s *sale) (calendar.Day, bool) { return s.day, true }, Org: company,
		Dimensions: map[string]func(*sale) (string, bool){"id": func(s *sale) (string, bool) { return s.id, true }, "owner": func(s *sale) (string, bool) { return s.owner, true }},
		Measures:   map[string]cube.Feed[sale]{m.ID: {Minor: func(s *sale) (int64, bool) { return s.amount, true }}}})
	if err != nil {
		t.Fatal(err)
	}
	loader.AddSeq(slices.Values(sales))
	return c
}

func wonValue() cube.Measure { return cube.Measure{ID: "won_value", Unit: kpi.Money("USD", 0)} }

// A forecast becomes the landing of a goal, and what changed comes with it.
func landing(t *testing.T) {
	now := forecastOn(t, "2026-02-14")
	l := now.Landing()
	view := plan.FunnelView{Owner: "team", Landing: &l}
	f, ok := view.Forecast("won_value")
	if !ok || !f.Value.Defined() || l.Total.Value != l.Won.Value.Add(l.Open.Value).Add(l.New.Value) {
		t.Fatalf("%+v, %t", l.Total, ok)
	}
	r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(), Forecasts: []kpi.Figure{f}, Beside: plan.Beside{Funnels: []plan.FunnelView{view}}})
	if got := r.Goals[0].Owners[0].Tracking.Landing.Forecast; got != l.Total.Value {
		t.Errorf("%v, want %v", got, l.Total.Value)
	}
	everything(t, now, view)
	if _, ok := (plan.FunnelView{}).Forecast("won_value"); ok {
		t.Error("no landing is no figure")
	}
}

// everything goes through JSON: a review with all that can stand beside the
// goals.
func everything(t *testing.T, f *forecast.Forecast, view plan.FunnelView) {
	t.Helper()
	change, err := forecast.Changed(forecastOn(t, "2026-02-07"), f)
	if err != nil {
		t.Fatal(err)
	}
	decisive, err1 := f.Decisive(5)
	cover, err2 := f.Cover(kpi.Int(22000))
	hygiene, err3 := f.Hygiene(forecast.HygieneRule{})
	linearity, err4 := f.Linearity()
	coverage, err5 := deals(t, "2026-02-14").Coverage(funnel.CoverageRule{Period: period("2026-Q1"), Target: kpi.Int(20000)})
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		t.Fatal(err)
	}
	report := deals(t, "2026-02-14").Report()
	view.Report, view.Coverage, view.Change, view.Decisive, view.Cover, view.Hygiene, view.Linearity = &report, &coverage, &change, &decisive, &cover, &hygiene, &linearity
	r := review(t, quarter(t), plan.Input{AsOf: day("2026-02-14"), Known: period("2026-Q1"), Actuals: actuals(), Beside: plan.Beside{Funnels: []plan.FunnelView{view}}})
	text := indented(t, r)
	var back plan.Review
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(text), string(indented(t, back))); diff != "" {
		t.Error(diff)
	}
}

// TestMonday runs what the package comment names for each question.
func TestMonday(t *testing.T) {
	run(t, "What a manager asks on Monday", map[string]func(*testing.T){
		"where will we land": landing,
		"why is it not what we said": func(t *testing.T) {
			change, err := forecast.Changed(forecastOn(t, "2026-02-07"), forecastOn(t, "2026-02-14"))
			if err != nil {
				t.Fatal(err)
			}
			sum := change.Before.Total
			for _, line := range change.Lines {
				sum = sum.Add(line.Adds.Total)
			}
			if sum != change.After.Total {
				t.Errorf("%v and the changes are %v, not %v", change.Before.Total, sum, change.After.Total)
			}
			TestSince(t)
		},
		"which five deals decide": func(t *testing.T) {
			d, err := forecastOn(t, "2026-02-14").Decisive(5)
			if err != nil || len(d.Findings) == 0 {
				t.Errorf("%+v, %v", d, err)
			}
		},
		"is next quarter covered": func(t *testing.T) {
			if _, err := forecastOn(t, "2026-02-14").Cover(kpi.Int(22000)); err != nil {
				t.Error(err)
			}
			p, in := beside(t)
			if r := review(t, p, in); !slices.Contains(codes(r.Findings), "coverage_short") {
				t.Errorf("%v", codes(r.Findings))
			}
		},
		"who has not cleaned up": func(t *testing.T) {
			h, err := forecastOn(t, "2026-02-14").Hygiene(forecast.HygieneRule{})
			if err != nil || len(h.Findings) == 0 {
				t.Errorf("%+v, %v", h, err)
			}
		},
		"did last month's number change": func(t *testing.T) {
			TestSince(t)
			why, err := cube.Restate(filled(t, nil, nil, wonValue(), sale{"d1", "ann", day("2026-01-10"), 100}),
				filled(t, nil, nil, wonValue(), sale{"d1", "ann", day("2026-01-10"), 90}), "id", "won_value", cube.Query{Grain: calendar.Monthly})
			if err != nil || len(why.Changes) != 1 || why.Changes[0].Difference != kpi.Int(-10) {
				t.Errorf("%+v, %v", why, err)
			}
		},
		"growth after the re-organisation": func(t *testing.T) {
			company, err := org.New(org.Structure{Units: []org.Unit{{ID: "north", Kind: "team"}, {ID: "south", Kind: "team"}}, Assignments: []org.Assignment{
				{Member: "ann", Unit: "south", To: day("2026-07-01")}, {Member: "ann", Unit: "north", From: day("2026-07-01")}}})
			if err != nil {
				t.Fatal(err)
			}
			level := cube.Level{Dimension: "team", Of: "owner", Kind: "team"}
			c := filled(t, company, []cube.Level{level}, wonValue(), sale{"d1", "ann", day("2026-03-10"), 100}, sale{"d2", "ann", day("2026-08-10"), 130})
			level.Dimension = "team_today"
			c, err = c.AsIs(company, day("2026-10-01"), level)
			if err != nil {
				t.Fatal(err)
			}
			today, err := c.Query(cube.Query{By: []string{"team_today"}})
			if err != nil || len(today.Rows) != 1 || today.Rows[0].Values[0] != kpi.Int(230) {
				t.Errorf("%+v, %v", today.Rows, err)
			}
		},
		"did the market shrink": func(t *testing.T) {
			TestPrepare(t)
			b, err := bridge.MarketShare{}.Bridge(bridge.Question{Metric: "won_value", Unit: kpi.Money("USD", 0), Base: bridge.Side{Name: "before"}, Current: bridge.Side{Name: "now"}},
				kpi.RatioOf(75, 500), kpi.RatioOf(80, 400))
			if market, _ := b.Part("market"); err != nil || market.Amount != kpi.Int(-15) {
				t.Errorf("%v, %v", market.Amount, err)
			}
		},
		"is this quota fair": func(t *testing.T) {
			last := func(amount int64) []kpi.Figure { return []kpi.Figure{won("ann", "2025-Q4", amount)} }
			found, err := quarter(t).Breakdowns[0].Lint(target.Facts{Sellers: []string{"ann", "bo"}, Actuals: last(50000), Targets: last(40000)}, target.Limits{})
			if err != nil || !slices.Contains(codes(found), "ratchet") {
				t.Errorf("%v, %v", codes(found), err)
			}
		},
		"is the difference real": func(t *testing.T) {
			parts, _, err := deals(t, "2026-03-31").By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
			if err != nil {
				t.Fatal(err)
			}
			c, err := funnel.Compare(parts, funnel.CompareRule{Within: 60})
			// Each won 8 of 15: nobody can tell them apart.
			if err != nil || len(c.Parts) != 2 || c.Parts[0].WinRate.Verdict == kpi.Distinguishable {
				t.Errorf("%+v, %v", c.Parts, err)
			}
		},
		"did the training work": training,
		"who is owed what": func(t *testing.T) {
			if s := statement(t); s.Payout != kpi.Int(2300) || len(s.Lines) == 0 {
				t.Errorf("%+v", s)
			}
		},
		"who is near a reward": func(t *testing.T) {
			d := reward(t)
			if i := slices.IndexFunc(d.Findings, func(f check.Finding) bool { return f.Subject == "bo" }); i < 0 {
				t.Errorf("%+v", d.Findings)
			}
		},
		"overdue receivables by seller": func(t *testing.T) {
			overdue := cube.Measure{ID: "overdue_value", Unit: kpi.Money("USD", 0)}
			c := filled(t, nil, nil, overdue, sale{"i1", "ann", day("2026-01-31"), 700}, sale{"i2", "ann", day("2026-01-31"), 100}, sale{"i3", "bo", day("2026-01-31"), 50})
			r, err := c.Query(cube.Query{By: []string{"owner"}})
			if err != nil || r.Rows[0].Values[0] != kpi.Int(800) || r.Rows[1].Values[0] != kpi.Int(50) {
				t.Errorf("%+v, %v", r.Rows, err)
			}
		},
		"why is my score missing": func(t *testing.T) {
			s, err := scorecard.New(scorecard.Definition{ID: "q1", Items: []scorecard.Item{{Metric: "revenue", Weight: kpi.Frac(1, 2)}, {Metric: "csat", Weight: kpi.Frac(1, 2)}}})
			if err != nil {
				t.Fatal(err)
			}
			card, err := s.Score("bo", period("2026-Q1"), []scorecard.Result{{Metric: "revenue", Actual: kpi.Int(90), Target: kpi.Int(100)}})
			if err != nil || card.Score.Defined() {
				t.Fatalf("%v, %v", card.Score, err)
			}
			why, err := s.Explain(card)
			if err != nil || len(why.Missing) != 1 || why.Missing[0].Metric != "csat" {
				t.Errorf("%+v, %v", why.Missing, err)
			}
		},
		"linearity and pull-ins": func(t *testing.T) {
			if l, err := forecastOn(t, "2026-02-14").Linearity(); err != nil || len(l.Findings) == 0 {
				t.Errorf("%+v, %v", l, err)
			}
		},
		"forecast bias by owner": func(t *testing.T) {
			owners := forecastOn(t, "2026-02-14").Owners(forecast.StageAge)
			if len(owners) != 2 || owners[0].Owner != "ann" {
				t.Errorf("%+v", owners)
			}
		},
		"share of sellers at quota": TestEvaluate,
		"win and loss reasons": func(t *testing.T) {
			r, err := deals(t, "2026-03-31").Reasons(funnel.Lost)
			if err != nil || len(r.Reasons) != 1 || r.Reasons[0].Reason != "price" {
				t.Errorf("%+v, %v", r, err)
			}
		},
		"which records are behind it": func(t *testing.T) {
			TestBehind(t)
			page, err := deals(t, "2026-03-31").Behind(funnel.Figure{Stage: "lead"}, kpi.Page{Limit: 5})
			if err != nil || page.Total != 40 || len(page.Deals) != 5 {
				t.Errorf("%d of %d, %v", len(page.Deals), page.Total, err)
			}
		},
	})
}
