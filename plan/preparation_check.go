package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// Validate reports IDs that are missing or stand twice; segments without
// metric, owner, period or size, with amounts below zero or a reachable share
// outside 0…1; needs of an unknown segment, off the scale, or rated by a
// number of people below zero; teams without owner, metric or period, two of
// one owner, metric and period, and what [target.Evidence.Validate] says of
// their capacity; figures of the past that are wrong in themselves or stand
// twice; assumptions without text, owner or days, or to be looked at before
// they were made; and what [target.SeasonalShares] says of the season, in order
// of time, and [target.ValidateShares] of the shares.
func (p Preparation) Validate() error {
	problems := check.List{Op: "plan.Preparation"}
	p.checkSegments(&problems)
	p.checkNeeds(&problems)
	p.checkTeams(&problems)
	p.History.check(&problems)
	ids := once{}
	for i, a := range p.Assumptions {
		at := check.At("assumptions", i)
		ids.add(&problems, at+".id", a.ID)
		a.check(&problems, at)
	}
	p.checkSeason(&problems)
	return problems.Err()
}

func (p Preparation) checkTeams(problems *check.List) {
	seen := map[string]bool{}
	for i, t := range p.Teams {
		at := check.At("teams", i)
		t.check(problems, at)
		if k := teamKey(t); seen[k] {
			problems.Add(check.ErrDuplicate, at, "team_twice", t.Owner, "metric", t.Metric, "period", t.Period)
		} else {
			seen[k] = true
		}
	}
}

func (h History) check(problems *check.List) {
	seen := map[string]bool{}
	for i, f := range h.Figures {
		at := check.At("history", "figures", i)
		problems.Nest(at, f.Validate())
		if k := figureKey(f); seen[k] {
			problems.Add(check.ErrDuplicate, at, "figure_twice", f.Owner, "metric", f.Metric, "period", f.Period)
		} else {
			seen[k] = true
		}
	}
	switch {
	case h.Grain > calendar.Yearly:
		problems.Add(check.ErrUnknown, "history.grain", "unknown_word", uint8(h.Grain))
	case h.Grain == calendar.NoGrain && len(h.Figures) > 0:
		problems.Add(check.ErrMissing, "history.grain", "missing_grain", nil)
	}
}

// once refuses an ID that stands twice.
type once map[string]bool

func (o once) add(problems *check.List, path, id string) {
	problems.ID(path, "missing_id", id)
	if o[id] {
		problems.Add(check.ErrDuplicate, path, "duplicate_id", id)
	}
	o[id] = true
}

func (p Preparation) checkSegments(problems *check.List) {
	ids := once{}
	for i, s := range p.Segments {
		at := check.At("segments", i)
		ids.add(problems, at+".id", s.ID)
		problems.ID(at+".metric", "missing_metric", s.Metric)
		problems.ID(at+".owner", "missing_owner", s.Owner)
		checkText(problems, at+".name", s.Name)
		checkText(problems, at+".name_zh", s.NameZH)
		checkText(problems, at+".source", s.Source)
		checkPeriod(problems, at+".period", s.Period)
		if s.Size == (kpi.Value{}) {
			problems.Add(check.ErrMissing, at+".size", "missing_size", nil)
		}
		notBelowZero(problems, at+".size", s.Size)
		notBelowZero(problems, at+".size_before", s.SizeBefore)
		notBelowZero(problems, at+".ours", s.Ours)
		notBelowZero(problems, at+".ours_before", s.OursBefore)
		notBelowZero(problems, at+".reachable", s.Reachable)
		if kpi.Int(1).Less(s.Reachable.Or(kpi.Int(1))) {
			problems.Add(check.ErrRange, at+".reachable", "not_a_share", s.Reachable)
		}
	}
}

func (p Preparation) checkNeeds(problems *check.List) {
	ids, segments := once{}, map[string]bool{"": true}
	for _, s := range p.Segments {
		segments[s.ID] = true
	}
	if scale := p.scale(); scale.Sign() <= 0 {
		problems.Add(check.ErrRange, "scale", "not_above_zero", p.Scale)
	}
	if p.Ranking > ByImportance {
		problems.Add(check.ErrUnknown, "ranking", "unknown_word", uint8(p.Ranking))
	}
	for i, n := range p.Needs {
		at := check.At("needs", i)
		ids.add(problems, at+".id", n.ID)
		if !segments[n.Segment] {
			problems.Add(check.ErrUnknown, at+".segment", "unknown_segment", n.Segment)
		}
		if n.Importance == (kpi.Value{}) {
			problems.Add(check.ErrMissing, at+".importance", "missing_importance", nil)
		}
		p.checkRating(problems, at+".importance", n.Importance)
		p.checkRating(problems, at+".satisfaction", n.Satisfaction)
		checkText(problems, at+".name", n.Name)
		checkText(problems, at+".name_zh", n.NameZH)
		for k, id := range n.Evidence {
			problems.ID(check.At(at, "evidence", k), "missing_id", id)
		}
		if n.Important < 0 || n.Satisfied < 0 {
			problems.Add(check.ErrRange, at, "below_zero", min(n.Important, n.Satisfied))
		}
	}
}

func (p Preparation) checkRating(problems *check.List, at string, v kpi.Value) {
	notBelowZero(problems, at, v)
	if p.scale().Less(v.Or(kpi.Int(0))) {
		problems.Add(check.ErrRange, at, "off_the_scale", v, "scale", p.scale())
	}
}

func (p Preparation) scale() kpi.Value { return p.Scale.Or(kpi.Int(10)) }

func (t Team) check(problems *check.List, at string) {
	problems.ID(at+".owner", "missing_owner", t.Owner)
	problems.ID(at+".metric", "missing_metric", t.Metric)
	checkPeriod(problems, at+".period", t.Period)
	err := target.Evidence{Capacity: &t.Capacity}.Validate()
	for _, e := range check.All(err) {
		problems.Add(e.Err, at+unnested("capacity", e.Path), e.Code, e.Value)
	}
}

// unnested takes a name off the front of a path.
func unnested(name, path string) string {
	if len(path) >= len(name) && path[:len(name)] == name {
		return path[len(name):]
	}
	return "." + path
}

func (a Assumption) check(problems *check.List, at string) {
	problems.ID(at+".text", "missing_text", a.Text)
	checkText(problems, at+".text_zh", a.TextZH)
	problems.ID(at+".owner", "missing_owner", a.Owner)
	checkText(problems, at+".source", a.Source)
	checkDay(problems, at+".made", a.Made)
	checkDay(problems, at+".review", a.Review)
	if a.Review < a.Made {
		problems.Add(check.ErrRange, at+".review", "before_it_was_made", a.Review, "made", a.Made)
	}
	if a.State > Fails {
		problems.Add(check.ErrUnknown, at+".state", "unknown_word", uint8(a.State))
	}
}

func checkPeriod(problems *check.List, at string, p calendar.Period) {
	if p.IsZero() {
		problems.Add(check.ErrMissing, at, "missing_period", nil)
	}
}

func notBelowZero(problems *check.List, at string, v kpi.Value) {
	switch {
	case v == (kpi.Value{}):
	case !v.Defined():
		problems.Add(check.ErrInvalid, at, "undefined_amount", v.Reason())
	case v.Sign() < 0:
		problems.Add(check.ErrRange, at, "below_zero", v)
	}
}

// checkText reports what is not UTF-8, which JSON would turn into another
// text.
func checkText(problems *check.List, at, text string) {
	if text != "" {
		problems.ID(at, "", text)
	}
}
