package plan_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
)

// checkers are the functions of which Plan.Validate is made, by the folder in
// which they stand; none named: all of the files.
func checkers() map[string]map[string][]string {
	return map[string]map[string][]string{
		".":      {"plan.go": nil, "validate.go": nil, "preparation_check.go": nil, "objective.go": nil, "commitment.go": nil, "cadence.go": {"Cadence.Validate"}, "signature.go": {"checkDay"}},
		"action": {"check.go": nil, "check_parts.go": nil},
		"../target": {"goal.go": {"Goal.checkKeys", "Goal.checkAmounts", "Goal.checkMetric"}, "growth.go": {"Growth.check"}, "node.go": {"census.visit", "census.children"}, "mode.go": {"Node.checkMode"},
			"phasing.go": {"Phasing.check", "checkWeight", "checkWeights"}, "status.go": {"Thresholds.Validate"}, "reconcile.go": {"Acceptance.Validate", "Breakdown.latest"}, "evidence.go": {"Capacity.check"}, "day.go": {"checkDay"}},
		"../kpi": {"metric.go": {"Metric.Validate"}, "unit.go": {"Unit.Validate"}, "figure.go": {"Figure.Validate"}},
	}
}

// codesIn gives the codes that functions of some files can give. A code that
// is put together, such as "missing_"+what, is given as missing_*.
func codesIn(t *testing.T, dir string, files map[string][]string) map[string]string {
	t.Helper()
	codes := map[string]string{}
	for name, functions := range files {
		file, err := parser.ParseFile(token.NewFileSet(), dir+"/"+name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]bool{}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || functions != nil && !slices.Contains(functions, receiver(f)+f.Name.Name) {
				continue
			}
			found[f.Name.Name] = true
			ast.Inspect(f, func(n ast.Node) bool {
				if code := codeOf(n); code != "" {
					codes[code] = dir + "/" + name + " " + f.Name.Name
				}
				return true
			})
		}
		if len(found) < len(functions) {
			t.Errorf("%s/%s: not all of %q are there", dir, name, functions)
		}
	}
	return codes
}

