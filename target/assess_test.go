package target_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// rising grows by a fifth a year, a little more or less in turn: projection
// of 2025 is 400 × 1.2 = 480 or so.
func rising() target.Past {
	return quarters(100, 100, 100, 100, 115, 125, 115, 125, 143, 145, 135, 153)
}

func smartGoal() target.Goal {
	return target.Goal{
		ID: "2025", Metric: "won_value", Owner: "amy", Period: period("2025"), Objective: "grow in the east",
		Base: kpi.Int(660), Target: kpi.Int(685), Stretch: kpi.Int(735), Baseline: kpi.Int(576),
	}
}

// smartEvidence lets smartGoal pass.
func smartEvidence(t *testing.T) target.Evidence {
	t.Helper()
	catalog, err := kpi.Standard("USD", 0)
	if err != nil {
		t.Fatal(err)
	}
	goal := smartGoal()
	b, err := target.BreakDown(goal, money(0), target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "amy"}})
	if err != nil {
		t.Fatal(err)
	}
	return target.Evidence{
		Catalog: catalog, Measures: []string{"won_value", "won_count", "lost_count", "won_valued_count"}, Past: rising(),
		Breakdown: b, Checkpoints: []target.Checkpoint{{Day: calendar.MustDay("2025-03-31")}},
	}
}

func worded(c target.Criterion) string {
	codes := []string{c.Verdict.String()}
	for _, f := range c.Findings {
		codes = append(codes, f.Code)
	}
	return strings.Join(codes, " ")
}

