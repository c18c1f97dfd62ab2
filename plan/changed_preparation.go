package plan

import "github.com/saleskpi/saleskpi/kpi/check"

// assumptions tells what became of what was believed.
func (c *chronicle) assumptions(all Changes[Assumption]) {
	told := func(code string, a Assumption) {
		c.add(code, a.ID, "owner", a.Owner, "text", a.Text, "review", a.Review)
	}
	for _, a := range all.Added {
		told("assumption_new", a)
	}
	for _, a := range all.Removed {
		told("assumption_gone", a)
	}
	for _, pair := range all.Changed {
		from, to := pair.From, pair.To
		if from.State != to.State {
			told([]string{"assumption_reopened", "assumption_proved", "assumption_refuted"}[to.State], to)
			if to.State == Fails {
				c.found[len(c.found)-1].Severity = check.Warning
			}
		}
		if from.State = to.State; !same(from, to) {
			c.add("assumption_changed", to.ID, fieldsOf(from, to)...)
		}
	}
}

// preparation tells of segments, needs, capacity and history.
func (c *chronicle) preparation(d PreparationDiff) {
	for _, s := range d.Segments.Added {
		c.add("segment_new", s.ID, "size", c.to.unit(s.Metric)(s.Size))
	}
	for _, s := range d.Segments.Removed {
		c.add("segment_gone", s.ID, "size", c.from.unit(s.Metric)(s.Size))
	}
	for _, pair := range d.Segments.Changed {
		from, to := pair.From, pair.To
		c.step("segment", to.ID, c.to.unit(to.Metric), from.Size, to.Size)
		if from.Size = to.Size; !same(from, to) {
			c.add("segment_changed", to.ID, fieldsOf(from, to)...)
		}
	}
	listed(c, "need", d.Needs, needID)
	c.teams(d.Teams)
	if h := d.History; !h.empty() {
		c.add("history_changed", c.to.ID, "added", len(h.Added), "removed", len(h.Removed), "changed", len(h.Changed))
	}
	if s := d.Settings; s != nil {
		c.add("preparation_changed", c.to.ID, fieldsOf(s.From, s.To)...)
	}
}

func (c *chronicle) teams(all Changes[Team]) {
	for _, t := range all.Added {
		c.add("team_new", t.Owner, "capacity", c.to.unit(t.Metric)(t.Amount()), "period", c.to.Calendar.Text(t.Period))
	}
	for _, t := range all.Removed {
		c.add("team_gone", t.Owner, "capacity", c.from.unit(t.Metric)(t.Amount()), "period", c.from.Calendar.Text(t.Period))
	}
	for _, pair := range all.Changed {
		from, to := pair.From, pair.To
		if from.Amount() == to.Amount() {
			c.add("team_changed", to.Owner, fieldsOf(from, to)...)
			continue
		}
		c.step("capacity", to.Owner, c.to.unit(to.Metric), from.Amount(), to.Amount(), "period", c.to.Calendar.Text(to.Period))
	}
}