func codeOf(n ast.Node) string {
	call, ok := n.(*ast.CallExpr)
	if !ok {
		return ""
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	at := map[string]int{"Add": 2, "ID": 1}[sel.Sel.Name]
	if at == 0 || len(call.Args) <= at {
		return ""
	}
	switch arg := call.Args[at].(type) {
	case *ast.BasicLit:
		code, _ := strconv.Unquote(arg.Value)
		return code
	case *ast.BinaryExpr:
		if prefix, ok := arg.X.(*ast.BasicLit); ok {
			code, _ := strconv.Unquote(prefix.Value)
			return code + "*"
		}
	}
	return ""
}

// mistake is one thing that is wrong with a plan, and what must be reported.
type mistake struct {
	want  string
	spoil func(p *plan.Plan)
}

// mistakes has one for every code that Plan.Validate can give.
func mistakes() []mistake {
	undefined := kpi.Undefined(kpi.NotApplicable)
	return slices.Concat(planMistakes(undefined), preparationMistakes(undefined), actionMistakes(undefined), []mistake{
		{"metrics[0].id missing_id", func(p *plan.Plan) { p.Metrics[0].ID = "" }},
		{"metrics[0].id malformed_id", func(p *plan.Plan) { p.Metrics[0].ID = "Won Value" }},
		{"metrics[2].id duplicate_metric", func(p *plan.Plan) { p.Metrics = append(p.Metrics, p.Metrics[0]) }},
		{"metrics[0].unit.currency money_without_currency", func(p *plan.Plan) { p.Metrics[0].Unit.Currency = "" }},
		{"metrics[0].unit.currency currency_without_money", func(p *plan.Plan) { p.Metrics[0].Unit.Money = 0 }},
		{"metrics[0].unit.scale scale_out_of_range", func(p *plan.Plan) { p.Metrics[0].Unit.Scale = 19 }},
		{"metrics[0].unit.show unknown_word", func(p *plan.Plan) { p.Metrics[0].Unit.Show = 9 }},
		{"metrics[0].direction unknown_word", func(p *plan.Plan) { p.Metrics[0].Direction = 9 }},
		{"metrics[0].additivity unknown_word", func(p *plan.Plan) { p.Metrics[0].Additivity = 9 }},
		{"metrics[0].kind unknown_word", func(p *plan.Plan) { p.Metrics[0].Kind = 9 }},
		{"goals[0].id missing_id", func(p *plan.Plan) { p.Goals[0].ID = "" }},
		{"goals[2].id duplicate_goal", func(p *plan.Plan) { p.Goals = append(p.Goals, p.Goals[0]) }},
		{"goals[2].period goals_overlap", func(p *plan.Plan) { p.Goals = append(p.Goals, p.Goals[0]) }},
		{"goals[0].metric missing_metric", func(p *plan.Plan) { p.Goals[0].Metric = "" }},
		{"goals[0].metric malformed_id", func(p *plan.Plan) { p.Goals[0].Metric = "Won Value" }},
		{"goals[0].metric unknown_metric", func(p *plan.Plan) { p.Goals[0].Metric = "visits" }},
		{"goals[0].metric no_direction", func(p *plan.Plan) { p.Metrics[0].Direction = kpi.InBand }},
		{"goals[0].owner missing_owner", func(p *plan.Plan) { p.Goals[0].Owner = "" }},
		{"goals[0].owner not_utf8", func(p *plan.Plan) { p.Goals[0].Owner = "\xff" }},
		{"goals[0].period missing_period", func(p *plan.Plan) { p.Goals[0].Period = calendar.Period{} }},
		{"goals[0].target missing_target", func(p *plan.Plan) { p.Goals[0].Target = kpi.Value{} }},
		{"goals[0].target undefined_amount", func(p *plan.Plan) { p.Goals[0].Target = undefined }},
		{"goals[0].base undefined_amount", func(p *plan.Plan) { p.Goals[0].Base = undefined }},
		{"goals[0].target not_between", func(p *plan.Plan) { p.Goals[0].Target = kpi.Int(1) }},
		{"goals[0].base better_than_target", func(p *plan.Plan) { p.Goals[0].Base, p.Goals[0].Stretch = kpi.Int(99999), kpi.Value{} }},
		{"goals[0].stretch worse_than_target", func(p *plan.Plan) { p.Goals[0].Stretch, p.Goals[0].Base = kpi.Int(1), kpi.Value{} }},
		{"goals[1].within missing_band", func(p *plan.Plan) { p.Metrics[1].Direction = kpi.InBand }},
		{"goals[0].within not_in_a_band", func(p *plan.Plan) {
			p.Goals[0].Within, p.Goals[0].Target = kpi.Band{Low: kpi.Int(1), High: kpi.Int(2)}, kpi.Value{}
		}},
		{"goals[0].objective unknown_objective", func(p *plan.Plan) { p.Goals[0].Objective = "fly" }},
		{"goals[0].growth.over missing_name", func(p *plan.Plan) { p.Goals[0].Growth.Rate = kpi.Frac(1, 10) }},
		{"goals[0].growth.rate missing_amount", func(p *plan.Plan) { p.Goals[0].Growth.Over = "2025" }},
		{"goals[0].baseline missing_amount", func(p *plan.Plan) { p.Goals[0].Growth.Over = "2025" }},
		{"goals[0].growth.resolved year_out_of_range", func(p *plan.Plan) { p.Goals[0].Growth.Resolved = -400_000 }},
	})
}

func planMistakes(undefined kpi.Value) []mistake {
	commit := func(do func(c *target.Commitment)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Commitments[0].Commitments[0]) }
	}
	return []mistake{
		{"id missing_id", func(p *plan.Plan) { p.ID = "" }},
		{"curve unknown_word", func(p *plan.Plan) { p.Curve = 9 }},
		{"objectives[0].id missing_id", func(p *plan.Plan) { p.Objectives[0].ID = "" }},
		{"objectives[0].name missing_name", func(p *plan.Plan) { p.Objectives[0].Name = "" }},
		{"objectives[2].id duplicate_objective", func(p *plan.Plan) { p.Objectives = append(p.Objectives, p.Objectives[0]) }},
		{"objectives[1].parent unknown_objective", func(p *plan.Plan) { p.Objectives[1].Parent = "fly" }},
		{"objectives[0].parent objective_of_itself", func(p *plan.Plan) { p.Objectives[0].Parent = "keep" }},
		{"assessments[0].goal unknown_goal", func(p *plan.Plan) { p.Assessments[0].Goal = "q9" }},
		{"assessments[1].goal duplicate_assessment", func(p *plan.Plan) { p.Assessments = append(p.Assessments, p.Assessments[0]) }},
		{"breakdowns[1] missing_breakdown", func(p *plan.Plan) { p.Breakdowns = append(p.Breakdowns, nil) }},
		{"breakdowns[1].goal.id duplicate_breakdown", func(p *plan.Plan) { p.Breakdowns = append(p.Breakdowns, p.Breakdowns[0]) }},
		{"breakdowns[0].goal.id unknown_goal", func(p *plan.Plan) { p.Goals[0].ID = "q2" }},
		{"breakdowns[0].goal not_the_goal_of_the_plan", func(p *plan.Plan) { p.Goals[0].Target = kpi.Int(90001) }},
		{"breakdowns[0].metric not_the_metric_of_the_plan", func(p *plan.Plan) { p.Metrics[0].Source = "elsewhere" }},
		{"breakdowns[0].calendar not_the_calendar_of_the_plan", func(p *plan.Plan) { p.Calendar, _ = calendar.Fiscal(4, calendar.NamedByEnd) }},
		{"stated[1] missing_stated_goal", func(p *plan.Plan) { p.Stated = append(p.Stated, nil) }},
		{"stated[0].goal not_the_goal_of_the_plan", func(p *plan.Plan) { p.Goals[1].Target = kpi.Frac(1, 2) }},
		{"stated[0].metric not_the_metric_of_the_plan", func(p *plan.Plan) { p.Metrics[1].Source = "elsewhere" }},
		{"stated[0].calendar not_the_calendar_of_the_plan", func(p *plan.Plan) { p.Calendar, _ = calendar.Fiscal(4, calendar.NamedByEnd) }},
		{"commitments[0].goal unknown_goal", func(p *plan.Plan) { p.Commitments[0].Goal = "q9" }},
		{"commitments[1].goal goal_twice", func(p *plan.Plan) { p.Commitments = append(p.Commitments, p.Commitments[0]) }},
		{"commitments[0].goal not_broken_down", func(p *plan.Plan) { p.Breakdowns = nil }},
		{"commitments[0].acceptance.below not_a_share", func(p *plan.Plan) { p.Commitments[0].Acceptance.Below = kpi.Int(-1) }},
		{"commitments[0].commitments[0].owner unknown_owner", commit(func(c *target.Commitment) { c.Owner = "zoe" })},
		{"commitments[0].commitments[0].period other_period", commit(func(c *target.Commitment) { c.Period = period("2026") })},
		{"commitments[0].commitments[0].amount missing_amount", commit(func(c *target.Commitment) { c.Amount = kpi.Value{} })},
		{"commitments[0].commitments[0].author missing_author", commit(func(c *target.Commitment) { c.Author = "" })},
		{"commitments[0].commitments[0].day missing_day", commit(func(c *target.Commitment) { c.Day = 0 })},
		{"commitments[0].commitments[1] committed_twice", func(p *plan.Plan) { c := &p.Commitments[0]; c.Commitments = append(c.Commitments, c.Commitments[0]) }},
		{"cadences[0].id missing_id", func(p *plan.Plan) { p.Cadences[0].ID = "" }},
		{"cadences[1].id duplicate_id", func(p *plan.Plan) { p.Cadences = append(p.Cadences, p.Cadences[0]) }},
		{"cadences[0].every missing_grain", func(p *plan.Plan) { p.Cadences[0].Every = 0 }},
		{"cadences[0].on missing_day", func(p *plan.Plan) { p.Cadences[0].On = 0 }},
		{"cadences[0].on no_such_day", func(p *plan.Plan) { p.Cadences[0].On = 400 }},
		{"owners.id missing_id", func(p *plan.Plan) { p.Owners.Children = []target.Node{{ID: "ann"}} }},
		{"owners.children[0].id duplicate_owner", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Children: []target.Node{{ID: "ann"}}} }},
		{"owners.mode unknown_word", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Mode: 9} }},
		{"owners.mode no_children", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Mode: target.Independent} }},
		{"owners.cushion cushion_not_used", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Cushion: kpi.Int(1)} }},
		{"owners.cushion missing_cushion", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Mode: target.Carried} }},
		{"owners.cushion not_a_share", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Mode: target.Carried, Cushion: kpi.Int(2)} }},
		{"owners.direct direct_not_used", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Direct: kpi.Int(1)} }},
		{"owners.children all_weights_zero", func(p *plan.Plan) {
			p.Owners = target.Node{ID: "ann", Children: []target.Node{{ID: "bo", Weight: kpi.Int(0)}}}
		}},
		{"owners.children[1].weight missing_weight", func(p *plan.Plan) {
			p.Owners = target.Node{ID: "ann", Children: []target.Node{{ID: "bo", Weight: kpi.Int(1)}, {ID: "cy"}}}
		}},
		{"owners.children[0].weight negative_weight", func(p *plan.Plan) {
			p.Owners = target.Node{ID: "ann", Children: []target.Node{{ID: "bo", Weight: kpi.Int(-1)}}}
		}},
		{"owners.phasing.by unknown_word", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Phasing: &target.Phasing{By: 9}} }},
		{"owners.phasing.weights weights_not_used", func(p *plan.Plan) {
			p.Owners = target.Node{ID: "ann", Phasing: &target.Phasing{Weights: []kpi.Value{kpi.Int(1)}}}
		}},
		{"owners.phasing.weights all_weights_zero", func(p *plan.Plan) { p.Owners = target.Node{ID: "ann", Phasing: &target.Phasing{By: target.ByWeights}} }},
		{"owners" + strings.Repeat(".children[0]", target.MaxDepth-1) + ".children too_deep", func(p *plan.Plan) {
			n := target.Node{ID: "leaf"}
			for i := range target.MaxDepth {
				n = target.Node{ID: strconv.Itoa(i), Children: []target.Node{n}}
			}
			p.Owners = n
		}},
		{"thresholds.on_track not_a_pace", func(p *plan.Plan) { p.Thresholds.OnTrack = kpi.Int(90) }},
		{"thresholds.on_track below_at_risk", func(p *plan.Plan) { p.Thresholds.OnTrack = kpi.Frac(1, 10) }},
		{"thresholds.margin not_a_share", func(p *plan.Plan) { p.Thresholds.Margin = kpi.Int(2) }},
		{"thresholds.landing undefined_threshold", func(p *plan.Plan) { p.Thresholds.Landing = undefined }},
	}
}