func TestAssessPasses(t *testing.T) {
	a, err := target.Assess(smartGoal(), smartEvidence(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]target.Criterion{"specific": a.Specific, "measurable": a.Measurable, "achievable": a.Achievable, "relevant": a.Relevant, "time_bound": a.TimeBound} {
		if worded(c) != "pass "+name+"_ok" {
			t.Error(name, worded(c), c.Findings, a.Outlook)
		}
	}
	if a.Verdict() != target.Pass || a.Needed != kpi.Frac(685-576, 576) || a.Chance.Compare(a.StretchChance) < 0 || a.BaseChance.Compare(a.Chance) < 0 {
		t.Error(a.Chance, a.BaseChance, a.StretchChance, a.Needed)
	}
	raw, err := json.Marshal(a)
	var read target.Assessment
	if err != nil || check.Decode("test", raw, &read) != nil || read.Verdict() != target.Pass {
		t.Error(err, string(raw))
	}
}

// assessCases changes one thing at a time.
func assessCases(t *testing.T) map[string]struct {
	why    string
	change func(*target.Goal, *target.Evidence)
	of     func(target.Assessment) target.Criterion
	expect string
} {
	type change = func(*target.Goal, *target.Evidence)
	type of = func(target.Assessment) target.Criterion
	specific := func(a target.Assessment) target.Criterion { return a.Specific }
	measurable := func(a target.Assessment) target.Criterion { return a.Measurable }
	achievable := func(a target.Assessment) target.Criterion { return a.Achievable }
	relevant := func(a target.Assessment) target.Criterion { return a.Relevant }
	timeBound := func(a target.Assessment) target.Criterion { return a.TimeBound }
	sibling := func(metric string) []target.Sibling {
		return []target.Sibling{{Goal: target.Goal{ID: "other", Metric: metric, Owner: "amy", Period: period("2025-Q2")}, Weight: kpi.Frac(1, 2)}}
	}
	return map[string]struct {
		why    string
		change change
		of     of
		expect string
	}{
		"no owner":        {"nobody answers for it", func(g *target.Goal, e *target.Evidence) { g.Owner = "" }, specific, "fail goal_incomplete"},
		"stretch below":   {"a stretch under the target is none", func(g *target.Goal, e *target.Evidence) { g.Stretch = kpi.Int(1) }, specific, "fail goal_incomplete goal_incomplete"},
		"no population":   {"which deals?", func(g *target.Goal, e *target.Evidence) { e.Catalog, _ = kpi.NewCatalog(money(0)); e.Measures = nil }, specific, "warn population_missing"},
		"unknown metric":  {"nobody has defined it", func(g *target.Goal, e *target.Evidence) { g.Metric = "happiness" }, measurable, "fail metric_unknown"},
		"no data":         {"what is not counted is not measured", func(g *target.Goal, e *target.Evidence) { g.Metric = "gross_profit" }, measurable, "fail measures_missing"},
		"nobody says":     {"neither which data there are, nor what was", func(g *target.Goal, e *target.Evidence) { e.Measures, g.Metric = nil, "won_count" }, measurable, "warn measures_unstated"},
		"it was counted":  {"whoever has figures of the past has data", func(g *target.Goal, e *target.Evidence) { e.Measures = nil }, measurable, "pass measurable_ok"},
		"no baseline":     {"from where?", func(g *target.Goal, e *target.Evidence) { g.Baseline = kpi.Value{} }, measurable, "warn baseline_missing"},
		"too few":         {"never pass", func(g *target.Goal, e *target.Evidence) { e.Past.Actuals = e.Past.Actuals[1:] }, achievable, "warn too_few_pairs"},
		"somebody else's": {"the history of another is none", func(g *target.Goal, e *target.Evidence) { g.Owner = "bo" }, achievable, "warn too_few_pairs"},
		"no outlook": {"last year was lost", func(g *target.Goal, e *target.Evidence) {
			e.Past = quarters(10, 20, 30, 40, 20, 40, 60, 80, 40, 80, 120, 160, 1, 1, 1, 1)
			g.Period = period("2027")
		}, achievable, "warn no_outlook"},
		"a year of rates": {"a year is not the sum of its quarters' win rates", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Target, g.Base, g.Stretch = "win_rate", kpi.Frac(1, 2), kpi.Value{}, kpi.Value{}
			for i := range e.Past.Actuals {
				e.Past.Actuals[i].Metric, e.Past.Actuals[i].Value = "win_rate", kpi.Frac(1, 2)
			}
		}, achievable, "warn no_outlook"},
		"a quarter of rates": {"which was a half for three years; the target asks for no more, and that is too little", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Target, g.Base, g.Stretch, g.Period = "win_rate", kpi.Frac(1, 2), kpi.Value{}, kpi.Value{}, period("2025-Q1")
			for i := range e.Past.Actuals {
				e.Past.Actuals[i].Metric, e.Past.Actuals[i].Value = "win_rate", kpi.Frac(1, 2)
			}
		}, achievable, "warn target_too_low"},
		"too high": {"under 0.40", func(g *target.Goal, e *target.Evidence) { g.Target = kpi.Int(715) }, achievable, "fail target_too_high"},
		"too high, company": {"under 0.50", func(g *target.Goal, e *target.Evidence) {
			g.Target = kpi.Int(705)
			e.Standards = target.CompanyStandards()
		}, achievable, "fail target_too_high"},
		"too low":          {"over 0.80", func(g *target.Goal, e *target.Evidence) { g.Target, g.Base = kpi.Int(600), kpi.Int(590) }, achievable, "warn target_too_low"},
		"base too high":    {"nearly the target", func(g *target.Goal, e *target.Evidence) { g.Base = kpi.Int(684) }, achievable, "warn base_too_high"},
		"stretch too high": {"out of reach", func(g *target.Goal, e *target.Evidence) { g.Stretch = kpi.Int(1000) }, achievable, "warn stretch_too_high"},
		"stretch too low":  {"nearly the target", func(g *target.Goal, e *target.Evidence) { g.Stretch = kpi.Int(686) }, achievable, "warn stretch_too_low"},
		"above capacity": {"2 people × ½ ramp × 3 a day × 240 days × 0.9 = 648", func(g *target.Goal, e *target.Evidence) {
			e.Capacity = &target.Capacity{People: kpi.Int(2), Ramp: kpi.Frac(1, 2), Productivity: kpi.Int(3), WorkDays: kpi.Int(240), Loss: kpi.Frac(1, 10)}
		}, achievable, "fail above_capacity"},
		"within capacity": {"3 × 240 = 720", func(g *target.Goal, e *target.Evidence) {
			e.Capacity = &target.Capacity{People: kpi.Int(1), Productivity: kpi.Int(3), WorkDays: kpi.Int(240)}
		}, achievable, "pass achievable_ok"},
		"above the market": {"more than there is", func(g *target.Goal, e *target.Evidence) { e.Market = &target.Market{Size: kpi.Int(600)} }, achievable, "fail above_market"},
		"share gain": {"from 576 of 5760, 10 %, to 685 of 5000, 13.7 %", func(g *target.Goal, e *target.Evidence) {
			e.Market = &target.Market{Size: kpi.Int(5000), SizeBefore: kpi.Int(5760)}
		}, achievable, "warn share_gain"},
		"beyond reach": {"685 of 5500 are 12.45 %, and 660, 12 %, is in reach", func(g *target.Goal, e *target.Evidence) {
			e.Market = &target.Market{Size: kpi.Int(5500), SizeBefore: kpi.Int(5760), Reachable: kpi.Int(660)}
		}, achievable, "warn beyond_reach"},
		"within reach": {"685 of 685", func(g *target.Goal, e *target.Evidence) {
			e.Market = &target.Market{Size: kpi.Int(5500), SizeBefore: kpi.Int(5760), Reachable: kpi.Int(685)}
		}, achievable, "pass achievable_ok share_implied"},
		"a share beyond reach": {"60 % where 46 % is in reach, and before it was 50 %", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Target, g.Base, g.Stretch, g.Baseline = "market_share", kpi.Frac(60, 100), kpi.Value{}, kpi.Value{}, kpi.Frac(50, 100)
			e.Market = &target.Market{Size: kpi.Int(1000), Reachable: kpi.Int(460)}
		}, achievable, "warn too_few_pairs beyond_reach"},
		"a share gained": {"20 % after 15 %, which a quarter more makes 18.75 %", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Target, g.Base, g.Stretch, g.Baseline = "market_share", kpi.Frac(20, 100), kpi.Value{}, kpi.Value{}, kpi.Frac(15, 100)
			e.Market = &target.Market{Size: kpi.Int(1000)}
		}, achievable, "warn too_few_pairs share_gain"},
		"more than all": {"a share of 120 %", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Target, g.Base, g.Stretch = "market_share", kpi.Frac(12, 10), kpi.Value{}, kpi.Value{}
			e.Market = &target.Market{Size: kpi.Int(1000)}
		}, achievable, "fail too_few_pairs above_market"},
		"share implied": {"to 685 of 5500, 12.45 %, is a quarter more at most", func(g *target.Goal, e *target.Evidence) {
			e.Market = &target.Market{Size: kpi.Int(5500), SizeBefore: kpi.Int(5760)}
		}, achievable, "pass achievable_ok share_implied"},
		"pipeline short": {"585 are missing, 3 times that is 1755", func(g *target.Goal, e *target.Evidence) {
			e.Pipeline = &target.Available{Won: kpi.Int(100), Open: kpi.Int(1754), Needed: kpi.Int(3)}
		}, achievable, "warn pipeline_short"},
		"pipeline enough": {"1755 is enough", func(g *target.Goal, e *target.Evidence) {
			e.Pipeline = &target.Available{Won: kpi.Int(100), Open: kpi.Int(1755), Needed: kpi.Int(3)}
		}, achievable, "pass achievable_ok"},
		"too few sellers": {"a mean of 0.5", func(g *target.Goal, e *target.Evidence) {
			e.Sellers = []kpi.Estimate{kpi.NewEstimate(0.4), kpi.NewEstimate(0.6), kpi.NoEstimate(kpi.TooFew)}
		}, achievable, "warn sellers_below"},
		"enough sellers": {"0.55 is enough", func(g *target.Goal, e *target.Evidence) {
			e.Sellers = []kpi.Estimate{kpi.NewEstimate(0.4), kpi.NewEstimate(0.7)}
		}, achievable, "pass achievable_ok sellers_ok"},
		"all sellers":     {"a mean of 0.9 asks too little", func(g *target.Goal, e *target.Evidence) { e.Sellers = []kpi.Estimate{kpi.NewEstimate(0.9)} }, achievable, "warn sellers_above"},
		"unknown sellers": {"of none there is a chance", func(g *target.Goal, e *target.Evidence) { e.Sellers = []kpi.Estimate{{}} }, achievable, "warn sellers_unknown"},
		"no objective":    {"what for?", func(g *target.Goal, e *target.Evidence) { g.Objective = "" }, relevant, "fail objective_missing"},
		"weights":         {"1/3 and 1/2 are 5/6", func(g *target.Goal, e *target.Evidence) { e.Weight, e.Siblings = kpi.Frac(1, 3), sibling("won_count") }, relevant, "fail weights_do_not_add_up"},
		"weights add up":  {"1/2 and 1/2, and deals won do not oppose value won", func(g *target.Goal, e *target.Evidence) { e.Weight, e.Siblings = kpi.Frac(1, 2), sibling("won_count") }, relevant, "pass relevant_ok"},
		"conflict": {"more deals make the average deal smaller", func(g *target.Goal, e *target.Evidence) {
			g.Metric = "won_valued_count"
			e.Weight, e.Siblings = kpi.Frac(1, 2), sibling("average_deal_size")
		}, relevant, "warn goals_conflict"},
		"no conflict before": {"in other days they do not meet", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Period = "won_valued_count", period("2025-Q1")
			e.Siblings = sibling("average_deal_size")
			e.Siblings[0].Weight = kpi.Value{}
		}, relevant, "pass relevant_ok"},
		"no siblings": {"neither itself, nor another's goal, nor one of other days takes weight from it", func(g *target.Goal, e *target.Evidence) {
			e.Weight, e.Siblings = kpi.Int(1), append(append(sibling("won_count"), sibling("won_count")...), sibling("average_deal_size")...)
			e.Siblings[0].Goal.ID, e.Siblings[1].Goal.Owner, e.Siblings[2].Goal.Period = g.ID, "somebody else", period("2023")
		}, relevant, "pass relevant_ok"},
		"off boundary":    {"from the 15th on", func(g *target.Goal, e *target.Evidence) { g.Period = through("2025-01-15", "2025-12-31") }, timeBound, "fail goal_off_boundary"},
		"no period":       {"until when?", func(g *target.Goal, e *target.Evidence) { g.Period = calendar.Period{} }, timeBound, "fail period_missing"},
		"no checkpoints":  {"those of another year do not count", func(g *target.Goal, e *target.Evidence) { e.Checkpoints[0].Day = calendar.MustDay("2026-01-01") }, timeBound, "warn checkpoints_missing"},
		"not broken down": {"a year in one piece", func(g *target.Goal, e *target.Evidence) { e.Breakdown = nil }, timeBound, "warn not_broken_down"},
		"stated": {"a rate is not broken down, it is stated by month", func(g *target.Goal, e *target.Evidence) {
			g.Metric, g.Target, g.Base, g.Stretch, e.Breakdown = "win_rate", kpi.Frac(1, 2), kpi.Value{}, kpi.Value{}, nil
			rate := kind("win_rate", kpi.RatioOfSums, kpi.Share(1))
			e.Stated, _ = target.StateFlat(*g, rate, target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: g.Owner}}, nil)
		}, timeBound, "pass time_bound_ok"},
		"stated for another": {"which says nothing of this one", func(g *target.Goal, e *target.Evidence) { e.Breakdown, e.Stated = nil, headcount(t) }, timeBound, "warn not_broken_down"},
		"two months":         {"whole months are a period too", func(g *target.Goal, e *target.Evidence) { g.Period = through("2025-03-01", "2025-04-30") }, timeBound, "pass time_bound_ok"},
		"a week": {"and so is a week", func(g *target.Goal, e *target.Evidence) {
			g.Period = calendar.Calendar{}.PeriodOf(calendar.Weekly, calendar.MustDay("2025-03-31"))
		}, timeBound, "pass time_bound_ok"},
	}
}

