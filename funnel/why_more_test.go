package funnel_test

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// The reasons about ages, close dates, rework and standing still, each worked
// by hand as of 20 January.
func TestWhyMore(t *testing.T) {
	type events = []funnel.Event
	lead := events{{Stage: "lead", At: on(1)}}
	lost := events{{Stage: "lead", At: on(1)}, {Stage: "lost", At: on(11), Reason: "price"}}
	due := func(days ...int) events {
		all := events{{Stage: "lead", At: on(1)}}
		for i, d := range days {
			all = append(all, funnel.Event{At: on(2 + i), ExpectedClose: january(d)})
		}
		return all
	}
	from := func(stage string) *funnel.ConversionRule { return &funnel.ConversionRule{From: stage, Within: 14} }
	limit := func(days int64) *funnel.StallRule {
		return &funnel.StallRule{Limits: map[string]kpi.Value{"lead": kpi.Int(days)}}
	}
	answered(t, map[string]whyTest{
		"young":        {lead, funnel.Figure{Ages: funnel.Ages{From: 20}}, "why_aged", "Deal D is 19 days old, or was when it closed.", "1 to 20 January"},
		"old":          {lead, funnel.Figure{Ages: funnel.Ages{Below: 19}}, "why_aged", "Deal D is 19 days old, or was when it closed.", "19 is not below itself"},
		"of the age":   {lead, funnel.Figure{Ages: funnel.Ages{From: 19, Below: 20}}, "why_in", "Deal D is in this figure.", "19 days"},
		"age known":    {lead, funnel.Figure{Ages: funnel.Ages{Unknown: true}}, "why_aged", "Deal D is 19 days old, or was when it closed.", "it is known"},
		"no age":       {events{{Stage: "lead"}}, funnel.Figure{Ages: funnel.Ages{Below: 90}}, "why_no_age", "Nobody knows how old deal D is.", "undated"},
		"before demo":  {lead, funnel.Figure{From: "demo"}, "why_earlier", "Deal D is in the stage lead, or closed there, which comes before demo.", "lead is before demo"},
		"omitted":      {events{{Stage: "lead", At: on(1), Category: funnel.Omitted}}, funnel.Figure{Which: funnel.InPlayOnes}, "why_omitted", "Deal D is omitted from the forecast by its category.", "by its owner"},
		"not omitted":  {lead, funnel.Figure{Which: funnel.OmittedOnes}, "why_not_omitted", "Deal D is not omitted from the forecast.", "no category"},
		"has a close":  {due(12), funnel.Figure{Which: funnel.NoCloseOnes}, "why_due", "Deal D is expected to close on 2026-01-12.", "8 days past, 10 make it stale"},
		"close ahead":  {due(25), funnel.Figure{Which: funnel.PastCloseOnes}, "why_due", "Deal D is expected to close on 2026-01-25.", "after the 20th"},
		"close past":   {due(12), funnel.Figure{Which: funnel.DueOnes}, "why_past_close", "Deal D was expected to close on 2026-01-12, which is over, and belongs to no period.", "before the 20th"},
		"due today":    {due(20), funnel.Figure{Which: funnel.DueOnes}, "why_in", "Deal D is in this figure.", "the as-of day counts"},
		"due in it":    {due(25), funnel.Figure{Which: funnel.ElsewhereOnes, Due: weekOf(24)}, "why_due", "Deal D is expected to close on 2026-01-25.", "the 25th is in the week"},
		"never dated":  {lead, funnel.Figure{Which: funnel.PulledOnes}, "why_never_dated", "Deal D never had an expected close date while it was open.", "none stated"},
		"pushed":       {due(21, 25), funnel.Figure{Which: funnel.UnpushedOnes}, "why_pushes", "The expected close of deal D was pushed to a later day so many times: 1.", "from the 21st to the 25th"},
		"not twice":    {due(21, 25), funnel.Figure{Which: funnel.PushedOnes, Pushes: 2}, "why_pushes", "The expected close of deal D was pushed to a later day so many times: 1.", "once"},
		"not pulled":   {due(21, 25), funnel.Figure{Which: funnel.PulledOnes}, "why_not_pulled", "The expected close of deal D was never pulled to an earlier day.", "only pushed"},
		"same quarter": {due(21, 28), funnel.Figure{Which: funnel.CrossedOnes}, "why_not_crossed", "The expected close of deal D was never pushed into a later period.", "both in the first quarter"},
		"other week":   {due(21, 28), funnel.Figure{Which: funnel.CrossedOnes, Grain: calendar.Weekly}, "why_in", "Deal D is in this figure.", "the 28th is in the next week"},
		"not back":     {lead, funnel.Figure{Which: funnel.MovedBackOnes}, "why_not_back", "Deal D never moved back to an earlier stage.", "one stage only"},
		"not again":    {lead, funnel.Figure{Which: funnel.AgainOnes, Stage: "lead"}, "why_not_again", "Deal D did not come back to this stage.", "once"},
		"not reopened": {lost, funnel.Figure{Which: funnel.ReopenedOnes}, "why_not_reopened", "Deal D was never opened again after an end.", "still lost"},
		"stated":       {lost, funnel.Figure{Which: funnel.LostOnes, And: funnel.UnstatedOnes}, "why_stated", "Deal D states a reason for its end.", "price"},
		"and won":      {lost, funnel.Figure{Which: funnel.ClosedOnes, And: funnel.WonOnes}, "why_lost", "Deal D was lost (lost).", "closed, and not won"},
		"moving":       {lead, funnel.Figure{Which: funnel.StalledOnes, Stall: limit(30)}, "why_moving", "Deal D has stood still for 19 days, which its stage allows (30).", "19 of 30"},
		"stalled":      {lead, funnel.Figure{Which: funnel.MovingOnes, Stall: limit(18)}, "why_stalled", "Deal D has stood still for 19 days, longer than its stage allows (18).", "19 of 18"},
		"unmeasured":   {lead, funnel.Figure{Which: funnel.MovingOnes, Stall: &funnel.StallRule{}}, "why_unmeasured", "It is not known whether deal D is stalled: nobody knows since when it stands still, or what its stage allows.", "too few visits to learn from"},
		"counts":       {lead, funnel.Figure{Which: funnel.GoneOnes}, "why_counts", "Deal D counts: it was neither removed nor moved to another pipeline.", "open"},
		"gone":         {append(slices.Clone(lead), funnel.Event{Removed: true, At: on(9)}), funnel.Figure{Which: funnel.GoneOnes}, "why_in", "Deal D is in this figure.", "removed on the 9th"},
		"never came":   {lead, funnel.Figure{Which: funnel.ComingOnes, Conversion: from("demo")}, "why_never_came", "Deal D did not enter there, or not in that period.", "it did not come to demo"},
		"tracked":      {lead, funnel.Figure{Which: funnel.UntrackedOnes, Conversion: from("")}, "why_tracked", "The dates of deal D are known and fit together.", "since 1 January"},
		"untracked":    {events{{Stage: "lead"}}, funnel.Figure{Which: funnel.ObservedOnes, Conversion: from("")}, "why_untracked", "It is not known how long deal D took: a date is missing, or the dates contradict each other.", "undated"},
		"truncated":    {lead, funnel.Figure{Which: funnel.ObservedOnes, Conversion: from("")}, "why_truncated", "Deal D entered before 2026-01-08, from which on closings are on record.", "on the 1st"},
		"after":        {events{{Stage: "lead", At: on(9)}}, funnel.Figure{Which: funnel.TruncatedOnes, Conversion: from("")}, "why_not_truncated", "Deal D entered when closings were on record.", "on the 9th"},
		"not there":    {events{{Stage: "lead", At: on(9)}}, funnel.Figure{Which: funnel.ConvertedOnes, Conversion: from("")}, "why_not_converted", "Deal D did not come to the end of that way within 14 days.", "it is open"},
		"immature":     {events{{Stage: "lead", At: on(9)}}, funnel.Figure{Which: funnel.MatureOnes, Conversion: from("")}, "why_immature", "Deal D has had only 11 of 14 days.", "9 to 20 January"},
	})
}

