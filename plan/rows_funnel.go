package plan

import "github.com/saleskpi/saleskpi/kpi"

// The amounts of funnels and cards have no unit of their own here: they are
// numbers of six places.

func (r Review) coverageTable(s sheet) *Table {
	s.Table = newTable("coverage", "owner text ID of the owner", "start day first day of the period", "end day last day of the period", "target number what is aimed at",
		"won number won to date", "remaining number target less won", "open_deals integer open and expected in the period", "open number what they are worth",
		"stale_deals integer open and stale", "stale number what they are worth", "coverage ratio open / remaining", "of_target ratio open / target", "needed ratio coverage that was needed before")
	for _, f := range r.Beside.Funnels {
		if c := f.Coverage; c != nil {
			needed := f.Needed
			if needed == (kpi.Value{}) {
				needed = kpi.Undefined(kpi.NotApplicable)
			}
			s.row(f.Owner, c.Period.Start(), c.Period.Last(), c.Target, c.Won.Sum, c.Remaining, c.Open.Deals, c.Open.Value.Sum, c.Stale.Deals, c.Stale.Value.Sum,
				c.Ratio.Value(), c.OfTarget.Value(), needed)
		}
	}
	return s.Table
}

func (r Review) landingTable(s sheet) *Table {
	s.Table = newTable("landings", "owner text ID of the owner", "start day first day of the period", "end day last day of the period", "method text how it is expected", "target number what is aimed at",
		"won number won to date", "due number expected of open deals due in the period", "elsewhere number expected of other open deals", "new number expected of deals that do not exist yet",
		"landing number all of them", "gap number target less landing")
	for _, f := range r.Beside.Funnels {
		if l := f.Landing; l != nil {
			s.row(f.Owner, l.Period.Start(), l.Period.Last(), l.Method, l.Target, l.Won.Value, l.Due.Value, l.Elsewhere.Value, l.New.Value, l.Total.Value, l.Gap)
		}
	}
	return s.Table
}

func (r Review) stageTable(s sheet) *Table {
	s.Table = newTable("stages", "owner text ID of the owner", "pipeline text ID of the pipeline", "position integer of the stage, from 1 on", "stage text ID of the stage",
		"reached integer deals that reached it", "entered integer of which an event says so", "implied integer of which only what came later does", "open integer of the reached, open now",
		"open_here integer open in this very stage", "won integer of the reached, won", "lost integer of the reached, lost", "disqualified integer of the reached, disqualified",
		"to_next ratio reached the next of those that reached it", "to_won ratio won of those that reached it")
	for _, f := range r.Beside.Funnels {
		if f.Report == nil {
			continue
		}
		for i, g := range f.Report.Stages {
			s.row(f.Owner, f.Report.Pipeline, i+1, g.Stage, g.Reached, g.Entered, g.Implied, g.Open, g.OpenHere, g.Won, g.Lost, g.Disqualified, g.ToNext.Value(), g.ToWon.Value())
		}
	}
	return s.Table
}

func (r Review) scoreTable(s sheet) *Table {
	s.Table = newTable("scores", "kind text card: the whole; item: one of its lines", "scorecard text ID of the scorecard", "owner text ID of the owner", "start day first day of the period",
		"end day last day of the period", "metric text of an item", "target number of an item", "actual number of an item", "attainment ratio of an item",
		"points number of an item, by its curve", "weight ratio of an item, as used", "contribution number of an item to the score", "score number of the card", "band text of the card")
	none := kpi.Undefined(kpi.NotApplicable)
	for _, c := range r.Beside.Cards {
		s.row("card", c.Scorecard, c.Owner, c.Period.Start(), c.Period.Last(), "", none, none, none, none, none, none, c.Score, c.Band)
		for _, l := range c.Lines {
			s.row("item", c.Scorecard, c.Owner, c.Period.Start(), c.Period.Last(), l.Metric, l.Target, l.Actual, l.Attainment, l.Points, l.Weight, l.Contribution, none, "")
		}
	}
	return s.Table
}