func TestAssess(t *testing.T) {
	for name, test := range assessCases(t) {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("say why")
			}
			goal, evidence := smartGoal(), smartEvidence(t)
			test.change(&goal, &evidence)
			a, err := target.Assess(goal, evidence)
			if err != nil {
				t.Fatal(err)
			}
			if got := worded(test.of(a)); got != test.expect {
				t.Errorf("%s: %s; want %s\n%v chance %v", test.why, got, test.expect, test.of(a).Findings, a.Chance)
			}
		})
	}
}

// The value that would pass does pass, in whole units of the metric and
// wherever the amounts stand.
func TestAssessValueThatPasses(t *testing.T) {
	byHistory := func(c target.Criterion, code string) (passes string, found bool) {
		for _, f := range c.Findings {
			if f.Code == code {
				return f.Args["value"], true
			}
		}
		return "", false
	}
	tests := map[string]struct {
		why, code, metric, period string
		past                      target.Past
		set                       func(*target.Goal, kpi.Value)
		wrong                     kpi.Value
	}{
		"target too high":  {"900 of some 690", "target_too_high", "won_value", "2025", rising(), func(g *target.Goal, v kpi.Value) { g.Target = v }, kpi.Int(900)},
		"target too low":   {"1 of some 690", "target_too_low", "won_value", "2025", rising(), func(g *target.Goal, v kpi.Value) { g.Target = v }, kpi.Int(1)},
		"base too high":    {"the middle is no base", "base_too_high", "won_value", "2025", rising(), func(g *target.Goal, v kpi.Value) { g.Target, g.Base = kpi.Int(690), v }, kpi.Int(690)},
		"stretch too high": {"out of reach", "stretch_too_high", "won_value", "2025", rising(), func(g *target.Goal, v kpi.Value) { g.Target, g.Stretch = kpi.Int(690), v }, kpi.Int(900)},
		"stretch too low":  {"the target itself", "stretch_too_low", "won_value", "2025", rising(), func(g *target.Goal, v kpi.Value) { g.Target, g.Stretch = kpi.Int(690), v }, kpi.Int(690)},
		"a rate too high":  {"whole ones would be no rates", "target_too_high", "win_rate", "2025-Q1", rates(), func(g *target.Goal, v kpi.Value) { g.Target = v }, kpi.Frac(9, 10)},
		"a rate too low":   {"and so would zero", "target_too_low", "win_rate", "2025-Q1", rates(), func(g *target.Goal, v kpi.Value) { g.Target = v }, kpi.Frac(1, 10)},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			goal, evidence := smartGoal(), smartEvidence(t)
			goal.Base, goal.Stretch, goal.Metric, goal.Period = kpi.Value{}, kpi.Value{}, test.metric, period(test.period)
			evidence.Past = test.past
			test.set(&goal, test.wrong)
			a, err := target.Assess(goal, evidence)
			passes, found := byHistory(a.Achievable, test.code)
			if err != nil || !found || test.why == "" {
				t.Fatal(err, a.Achievable)
			}
			test.set(&goal, kpi.MustParse(passes))
			if a, err = target.Assess(goal, evidence); err != nil || a.Achievable.Verdict != target.Pass {
				t.Error(err, passes, a.Achievable)
			}
			if _, again := byHistory(a.Achievable, test.code); again {
				t.Error(passes, "does not pass")
			}
		})
	}
}

