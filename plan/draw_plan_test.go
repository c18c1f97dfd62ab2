package plan_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

// drawer draws the parts of a plan.
type drawer struct {
	*rapid.T
	name string
}

func (d drawer) most(of string, n int) int { return rapid.IntRange(0, n).Draw(d.T, d.name+" "+of) }
func (d drawer) some(of string) bool       { return d.most(of, 1) == 1 }

func (d drawer) text(of string) string {
	return []string{"", of, of + " too"}[d.most(of, 2)]
}

func (d drawer) amount(of string) kpi.Value { return kpi.Int(int64(1 + d.most(of, 2))) }

// or gives a value or no data.
func (d drawer) or(of string, v func() kpi.Value) kpi.Value {
	if d.some(of + "?") {
		return v()
	}
	return kpi.Value{}
}

func (d drawer) maybe(of string) kpi.Value {
	return d.or(of, func() kpi.Value { return d.amount(of) })
}

func (d drawer) share(of string) kpi.Value {
	return d.or(of, func() kpi.Value { return kpi.Frac(int64(1+d.most(of, 2)), 4) })
}

func (d drawer) day(of, first string) calendar.Day { return day(first).Add(d.most(of, 3)) }

func (d drawer) period(of string) calendar.Period {
	return period([]string{"2026-Q1", "2026-01", "2026"}[d.most(of, 2)])
}