func preparationMistakes(undefined kpi.Value) []mistake {
	segment := func(do func(s *plan.Segment)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Preparation.Segments[0]) }
	}
	need := func(do func(n *plan.Need)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Preparation.Needs[0]) }
	}
	team := func(do func(s *plan.Team)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Preparation.Teams[0]) }
	}
	belief := func(do func(s *plan.Assumption)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Preparation.Assumptions[0]) }
	}
	list := []mistake{
		{"segments[0].id missing_id", segment(func(s *plan.Segment) { s.ID = "" })},
		{"segments[3].id duplicate_id", func(p *plan.Plan) { p.Preparation.Segments = append(p.Preparation.Segments, p.Preparation.Segments[0]) }},
		{"segments[0].metric missing_metric", segment(func(s *plan.Segment) { s.Metric = "" })},
		{"segments[0].metric unknown_metric", segment(func(s *plan.Segment) { s.Metric = "visits" })},
		{"segments[0].owner missing_owner", segment(func(s *plan.Segment) { s.Owner = "" })},
		{"segments[0].period missing_period", segment(func(s *plan.Segment) { s.Period = calendar.Period{} })},
		{"segments[0].size missing_size", segment(func(s *plan.Segment) { s.Size = kpi.Value{} })},
		{"segments[0].size below_zero", segment(func(s *plan.Segment) { s.Size = kpi.Int(-1) })},
		{"segments[0].ours undefined_amount", segment(func(s *plan.Segment) { s.Ours = undefined })},
		{"segments[0].ours_before below_zero", segment(func(s *plan.Segment) { s.OursBefore = kpi.Int(-1) })},
		{"segments[0].size_before below_zero", segment(func(s *plan.Segment) { s.SizeBefore = kpi.Int(-1) })},
		{"segments[0].reachable not_a_share", segment(func(s *plan.Segment) { s.Reachable = kpi.Int(2) })},
		{"segments[0].name not_utf8", segment(func(s *plan.Segment) { s.Name = "\xff" })},
		{"segments[0].source not_utf8", segment(func(s *plan.Segment) { s.Source = "\xff" })},
		{"scale not_above_zero", func(p *plan.Plan) { p.Preparation.Scale = kpi.Int(0) }},
		{"ranking unknown_word", func(p *plan.Plan) { p.Preparation.Ranking = 9 }},
		{"needs[0].id missing_id", need(func(n *plan.Need) { n.ID = "" })},
		{"needs[0].segment unknown_segment", need(func(n *plan.Need) { n.Segment = "moon" })},
		{"needs[0].importance missing_importance", need(func(n *plan.Need) { n.Importance = kpi.Value{} })},
		{"needs[0].importance off_the_scale", need(func(n *plan.Need) { n.Importance = kpi.Int(11) })},
		{"needs[0].satisfaction below_zero", need(func(n *plan.Need) { n.Satisfaction = kpi.Int(-1) })},
		{"needs[0] below_zero", need(func(n *plan.Need) { n.Important = -1 })},
		{"needs[0].evidence[0] missing_id", need(func(n *plan.Need) { n.Evidence = []string{""} })},
		{"teams[0].owner missing_owner", team(func(s *plan.Team) { s.Owner = "" })},
		{"teams[0].metric missing_metric", team(func(s *plan.Team) { s.Metric = "" })},
		{"teams[0].metric unknown_metric", team(func(s *plan.Team) { s.Metric = "visits" })},
		{"teams[0].period missing_period", team(func(s *plan.Team) { s.Period = calendar.Period{} })},
		{"teams[0].people missing_amount", team(func(s *plan.Team) { s.People = kpi.Value{} })},
		{"teams[0].work_days negative_number", team(func(s *plan.Team) { s.WorkDays = kpi.Int(-1) })},
		{"teams[0].ramp not_a_share", team(func(s *plan.Team) { s.Ramp = kpi.Int(2) })},
		{"teams[1] team_twice", func(p *plan.Plan) { p.Preparation.Teams = append(p.Preparation.Teams, p.Preparation.Teams[0]) }},
		{"history.figures[0].metric missing_id", func(p *plan.Plan) { p.Preparation.History.Figures[0].Metric = "" }},
		{"history.figures[0].period missing_period", func(p *plan.Plan) { p.Preparation.History.Figures[0].Period = calendar.Period{} }},
		{"history.figures[1] figure_twice", func(p *plan.Plan) { f := p.Preparation.History.Figures; f[1] = f[0] }},
		{"history.grain missing_grain", func(p *plan.Plan) { p.Preparation.History.Grain = 0 }},
		{"history.grain unknown_word", func(p *plan.Plan) { p.Preparation.History.Grain = 99 }},
		{"assumptions[0].id missing_id", belief(func(a *plan.Assumption) { a.ID = "" })},
		{"assumptions[0].text missing_text", belief(func(a *plan.Assumption) { a.Text = "" })},
		{"assumptions[0].owner missing_owner", belief(func(a *plan.Assumption) { a.Owner = "" })},
		{"assumptions[0].made missing_day", belief(func(a *plan.Assumption) { a.Made = 0 })},
		{"assumptions[0].review year_out_of_range", belief(func(a *plan.Assumption) { a.Review = 400_000 })},
		{"assumptions[0].review before_it_was_made", belief(func(a *plan.Assumption) { a.Review = a.Made - 1 })},
		{"assumptions[0].state unknown_word", belief(func(a *plan.Assumption) { a.State = 9 })},
		{"assumptions[0].goals[0] unknown_goal", belief(func(a *plan.Assumption) { a.Goals = []string{"q9"} })},
	}
	for i := range list {
		list[i].want = "preparation." + list[i].want
	}
	return list
}