// rates are win rates about one half.
func rates() target.Past {
	p := rising()
	for i := range p.Actuals {
		p.Actuals[i].Metric, p.Actuals[i].Value = "win_rate", p.Actuals[i].Value.Div(kpi.Int(250))
	}
	return p
}

func TestEvidenceErrors(t *testing.T) {
	e := smartEvidence(t)
	e.Measures = append(e.Measures, "happiness")
	e.Past.Grain = calendar.NoGrain
	e.Capacity, e.Market, e.Pipeline = &target.Capacity{People: kpi.Int(-1), Loss: kpi.Int(2)}, &target.Market{}, &target.Available{}
	e.Standards = target.Standards{TooHigh: kpi.Frac(9, 10), StretchHigh: kpi.Int(30), Base: kpi.Int(-1), ShareGain: kpi.Int(-1)}
	e.Weight, e.Siblings = kpi.Int(-1), []target.Sibling{{Weight: kpi.Int(1)}, {Weight: kpi.Int(-1)}}
	_, err := target.Assess(smartGoal(), e)
	got := problems(err)
	want := []string{"measures[4] unknown_metric", "past.grain missing_grain"}
	end := []string{"capacity.people negative_number", "capacity.productivity missing_amount", "capacity.work_days missing_amount", "capacity.loss not_a_share",
		"market.size not_positive", "pipeline.open missing_amount", "weight negative_weight", "siblings[1].weight negative_weight",
		"standards.too_high not_in_order", "standards.base not_in_order", "standards.stretch_low not_in_order", "standards.share_gain negative_limit"}
	if len(got) < len(end)+2 || !slices.Equal(got[:2], want) || !slices.Equal(got[len(got)-len(end):], end) || !errors.Is(err, check.ErrUnknown) {
		t.Error(strings.Join(got, "\n"))
	}
}