// anyPlan draws a valid plan in which every field varies, as
// TestEveryFieldVaries makes sure.
func anyPlan(t *rapid.T, name string) plan.Plan {
	d := drawer{t, name}
	p := plan.Plan{ID: "2026" + d.text("plan"), Name: d.text("name"), Curve: target.Curve(d.most("curve", 1)), Calendar: d.calendar(), Metrics: d.metrics()}
	if d.some("thresholds") {
		p.Thresholds = target.Thresholds{TooEarly: kpi.Frac(int64(1+d.most("early", 1)), 20), OnTrack: kpi.Frac(int64(90+d.most("on", 1)), 100),
			AtRisk: kpi.Frac(int64(80+d.most("at", 1)), 100), Margin: kpi.Frac(int64(1+d.most("margin", 1)), 100), Landing: kpi.Frac(int64(97+d.most("landing", 1)), 100)}
	}
	if d.some("objective") {
		p.Objectives = []plan.Objective{{ID: "grow", Name: "Grow", NameZH: d.text("objective in Chinese"), Owner: d.text("chief")}, {ID: "wide", Name: "Broader" + d.text("words"), Parent: []string{"", "grow"}[d.most("parent", 1)]}}
	}
	d.goals(&p)
	p.Preparation = d.preparation(p.Goals)
	if curves := d.most("other curve", 2); curves == 1 && len(p.Preparation.Season)+len(p.Preparation.Shares) > 0 {
		p.Curve = target.ByShares
	} else if curves == 2 {
		p.Curve = target.Learned
	}
	p.Actions = d.actions(p.Goals)
	for i := range d.most("cadences", 2) {
		p.Cadences = append(p.Cadences, plan.Cadence{ID: fmt.Sprint("c", i), Every: calendar.Grain(2 + d.most("every", 2)), On: int64(1 + d.most("on", 1)), Leads: d.text("leads"), Owners: d.list("reviewed")})
	}
	p.Owners = d.owners()
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

func (d drawer) list(of string) []string {
	return [][]string{nil, {of + "1"}, {of + "2", of + "1"}}[d.most(of, 2)]
}

func (d drawer) calendar() calendar.Calendar {
	if d.some("calendar") {
		return calendar.Calendar{}
	}
	april, err := calendar.Fiscal(time.April, calendar.NamedByEnd)
	if err != nil {
		d.Fatal(err)
	}
	return april
}

func (d drawer) metrics() []kpi.Metric {
	m := metric()
	m.Name, m.NameZH, m.Meaning, m.Source, m.Population = d.text("metric name"), d.text("metric name in Chinese"), d.text("meaning"), d.text("metric source"), d.text("population")
	m.Unit = []kpi.Unit{kpi.Money("USD", 2), kpi.Money("EUR", 0), kpi.Count()}[d.most("unit", 2)]
	m.Direction, m.Kind = kpi.Direction(d.most("direction", 1)), kpi.Kind(d.most("metric kind", 2))
	if d.some("formula") {
		m.Formula, _ = kpi.ParseFormula("leads * conversion")
	}
	share := kpi.Metric{ID: "share", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums}
	discount := kpi.Metric{ID: "discount", Unit: kpi.Share(1), Additivity: kpi.RatioOfSums, Direction: kpi.InBand}
	if d.some("third metric") {
		return []kpi.Metric{m, share, discount, {ID: "leads"}}
	}
	return []kpi.Metric{discount, share, m}
}

func metricOf(p plan.Plan, id string) kpi.Metric {
	return p.Metrics[slices.IndexFunc(p.Metrics, func(m kpi.Metric) bool { return m.ID == id })]
}

func (d drawer) goals(p *plan.Plan) {
	q := period("2026-01-01/2026-04-01")
	higher := metricOf(*p, "won_value").Direction == kpi.HigherIsBetter
	for i := range d.most("goals", 3) {
		g := target.Goal{ID: fmt.Sprint("q", i), Name: d.text("goal name"), NameZH: d.text("goal name in Chinese"), Metric: "won_value", Owner: fmt.Sprint("team", i), Period: q, Target: kpi.Int(int64(1000 * (2 + d.most("target", 3))))}
		if d.some("later") {
			g.Period = period("2026-04-01/2026-07-01")
		}
		base, stretch := d.or("base", func() kpi.Value { return kpi.Int(1000) }), d.or("stretch", func() kpi.Value { return kpi.Int(int64(9000 + d.most("stretch", 1))) })
		if g.Base, g.Stretch = base, stretch; !higher {
			g.Base, g.Stretch = stretch, base
		}
		g.Baseline = d.maybe("baseline")
		if g.Baseline.Defined() && d.some("growth") {
			g.Growth = target.Growth{Over: "last year" + d.text("over"), Rate: kpi.Frac(int64(1+d.most("rate", 1)), 10), Resolved: d.day("resolved", "2025-12-01")}
		}
		if len(p.Objectives) > 0 {
			g.Objective = []string{"", "grow", "wide"}[d.most("serves", 2)]
		}
		p.Goals = append(p.Goals, g)
		d.partsOf(p, g)
	}
	if d.some("a band") {
		low, wide := int64(1+d.most("low", 2)), int64(1+d.most("wide", 2))
		p.Goals = append(p.Goals, target.Goal{ID: "d", Metric: "discount", Owner: "co", Period: q, Within: kpi.Band{Low: kpi.Frac(low, 20), High: kpi.Frac(low+wide, 20), Tolerance: d.share("tolerance")}})
	}
	if d.some("a share") {
		g := target.Goal{ID: "s", Metric: "share", Owner: "co", Period: q, Target: kpi.Frac(int64(1+d.most("percent", 3)), 10)}
		p.Goals = append(p.Goals, g)
		d.stated(p, g)
	}
}

// partsOf draws what a plan has of a goal.
func (d drawer) partsOf(p *plan.Plan, g target.Goal) {
	if d.some("assessed") {
		p.Assessments = append(p.Assessments, target.Assessment{Goal: g.ID, Chance: kpi.NewEstimate(float64(1+d.most("chance", 2)) / 4),
			Achievable: target.Criterion{Findings: []check.Finding{{Code: "chance", Args: map[string]string{"x": d.text("x")}}}}})
	}
	grain := []calendar.Grain{calendar.Monthly, calendar.Quarterly, calendar.NoGrain}[d.most("grain", 2)]
	if grain == calendar.NoGrain {
		return
	}
	p.Breakdowns = append(p.Breakdowns, split(d, g, metricOf(*p, "won_value"), p.Calendar, grain, 1+d.most("people", 2)))
	if d.some("commits") {
		c := plan.Commitments{Goal: g.ID, Acceptance: target.Acceptance{Below: d.share("below"), Above: d.share("above")}}
		for i := range d.most("commitments", 2) {
			c.Commitments = append(c.Commitments, target.Commitment{Owner: g.Owner, Period: g.Period, Amount: d.amount("commitment"), Day: day("2025-12-01").Add(i), Author: "ann" + d.text("author"), Note: d.text("note")})
		}
		p.Commitments = append(p.Commitments, c)
	}
}

func split(t rapid.TB, g target.Goal, m kpi.Metric, cal calendar.Calendar, grain calendar.Grain, people int) *target.Breakdown {
	s := target.Split{Owners: target.Node{ID: g.Owner}, Grain: grain, Calendar: cal}
	for i := range people {
		s.Owners.Children = append(s.Owners.Children, target.Node{ID: fmt.Sprint(g.Owner, "-", i), Weight: kpi.Int(int64(i + 1))})
	}
	b, err := target.BreakDown(g, m, s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (d drawer) stated(p *plan.Plan, g target.Goal) {
	if !d.some("stated") {
		return
	}
	owners := target.Node{ID: "co", Children: []target.Node{{ID: "east"}, {ID: "west"}}}
	if d.some("three regions") {
		owners.Children = append(owners.Children, target.Node{ID: "north"})
	}
	grain, months := calendar.Monthly, []string{"2026-01", "2026-02", "2026-03"}
	if d.some("stated by quarter") {
		grain, months = calendar.Quarterly, []string{"2026-Q1"}
	}
	var cells []target.StatedCell
	for _, o := range owners.Children {
		for _, month := range months {
			if d.some("cell") {
				cells = append(cells, target.Pair(o.ID, period(month), d.amount("cell"), kpi.Int(10)))
			}
		}
	}
	s, err := target.State(g, metricOf(*p, "share"), target.Split{Calendar: p.Calendar, Grain: grain, Owners: owners}, cells)
	if err != nil {
		d.Fatal(err)
	}
	p.Stated = []*target.Stated{s}
}

func (d drawer) preparation(goals []target.Goal) (p plan.Preparation) {
	p.Scale, p.Ranking = d.or("scale", func() kpi.Value { return kpi.Int(int64(5 + d.most("scale", 1))) }), plan.Ranking(d.most("ranking", 2))
	for i := range d.most("segments", 2) {
		p.Segments = append(p.Segments, plan.Segment{ID: fmt.Sprint("s", i), Name: d.text("segment name"), NameZH: d.text("segment in Chinese"), Metric: []string{"won_value", "share"}[d.most("segment metric", 1)], Owner: "team" + d.text("segment owner"), Period: d.period("segment period"),
			Size: d.amount("size"), SizeBefore: d.maybe("size before"), Ours: d.maybe("ours"), OursBefore: d.maybe("ours before"), Reachable: d.share("reachable"), Source: d.text("segment source")})
	}
	for i := range d.most("needs", 2) {
		n := plan.Need{ID: fmt.Sprint("n", i), Name: d.text("need name"), NameZH: d.text("need in Chinese"), Importance: d.amount("importance"), Satisfaction: d.maybe("satisfaction"), Important: d.most("n", 40), Satisfied: d.most("m", 40), Evidence: d.list("evidence")}
		if len(p.Segments) > 0 {
			n.Segment = []string{"", "s0"}[d.most("of segment", 1)]
		}
		p.Needs = append(p.Needs, n)
	}
	for i := range d.most("teams", 2) {
		p.Teams = append(p.Teams, plan.Team{Owner: fmt.Sprint("team", i), Metric: []string{"won_value", "share"}[d.most("team metric", 1)], Period: d.period("team period"),
			Capacity: target.Capacity{People: d.amount("people"), Ramp: d.share("ramp"), Productivity: d.amount("productivity"), WorkDays: d.amount("work days"), Loss: d.share("loss")}})
	}
	d.history(&p.History)
	for i := range d.most("assumptions", 2) {
		a := plan.Assumption{ID: fmt.Sprint("a", i), Text: "prices stay" + d.text("belief"), TextZH: d.text("belief in Chinese"), Owner: "mo" + d.text("believer"), Made: d.day("made", "2025-11-01"), Review: d.day("looked at", "2026-02-01"), State: plan.Belief(d.most("state", 2)), Source: d.text("belief source")}
		for _, g := range goals {
			if d.some("rests") {
				a.Goals = append(a.Goals, g.ID)
			}
		}
		p.Assumptions = append(p.Assumptions, a)
	}
	d.curves(&p)
	return p
}

// curves draws what a plan's curve needs: working days, and a season or shares.
func (d drawer) curves(p *plan.Preparation) {
	if d.some("work days") {
		weekend := []calendar.Weekdays{calendar.WeekdaysOf(time.Saturday, time.Sunday), calendar.WeekdaysOf(time.Sunday)}[d.most("weekend", 1)]
		work, err := calendar.NewWorkCalendar(calendar.WorkDays{Covers: period("2026"), Weekend: weekend})
		if err != nil {
			d.Fatal(err)
		}
		p.WorkDays = work
	}
	switch d.most("season", 2) {
	case 1:
		for _, quarter := range []string{"2026-01-01/2026-04-01", "2026-04-01/2026-07-01"} {
			p.Season = append(p.Season, target.SeasonPart{Period: period(quarter), Weight: d.amount("season's " + quarter)})
		}
	case 2:
		p.Shares = []target.SharePoint{{At: kpi.Frac(int64(1+d.most("at", 1)), 4), Share: kpi.Frac(int64(1+d.most("share", 2)), 5)}, {At: kpi.Int(1), Share: kpi.Int(1)}}
	}
}

func (d drawer) history(h *plan.History) {
	if d.some("history") {
		h.Grain = []calendar.Grain{calendar.Monthly, calendar.Quarterly}[d.most("history grain", 1)]
		h.Known = []calendar.Period{{}, period("2025"), period("2024-01-01/2026-01-01")}[d.most("known", 2)]
		for i := range d.most("figures", 2) {
			h.Figures = append(h.Figures, kpi.Figure{Metric: []string{"won_value", "share"}[d.most("figure metric", 1)], Owner: []string{"team0", "co"}[d.most("figure owner", 1)],
				Period: period([]string{"2025-Q1", "2025-Q2"}[i]), Value: d.amount("figure")})
		}
	}
}

func (d drawer) actions(goals []target.Goal) *action.Plan {
	if d.some("no actions") {
		return nil
	}
	p := &action.Plan{ID: "do" + d.text("do"), Name: d.text("actions name"), NameZH: d.text("actions name in Chinese"), Period: d.period("actions period"), Unit: kpi.Money([]string{"USD", "EUR"}[d.most("currency", 1)], 2), Stacking: action.Stacking(d.most("stacking", 1))}
	for i := range 1 + d.most("people", 2) {
		person := action.Person{ID: fmt.Sprint("p", i), Name: d.text("person"), Share: d.share("working share")}
		if d.some("away") {
			person.Away = []calendar.Period{period([]string{"2026-01-01/2026-01-03", "2026-W05"}[d.most("away", 1)])}
		}
		p.People = append(p.People, person)
	}
	for i := range d.most("strategies", 2) {
		s := action.Strategy{ID: fmt.Sprint("st", i), Name: d.text("strategy"), NameZH: d.text("strategy in Chinese"), Kind: action.Kind(1 + d.most("kind", 4)), Owner: []string{"", "p0"}[d.most("strategy owner", 1)], Start: d.day("strategy start", "2026-01-05"), Budget: d.maybe("frame"),
			Effects: []action.Effect{{Lever: action.Lever(1 + d.most("lever", 4)), Change: kpi.Frac(int64(1+d.most("change", 2)), 10), Evidence: d.text("effect evidence")}}}
		if d.some("ends") {
			s.End = d.day("strategy end", "2026-03-01")
		}
		if len(goals) > 0 && d.some("serves a goal") {
			s.Goal = goals[0].ID
		}
		p.Strategies = append(p.Strategies, s)
	}
	d.doing(p)
	return p
}

func (d drawer) doing(p *action.Plan) {
	for i := range d.most("actions", 3) {
		a := action.Action{ID: fmt.Sprint("a", i), Name: d.text("action"), NameZH: d.text("action in Chinese"), Start: d.day("start", "2026-01-05").Add(20 * i), Due: d.day("due", "2026-01-15").Add(20 * i), Budget: d.maybe("budget"),
			Roles: []action.Role{{Person: "p0", Part: action.Accountable}, {Person: p.People[d.most("who", len(p.People)-1)].ID, Part: action.Responsible, Effort: d.maybe("effort")}}}
		if len(p.Strategies) > 0 && d.some("of a strategy") {
			a.Strategy = "st0"
		}
		if i > 0 && d.some("after") {
			a.After = []string{"a0"}
		}
		p.Actions = append(p.Actions, a)
	}
	if len(p.Actions) > 0 && d.some("milestone") {
		p.Milestones = []action.Milestone{{ID: "m" + d.text("m"), Name: d.text("milestone"), NameZH: d.text("milestone in Chinese"), Due: d.day("milestone due", "2026-03-20"), Actions: []string{p.Actions[d.most("needed", len(p.Actions)-1)].ID}}}
	}
	if d.some("routine") {
		p.Routines = []action.Routine{{ID: "r" + d.text("r"), Name: d.text("routine"), NameZH: d.text("routine in Chinese"), Every: calendar.Grain(1 + d.most("rhythm", 2)), People: []string{p.People[d.most("whose routine", len(p.People)-1)].ID}, Effort: d.maybe("routine effort")}}
	}
	if d.some("activity") {
		p.Activities = []action.Activity{{ID: "call" + d.text("call"), Name: d.text("activity"), NameZH: d.text("activity in Chinese"), Effort: d.maybe("activity effort")}}
	}
}

// owners draws a tree of two or three levels, or nobody.
func (d drawer) owners() target.Node {
	if d.some("nobody") {
		return target.Node{}
	}
	return d.owner("all"+d.text("all"), 3)
}

func (d drawer) owner(id string, levels int) target.Node {
	n := target.Node{ID: id, Weight: d.amount("weight"), Floor: d.maybe("floor"), Cap: d.or("cap", func() kpi.Value { return kpi.Int(int64(1000 + d.most("cap", 2))) })}
	if d.some("phasing") {
		n.Phasing = &target.Phasing{By: target.ByDays}
		if d.some("own weights") {
			n.Phasing = &target.Phasing{By: target.ByWeights, Weights: []kpi.Value{d.amount("phase"), kpi.Int(1)}}
		}
	}
	if levels == 1 {
		return n
	}
	for i := range d.most("children", 2) {
		n.Children = append(n.Children, d.owner(fmt.Sprint(id, i), levels-1))
	}
	if len(n.Children) == 0 {
		return n
	}
	n.Mode = target.Mode(d.most("mode", 3))
	switch n.Mode {
	case target.Carried:
		n.Cushion = kpi.Frac(int64(1+d.most("cushion", 1)), 10)
	case target.DirectPlusTeam:
		n.Direct = d.amount("direct")
	}
	return n
}

// Every field that a plan has, down to the parts that check themselves, is
// different between plans that anyPlan draws. A new field fails here until it
// is drawn, and then the laws of diffs are held against it.
func TestEveryFieldVaries(t *testing.T) {
	seen := map[string]map[string]bool{}
	plans := rapid.Custom(func(t *rapid.T) plan.Plan { return anyPlan(t, "p") })
	for seed := range 200 {
		vary(seen, "plan", reflect.ValueOf(plans.Example(seed)))
	}
	declared := map[string]bool{}
	declare(declared, "plan", reflect.TypeFor[plan.Plan](), 0)
	for path := range declared {
		if len(seen[path]) < 2 {
			t.Errorf("%s is always %v", path, seen[path])
		}
	}
	if len(declared) < 120 {
		t.Errorf("only %d fields are looked at", len(declared))
	}
}

// leaf reports whether something is compared as a whole: what has no exported
// fields, and what package target made and writes down itself.
func leaf(t reflect.Type) bool {
	return t.Kind() != reflect.Struct || t.NumField() == 0 || !t.Field(0).IsExported() || t == reflect.TypeFor[target.Assessment]() || t == reflect.TypeFor[target.Breakdown]() || t == reflect.TypeFor[target.Stated]()
}

func elem(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func declare(all map[string]bool, path string, t reflect.Type, depth int) {
	t = elem(t)
	switch {
	case t == reflect.TypeFor[target.Node]() && depth > 1: // as the level above
		return
	case leaf(t) || t == reflect.TypeFor[kpi.Unit]():
		all[path] = true
		return
	}
	for i := range t.NumField() {
		next := depth
		if t == reflect.TypeFor[target.Node]() {
			next++
		}
		declare(all, path+"."+t.Field(i).Name, t.Field(i).Type, next)
	}
}

func vary(seen map[string]map[string]bool, path string, v reflect.Value) {
	switch {
	case v.Kind() == reflect.Pointer && !v.IsNil():
		vary(seen, path, v.Elem())
		return
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			vary(seen, path, v.Index(i))
		}
	case v.Kind() == reflect.Struct && !leaf(v.Type()):
		for i := range v.NumField() {
			vary(seen, path+"."+v.Type().Field(i).Name, v.Field(i))
		}
	}
	text, err := json.Marshal(v.Interface())
	if err != nil {
		text = fmt.Append(nil, v.Interface())
	}
	if seen[path] == nil {
		seen[path] = map[string]bool{}
	}
	seen[path][strings.TrimSpace(string(text))] = true
}
