package plan

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Prepared is what follows from a [Preparation]: where there is room in the
// market, what customers miss most, what the team can do, and what was
// believed.
type Prepared struct {
	AsOf        calendar.Day     `json:"as_of"`
	Segments    []SegmentView    `json:"segments"`    // by headroom, the largest first; equal ones by ID
	Needs       []RankedNeed     `json:"needs"`       // by score, the highest first; equal ones by ID
	Teams       []TeamView       `json:"teams"`       // by owner, metric and period
	History     []HistoryView    `json:"history"`     // by metric and owner
	Assumptions []AssumptionView `json:"assumptions"` // by review day and ID
	Findings    []check.Finding  `json:"findings"`
}

// SegmentView is how a segment stands:
//
//	growth     size ÷ size before − 1
//	share      ours ÷ size
//	headroom   size × reachable − ours; negative where we hold more than was thought reachable
//
// A bridge says whether the market shrank or we lost share; it is there where
// all four amounts are.
type SegmentView struct {
	Segment     string         `json:"segment"`
	Size        kpi.Value      `json:"size"`
	Growth      kpi.Value      `json:"growth"`
	OurGrowth   kpi.Value      `json:"our_growth"`
	Share       kpi.Value      `json:"share"`
	ShareBefore kpi.Value      `json:"share_before"`
	Headroom    kpi.Value      `json:"headroom"`
	Bridge      *bridge.Bridge `json:"bridge,omitempty"`
}

// TeamView is what people can do beside what they are to do:
//
//	capacity  as [target.Capacity]
//	load      target ÷ capacity
type TeamView struct {
	Owner    string          `json:"owner"`
	Metric   string          `json:"metric"`
	Period   calendar.Period `json:"period"`
	Capacity kpi.Value       `json:"capacity"`
	Target   kpi.Value       `json:"target"` // what goals of the metric ask of the owner in these days
	Load     kpi.Value       `json:"load"`
}

// AssumptionView is an assumption on a day.
type AssumptionView struct {
	Assumption Assumption `json:"assumption"`
	Overdue    bool       `json:"overdue,omitzero"` // unproven, and its day has come
}

// Prepare draws conclusions from what was prepared, as of a day. Findings are
// need_unproven (fewer than [LeastAnswers] ratings), need_without_evidence,
// capacity_short, history_gaps, above_reachable, assumption_overdue and
// assumption_fails.
// Errors are those of [Plan.Validate] and a missing day.
func (p Plan) Prepare(asOf calendar.Day) (Prepared, error) {
	problems := check.List{Op: "plan.Prepare"}
	checkDay(&problems, "as_of", asOf)
	problems.Nest("plan", p.Validate())
	if err := problems.Err(); err != nil {
		return Prepared{}, err
	}
	r := Prepared{AsOf: asOf, Segments: []SegmentView{}, Teams: []TeamView{}, Findings: []check.Finding{}}
	for _, s := range p.Preparation.Segments {
		r.Segments = append(r.Segments, p.viewSegment(s))
	}
	slices.SortFunc(r.Segments, func(a, b SegmentView) int {
		return cmp.Or(b.Headroom.Compare(a.Headroom), cmp.Compare(a.Segment, b.Segment))
	})
	r.Needs = p.Preparation.rankNeeds()
	for _, t := range p.Preparation.Teams {
		r.Teams = append(r.Teams, p.viewTeam(t))
	}
	slices.SortFunc(r.Teams, func(a, b TeamView) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Metric, b.Metric), a.Period.Compare(b.Period))
	})
	r.History = p.Preparation.remembered(p.Calendar)
	r.Assumptions = p.Preparation.believed(asOf)
	r.find(p)
	return r, nil
}

func (p Plan) viewSegment(s Segment) SegmentView {
	v := SegmentView{Segment: s.ID, Size: s.Size, Growth: kpi.Growth(s.Size, s.SizeBefore), OurGrowth: kpi.Growth(s.Ours, s.OursBefore),
		Share: kpi.PartOf(s.Ours, s.Size), ShareBefore: kpi.PartOf(s.OursBefore, s.SizeBefore),
		Headroom: s.Size.Mul(s.Reachable.Or(kpi.Int(1))).Sub(s.Ours)}
	m, _ := p.metric(s.Metric)
	question := bridge.Question{Metric: s.Metric, Owner: s.Owner, Unit: m.Unit,
		Base: bridge.Side{Name: "before"}, Current: bridge.Side{Name: "now", Period: s.Period}}
	b, err := bridge.MarketShare{}.Bridge(question, kpi.NewRatio(s.OursBefore, s.SizeBefore), kpi.NewRatio(s.Ours, s.Size))
	if err == nil && b.Gap.Defined() {
		v.Bridge = &b
	}
	return v
}