func TestMarketWithinReach(t *testing.T) {
	for _, reachable := range []kpi.Value{kpi.Int(-1), kpi.Int(101)} {
		err := target.Evidence{Market: &target.Market{Size: kpi.Int(100), Reachable: reachable}}.Validate()
		if !slices.Equal(problems(err), []string{"market.reachable not_a_part"}) {
			t.Errorf("%v of 100: %q", reachable, problems(err))
		}
	}
}

// assessFindings shows what assessments and proposals find.
func assessFindings(t *testing.T) []check.Finding {
	var found []check.Finding
	for _, test := range assessCases(t) {
		goal, evidence := smartGoal(), smartEvidence(t)
		test.change(&goal, &evidence)
		a, err := target.Assess(goal, evidence)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []target.Criterion{a.Specific, a.Measurable, a.Achievable, a.Relevant, a.TimeBound} {
			found = append(found, c.Findings...)
		}
		p, err := a.Outlook.Propose(money(0), target.Odds{}, kpi.Int(1))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, p.Reasons...)
	}
	return found
}

func TestAssessFindingsHaveSentences(t *testing.T) {
	once := map[string]bool{}
	for _, template := range target.Findings() {
		if once[template.Code] {
			t.Error(template.Code, "stands twice")
		}
		once[template.Code] = true
	}
	seen := map[string]bool{}
	for _, f := range trackingFindings(t) {
		seen[f.Code] = true
		for _, lang := range []string{"en", "zh"} {
			if text := target.Findings().Text(f, lang); text == f.Code+" "+f.Subject || strings.ContainsAny(text, "{}") {
				t.Errorf("%s in %s: %s", f.Code, lang, text)
			}
		}
	}
	for _, code := range []string{
		"proposed", "proposal_basis", "not_proposed", "specific_ok", "goal_incomplete", "population_missing", "measurable_ok",
		"metric_unknown", "measures_missing", "baseline_missing", "achievable_ok", "too_few_pairs", "no_outlook",
		"target_too_high", "target_too_low", "base_too_high", "stretch_too_high", "stretch_too_low", "above_capacity",
		"above_market", "share_gain", "share_implied", "pipeline_short", "sellers_unknown", "sellers_below",
		"sellers_above", "sellers_ok", "beyond_reach", "measures_unstated", "relevant_ok", "objective_missing", "weights_do_not_add_up", "goals_conflict",
		"time_bound_ok", "period_missing", "goal_off_boundary", "checkpoints_missing", "not_broken_down", "too_few_periods",
		"no_data_below", "above_best_rate",
	} {
		if !seen[code] {
			t.Error("no test has shown", code)
		}
	}
}

