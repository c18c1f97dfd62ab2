package action_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

// ann's list is done a day late, bo's calls wait for it and have not begun, and
// ann's fair runs. By hand: ann has done 1 of 2, none on time, and spent 300 of
// 1,000; the milestone made of hers alone is hers, the common one nobody's.
func TestReportOfOneOwner(t *testing.T) {
	list, calls, fair := did("list", "ann", "2026-04-01", "2026-04-03", ""), did("calls", "bo", "2026-04-06", "2026-04-10", "", "list"), did("fair", "ann", "2026-04-06", "2026-04-30", "")
	list.Budget, fair.Budget = kpi.Int(400), kpi.Int(600)
	p := planOf(list, calls, fair)
	p.Milestones = []action.Milestone{{ID: "listed", Due: day("2026-04-03"), Actions: []string{"list"}}, {ID: "called", Due: day("2026-04-10"), Actions: []string{"list", "calls"}}}
	in := action.Input{AsOf: day("2026-04-13"), Records: []action.Record{{Action: "list", Started: day("2026-04-01"), Done: day("2026-04-04")}, {Action: "fair", Started: day("2026-04-06")}},
		Costs: []action.Cost{{Action: "list", Day: day("2026-04-02"), Kind: action.Spent, Amount: kpi.Int(300)}}}
	whole := track(t, p, in)
	ann := whole.Of(func(person string) bool { return person == "ann" }, p.Milestones)
	if g := ann.Progress; g.Planned != 2 || g.Done != 1 || g.Running != 1 || g.OnTime != 0 || g.DoneShare != kpi.RatioOf(1, 2) || g.OnTimeShare != kpi.RatioOf(0, 1) {
		t.Errorf("progress %+v", g)
	}
	if b := ann.Budget.Total; b.Planned != kpi.Int(1000) || b.Spent != kpi.Int(300) || b.Available != kpi.Int(700) || ann.Budget.Unit != p.Unit {
		t.Errorf("budget %+v", b)
	}
	if len(ann.Milestones) != 1 || ann.Milestones[0].Milestone != "listed" || ann.Milestones[0].Status != action.Done || ann.Milestones[0].DaysLate != 1 {
		t.Errorf("milestones %+v", ann.Milestones)
	}
	bo := whole.Of(func(person string) bool { return person == "bo" }, p.Milestones)
	if len(bo.Milestones) != 0 || len(bo.Late) != 1 || bo.Late[0].Action != "calls" || len(bo.Late[0].Milestones) != 0 || len(bo.Findings) != 1 || bo.Findings[0].Code != "overdue" {
		t.Errorf("bo: %+v, %+v, %+v", bo.Milestones, bo.Late, bo.Findings)
	}
	back(t, ann)
	back(t, bo)
	// dee does the calls for bo: they are late on the page of dee, who is not
	// told whose they are; the money and the progress stay those of bo.
	lent := did("calls", "bo", "2026-04-06", "2026-04-10", "", "list")
	lent.Roles = []action.Role{{Person: "bo", Part: action.Accountable}, {Person: "dee", Part: action.Responsible}}
	dee := planOf(list, lent, fair)
	part := track(t, dee, in).Of(func(person string) bool { return person == "dee" }, nil)
	if len(part.Late) != 1 || part.Late[0].Action != "calls" || part.Late[0].Owner != "" || !slices.Equal(part.Late[0].Doing, []string{"dee"}) || part.Progress.Planned != 0 || len(part.Actions)+len(part.Findings) > 0 {
		t.Errorf("dee: %+v", part)
	}
	none := whole.Of(func(string) bool { return false }, p.Milestones)
	if none.Progress.Planned != 0 || none.Progress.DoneShare.Value().Defined() || len(none.Actions)+len(none.Late)+len(none.Owners) > 0 {
		t.Errorf("nobody: %+v", none)
	}
	back(t, none)
}

// Of everybody it is the report itself, but for what belongs to the whole;
// parts of a partition add up; a part names nobody else's actions; and the
// report stays as it is.
func TestPartsOfAReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		whole := track(t, p, drawInput(t, p))
		before := string(encode(t, whole))
		all := whole.Of(func(string) bool { return true }, p.Milestones)
		if all.Progress != whole.Progress || !slices.Equal(all.Owners, whole.Owners) || !slices.EqualFunc(all.Late, whole.Late, func(a, b action.Late) bool { return a.Action == b.Action && slices.Equal(a.Blocked, b.Blocked) }) {
			t.Fatalf("of all: %+v, want %+v", all.Progress, whole.Progress)
		}
		planned, spent := int64(0), kpi.Int(0)
		for _, o := range whole.Owners {
			part := whole.Of(func(person string) bool { return person == o.ID }, p.Milestones)
			if part.Progress != o.Progress {
				t.Fatalf("%s: %+v, want %+v", o.ID, part.Progress, o.Progress)
			}
			planned, spent = planned+part.Progress.Planned, spent.Add(part.Budget.Total.Spent)
			text := string(encode(t, part))
			for _, a := range whole.Actions {
				does := slices.ContainsFunc(part.Late, func(l action.Late) bool {
					return l.Action == a.Action && slices.Equal(l.Doing, []string{o.ID}) && l.Owner == ""
				})
				if a.Owner != o.ID && !does && strings.Contains(text, `"`+a.Action+`"`) {
					t.Fatalf("the part of %s names %s of %s: %s", o.ID, a.Action, a.Owner, text)
				}
			}
		}
		if planned != whole.Progress.Planned || spent != all.Budget.Total.Spent {
			t.Fatalf("parts have %d actions and %v spent, the whole %d and %v", planned, spent, whole.Progress.Planned, all.Budget.Total.Spent)
		}
		if string(encode(t, whole)) != before {
			t.Fatal("the report was changed")
		}
	})
}