func (p Plan) viewTeam(t Team) TeamView {
	v := TeamView{Owner: t.Owner, Metric: t.Metric, Period: t.Period, Capacity: t.Amount(), Target: p.asked(t)}
	v.Load = kpi.PartOf(v.Target, v.Capacity)
	return v
}

// asked gives what the goals of a metric ask of an owner in some days: that of
// its own goal, or its line in a breakdown.
func (p Plan) asked(t Team) kpi.Value {
	for _, g := range by(p.Goals, goalID) {
		if g.Metric != t.Metric || !g.Period.Covers(t.Period) {
			continue
		}
		if b := p.breakdown(g.ID); b != nil {
			if v := b.Cell(t.Owner, t.Period); v.Defined() {
				return v
			}
		}
		if g.Owner == t.Owner && g.Period == t.Period {
			return g.Target
		}
	}
	return kpi.Undefined(kpi.NoTarget)
}

// find says what follows for the plan as a whole.
func (r *Prepared) find(p Plan) {
	add := func(f check.Finding) { r.Findings = append(r.Findings, f) }
	for _, s := range r.Segments {
		if s.Headroom.Defined() && s.Headroom.Sign() < 0 {
			add(warning("above_reachable", s.Segment, append(p.segmentCalled(s.Segment), "share", kpi.Share(1).Text(s.Share))...))
		}
	}
	for _, n := range r.Needs {
		r.Findings = append(r.Findings, n.Findings...)
	}
	for _, t := range r.Teams {
		if t.Load.Defined() && kpi.Int(1).Less(t.Load) {
			m, _ := p.metric(t.Metric)
			add(warning("capacity_short", t.Owner, "target", m.Unit.Text(t.Target), "capacity", m.Unit.Text(t.Capacity)))
		}
	}
	for _, h := range r.History {
		r.Findings = append(r.Findings, h.findings(p)...)
	}
	for _, a := range r.Assumptions {
		switch {
		case a.Overdue:
			add(warning("assumption_overdue", a.Assumption.ID, append(a.Assumption.says(), "owner", a.Assumption.Owner, "review", a.Assumption.Review)...))
		case a.Assumption.State == Fails:
			add(warning("assumption_fails", a.Assumption.ID, append(a.Assumption.says(), "owner", a.Assumption.Owner)...))
		}
	}
}

// fill adds to the evidence for a goal what was prepared and is left out.
func (p Preparation) fill(g target.Goal, cal calendar.Calendar, e *target.Evidence) {
	if len(e.Past.Actuals) == 0 {
		e.Past = p.past(g, cal, e.Past)
	}
	if e.Market == nil {
		e.Market = p.market(g)
	}
	for _, t := range p.Teams {
		if e.Capacity == nil && t.Owner == g.Owner && t.Metric == g.Metric && t.Period == g.Period {
			e.Capacity = &t.Capacity
		}
	}
}

func (p Preparation) past(g target.Goal, cal calendar.Calendar, past target.Past) target.Past {
	for _, f := range p.History.Figures {
		if f.Metric == g.Metric && f.Owner == g.Owner {
			past.Calendar, past.Grain, past.Known = cal, p.History.Grain, p.History.Known
			past.Actuals = append(past.Actuals, f)
		}
	}
	return past
}

// market adds up the segments of a goal, none where there is none.
func (p Preparation) market(g target.Goal) *target.Market {
	var sizes, before []kpi.Value
	for _, s := range p.Segments {
		if s.Metric == g.Metric && s.Owner == g.Owner && s.Period == g.Period {
			sizes, before = append(sizes, s.Size), append(before, s.SizeBefore)
		}
	}
	if sizes == nil {
		return nil
	}
	return &target.Market{Size: kpi.Sum(slices.Values(sizes)), SizeBefore: whole(before)}
}

// whole is a sum that is no data where one of its parts is.
func whole(parts []kpi.Value) kpi.Value {
	if slices.Contains(parts, kpi.Value{}) {
		return kpi.Value{}
	}
	return kpi.Sum(slices.Values(parts))
}

// believed gives the assumptions as they stand on a day.
func (p Preparation) believed(asOf calendar.Day) []AssumptionView {
	views := []AssumptionView{}
	for _, a := range p.Assumptions {
		views = append(views, AssumptionView{a, a.State == Unproven && a.Review <= asOf})
	}
	slices.SortFunc(views, func(a, b AssumptionView) int {
		return cmp.Or(a.Assumption.Review.Compare(b.Assumption.Review), cmp.Compare(a.Assumption.ID, b.Assumption.ID))
	})
	return views
}

// assumptions says which have come due or failed, for a review.
func (p Plan) assumptions(asOf calendar.Day) []check.Finding {
	r := Prepared{Assumptions: p.Preparation.believed(asOf), Findings: []check.Finding{}}
	r.find(p)
	return r.Findings
}