func TestFigureProblems(t *testing.T) {
	a := analysisOf(t, nil)
	stalled := funnel.Figure{Which: funnel.StalledOnes}
	wrong := stalled
	wrong.Stall = &funnel.StallRule{AtLeast: -1}
	for name, test := range map[string]struct {
		figure funnel.Figure
		paths  []string
		why    string
	}{
		"words":    {funnel.Figure{Which: 99, And: 99, Grain: 99}, []string{"which", "and", "grain"}, "outside the constants"},
		"numbers":  {funnel.Figure{Ages: funnel.Ages{From: -1}, Pushes: -1}, []string{"ages", "pushes"}, "below zero"},
		"no stage": {funnel.Figure{Which: funnel.AgainOnes, From: "won"}, []string{"stage", "from"}, "came again to what; an end is no open stage"},
		"no rule":  {stalled, []string{"stall"}, "by which rule"},
		"rule":     {wrong, []string{"stall.at_least"}, "the rule's own problem"},
		"no way":   {funnel.Figure{And: funnel.MatureOnes}, []string{"conversion"}, "from where to where"},
		"bad way":  {funnel.Figure{Which: funnel.MatureOnes, Conversion: &funnel.ConversionRule{From: "legal"}}, []string{"conversion.from"}, "the rule's own problem"},
		"no days":  {funnel.Figure{Which: funnel.MatureOnes, Conversion: &funnel.ConversionRule{From: "lead", To: "demo"}}, []string{"conversion.within"}, "too few to learn them from"},
		"gone":     {funnel.Figure{And: funnel.GoneOnes}, []string{"and"}, "what counts is not gone"},
	} {
		_, err := a.Behind(test.figure, kpi.Page{})
		var paths []string
		for _, e := range check.All(err) {
			paths = append(paths, e.Path)
		}
		if !slices.Equal(paths, test.paths) {
			t.Errorf("%s: %v, want %v: %s", name, paths, test.paths, test.why)
		}
	}
}