func actionMistakes(undefined kpi.Value) []mistake {
	strategy := func(do func(s *action.Strategy)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Actions.Strategies[0]) }
	}
	act := func(do func(a *action.Action)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Actions.Actions[0]) }
	}
	person := func(do func(a *action.Person)) func(p *plan.Plan) {
		return func(p *plan.Plan) { do(&p.Actions.People[0]) }
	}
	routine := func(r action.Routine) func(p *plan.Plan) {
		return func(p *plan.Plan) { p.Actions.Routines = []action.Routine{r} }
	}
	list := []mistake{
		{"id missing_id", func(p *plan.Plan) { p.Actions.ID = "" }},
		{"period missing_period", func(p *plan.Plan) { p.Actions.Period = calendar.Period{} }},
		{"unit not_money", func(p *plan.Plan) { p.Actions.Unit = kpi.Count() }},
		{"stacking unknown_word", func(p *plan.Plan) { p.Actions.Stacking = 9 }},
		{"strategies[0].kind missing_kind", strategy(func(s *action.Strategy) { s.Kind = 0 })},
		{"strategies[0].owner unknown_person", strategy(func(s *action.Strategy) { s.Owner = "zoe" })},
		{"strategies[0].goal unknown_goal", strategy(func(s *action.Strategy) { s.Goal = "q9" })},
		{"strategies[0].start missing_day", strategy(func(s *action.Strategy) { s.Start = 0 })},
		{"strategies[0].end end_before_start", strategy(func(s *action.Strategy) { s.End = s.Start - 1 })},
		{"strategies[0].end year_out_of_range", strategy(func(s *action.Strategy) { s.End = 400_000 })},
		{"strategies[0].budget undefined_number", strategy(func(s *action.Strategy) { s.Budget = undefined })},
		{"strategies[0].effects missing_effect", strategy(func(s *action.Strategy) { s.Effects = nil })},
		{"strategies[0].effects[0].lever missing_lever", strategy(func(s *action.Strategy) { s.Effects[0].Lever = 0 })},
		{"strategies[0].effects[1].lever duplicate_lever", strategy(func(s *action.Strategy) { s.Effects = append(s.Effects, s.Effects[0]) })},
		{"strategies[0].effects[0].change missing_number", strategy(func(s *action.Strategy) { s.Effects[0].Change = kpi.Value{} })},
		{"strategies[0].effects[0].change no_change", strategy(func(s *action.Strategy) { s.Effects[0].Change = kpi.Int(0) })},
		{"strategies[0].effects[0].change not_above", strategy(func(s *action.Strategy) { s.Effects[0].Change = kpi.Int(-1) })},
		{"strategies too_many", func(p *plan.Plan) { p.Actions.Strategies = make([]action.Strategy, action.MaxStrategies+1) }},
		{"actions[1].id duplicate_id", func(p *plan.Plan) { p.Actions.Actions = append(p.Actions.Actions, p.Actions.Actions[0]) }},
		{"actions[0].strategy unknown_strategy", act(func(a *action.Action) { a.Strategy = "none" })},
		{"actions[0].roles[0].person missing_person", act(func(a *action.Action) { a.Roles[0].Person = "" })},
		{"actions[0].roles[0].part missing_part", act(func(a *action.Action) { a.Roles[0].Part = 0 })},
		{"actions[0].roles[2].part duplicate_role", act(func(a *action.Action) { a.Roles = append(a.Roles, a.Roles[1]) })},
		{"actions[0].roles[0].effort below_zero", act(func(a *action.Action) { a.Roles[0].Effort = kpi.Int(-1) })},
		{"actions[0].roles not_one_accountable", act(func(a *action.Action) { a.Roles = a.Roles[1:] })},
		{"actions[0].roles nobody_responsible", act(func(a *action.Action) { a.Roles = a.Roles[:1] })},
		{"actions[0].due end_before_start", act(func(a *action.Action) { a.Due = a.Start - 1 })},
		{"actions[0].after[0] unknown_action", act(func(a *action.Action) { a.After = []string{"none"} })},
		{"actions[0].after cycle", act(func(a *action.Action) { a.After = []string{a.ID} })},
		{"actions[1].start starts_before_dependency", func(p *plan.Plan) {
			second := p.Actions.Actions[0]
			second.ID, second.After = "second", []string{second.ID}
			p.Actions.Actions = append(p.Actions.Actions, second)
		}},
		{"milestones[0].actions missing_action", func(p *plan.Plan) { p.Actions.Milestones = []action.Milestone{{ID: "m", Due: day("2026-02-01")}} }},
		{"milestones[0].actions[1] duplicate_action", func(p *plan.Plan) {
			p.Actions.Milestones = []action.Milestone{{ID: "m", Due: day("2026-02-01"), Actions: []string{"stand", "stand"}}}
		}},
		{"people[0].share not_a_share", person(func(x *action.Person) { x.Share = kpi.Int(2) })},
		{"people[0].away[0] missing_period", person(func(x *action.Person) { x.Away = make([]calendar.Period, 1) })},
		{"people[0].away[1] away_overlap", person(func(x *action.Person) { x.Away = []calendar.Period{period("2026-01"), period("2026-Q1")} })},
		{"routines[0].people missing_person", routine(action.Routine{ID: "r", Every: calendar.Weekly})},
		{"routines[0].every not_a_rhythm", routine(action.Routine{ID: "r", Every: calendar.Yearly, People: []string{"mo"}})},
		{"activities[0].effort below_zero", func(p *plan.Plan) { p.Actions.Activities = []action.Activity{{ID: "call", Effort: kpi.Int(-1)}} }},
	}
	for i := range list {
		list[i].want = "actions." + list[i].want
	}
	return list
}