// An assessment is of the goal as it stood: whoever raises the target
// afterwards has not had it judged.
func TestAssessmentOfAGoal(t *testing.T) {
	goal := smartGoal()
	a, err := target.Assess(goal, smartEvidence(t))
	if err != nil || !a.Of(goal) {
		t.Fatal(err, a.Judged)
	}
	for name, change := range map[string]func(*target.Goal){
		"id": func(g *target.Goal) { g.ID = "other" }, "metric": func(g *target.Goal) { g.Metric = "won_count" }, "owner": func(g *target.Goal) { g.Owner = "bo" },
		"period": func(g *target.Goal) { g.Period = period("2026") }, "target": func(g *target.Goal) { g.Target = kpi.Int(10_000) },
		"base": func(g *target.Goal) { g.Base = kpi.Int(1) }, "stretch": func(g *target.Goal) { g.Stretch = kpi.Int(10_000) }, "baseline": func(g *target.Goal) { g.Baseline = kpi.Int(1) },
		"objective": func(g *target.Goal) { g.Objective = "other" }, "growth": func(g *target.Goal) { g.Growth.Over = "2024" },
	} {
		other := goal
		if change(&other); a.Of(other) {
			t.Errorf("another %s is another goal", name)
		}
	}
	renamed := goal
	if renamed.Name = "Revenue of Amy"; !a.Of(renamed) {
		t.Error("a name is no goal")
	}
	if (target.Assessment{Goal: goal.ID}).Of(goal) {
		t.Error("what does not say what it judged is of none")
	}
	raw, err := json.Marshal(a)
	var read target.Assessment
	if err != nil || check.Decode("test", raw, &read) != nil || !read.Of(goal) {
		t.Error(err, string(raw))
	}
}
