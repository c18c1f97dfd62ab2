package plan_test

import (
	"fmt"
	"log"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// selling is a plan of one seller whose calls take a quarter of an hour, 1/32
// of a day.
func selling() action.Plan {
	return action.Plan{ID: "sell", Period: period("2026-Q2"), Unit: kpi.Money("USD", 2), People: []action.Person{{ID: "bo"}},
		Activities: []action.Activity{{ID: "call", Effort: kpi.Frac(1, 32)}}}
}

// wayOf needs 12 new deals by 28 April, at 7.5 calls each.
func wayOf() funnel.Reverse {
	return funnel.Reverse{Period: period("2026-Q2"), New: kpi.Int(12), Stages: []funnel.ReverseStage{{Stage: "lead", By: day("2026-04-28")}, {Stage: "offer", By: day("2026-06-10")}},
		Activities: []funnel.ActivityNeed{{Activity: "call", PerDeal: kpi.RatioOf(15, 2)}}}
}

func TestTaskNeed(t *testing.T) {
	need, ok := plan.TaskNeed("bo", wayOf())
	if !ok {
		t.Fatal("no need")
	}
	work := workdays(t, "2026")
	agenda, err := selling().Agenda(action.AgendaQuestion{AsOf: day("2026-03-31"), Work: work, Needs: []action.Need{need}})
	if err != nil {
		t.Fatal(err)
	}
	// 1 to 28 April are 20 working days: 90 calls are 4.5 a day, 5 by the first;
	// 0.6 deals, so 1 by the first. By 3 April 3 of 20: ⌈13.5⌉ and ⌈1.8⌉.
	count := func(tasks []action.Task, kind action.TaskKind) kpi.Value {
		for _, task := range tasks {
			if task.Kind == kind {
				return task.Count
			}
		}
		return kpi.Value{}
	}
	bo := agenda.People[0]
	for _, c := range []struct {
		of   []action.Task
		kind action.TaskKind
		want int64
	}{{bo.Day, action.DoActivity, 5}, {bo.Day, action.NewDeals, 1}, {bo.Week, action.DoActivity, 14}, {bo.Week, action.NewDeals, 2}, {bo.Month, action.DoActivity, 90}, {bo.Month, action.NewDeals, 12}} {
		if got := count(c.of, c.kind); got != kpi.Int(c.want) {
			t.Errorf("%v: %v, want %d", c.kind, got, c.want)
		}
	}
	load, err := selling().Workload(action.LoadQuestion{AsOf: day("2026-03-31"), Period: period("2026-04"), Grain: calendar.Monthly, Work: work, Needs: []action.Need{need}})
	if err != nil || load.Total.Activities != kpi.Frac(90, 32) {
		t.Errorf("%v, %v", load.Total, err)
	}

	late := wayOf()
	late.Stages[0].By = 0
	if need, _ := plan.TaskNeed("bo", late); need.Until != day("2026-06-30") {
		t.Errorf("no lead time: %v", need.Until)
	}
	late.New = kpi.Undefined(kpi.TooFew)
	if _, ok := plan.TaskNeed("bo", late); ok {
		t.Error("nobody knows how many")
	}
	if _, ok := plan.TaskNeed("bo", funnel.Reverse{New: kpi.Int(1)}); ok {
		t.Error("of no period")
	}
}

// From the way back to what bo has to do tomorrow.
func ExampleTaskNeed() {
	need, ok := plan.TaskNeed("bo", wayOf()) // funnel.Analysis.Reverse of bo's deals
	if !ok {
		log.Fatal("nobody knows how many deals it takes")
	}
	agenda, err := selling().Agenda(action.AgendaQuestion{AsOf: day("2026-03-31"), Needs: []action.Need{need}})
	if err != nil {
		log.Fatal(err)
	}
	for _, task := range agenda.People[0].Day {
		fmt.Println(task.Kind, task.ID, task.Count)
	}
	// Output:
	// new_deals  1
	// activity call 4
}