// unreachable has the codes that these functions give to others alone.
func unreachable() map[string]string {
	return map[string]string{
		"other_metric": "a plan asks the metric that a goal names",
		"wrong_number": "a tree alone does not know how many periods there are",
	}
}

// Every code that Plan.Validate and its parts can give is provoked, at its
// path; nothing else is reported of what is right.
func TestEveryMistake(t *testing.T) {
	provoked := map[string]bool{}
	for _, m := range mistakes() {
		p := whole(t)
		m.spoil(&p)
		got := paths(p.Validate())
		if !slices.Contains(got, m.want) {
			t.Errorf("%s is not among %q", m.want, got)
		}
		for _, problem := range got {
			_, code, _ := strings.Cut(problem, " ")
			provoked[code] = true
		}
	}
	for dir, files := range checkers() {
		for code, where := range codesIn(t, dir, files) {
			if why := unreachable()[code]; why != "" && !provoked[code] {
				continue
			}
			prefix, open := strings.CutSuffix(code, "*")
			if !provoked[code] && !(open && slices.ContainsFunc(slices.Collect(maps.Keys(provoked)), func(s string) bool { return strings.HasPrefix(s, prefix) })) {
				t.Errorf("%s: nothing provokes %s", where, code)
			}
		}
	}
}

// All mistakes that can stand in one plan are reported at once, up to the
// hundred that one error holds, and then how many more there are.
func TestMistakesAddUp(t *testing.T) {
	p, n := whole(t), 0
	for _, m := range mistakes() {
		if strings.HasPrefix(m.want, "preparation.") && !strings.Contains(m.want, "history") {
			m.spoil(&p)
			n++
		}
	}
	if all := check.All(p.Validate()); len(all) < n/2 {
		t.Errorf("%d problems of %d mistakes", len(all), n)
	}
	p.Preparation.Needs = make([]plan.Need, 120)
	all := check.All(p.Validate())
	if last := all[len(all)-1]; len(all) != 101 || last.Code != "more_problems" {
		t.Errorf("%d problems, at last %v", len(all), last)
	}
}
