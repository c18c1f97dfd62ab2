package main

import (
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

const (
	goalHead        = "from,through,objective,objective_zh,base,stretch,led_by,committed_on\n"
	marketHead      = "segment,segment_zh,size,size_before,ours,ours_before,reachable,source\n"
	needsHead       = "need,need_zh,importance,satisfaction,rated_importance,rated_satisfaction,evidence\n"
	assumptionsHead = "assumption,assumption_zh,owner,made,review,state\n"
	commitHead      = "owner,amount,given_on\n"
	strategiesHead  = "strategy,strategy_zh,kind,lever,change,evidence,evidence_zh,start,owner,budget,sellers,chosen_low\n"
	actionsHead     = "action,action_zh,strategy,accountable,responsible,effort,start,due,after,budget\n"
	progressHead    = "day,action,what,amount\n"
	historyHead     = "seller,month,amount\n"
	activitiesHead  = "seller,month,calls,meetings\n"
)

// Every problem of every file of the plan comes at once, with file, line and
// column.
func TestBrokenPlanFiles(t *testing.T) {
	for name, test := range map[string]struct {
		why   string
		pairs []string
		want  []string
	}{
		"goal": {"days in the wrong order, an amount below zero, nobody who leads it; and a second goal",
			[]string{goalFile, goalHead + "2026-12-31,2026-01-01,Grow,增长,-1,9,,2025-12-01\n2026-01-01,2026-12-31,More,更多,1,2,Bo,2025-12-01\n"},
			[]string{"goal.csv:2:base: below zero", "goal.csv:2:led_by: no value", "goal.csv:2:through: before from", "goal.csv:3:from: one goal only"}},
		"market": {"a share above 1, a size that is missing, a name twice",
			[]string{marketFile, marketHead + "East,东,,1,1,1,1.5,x\nEast,东,1,1,1,1,0.5,x\n"},
			[]string{"market.csv:2:reachable: too large", "market.csv:2:size: no value", "market.csv:3:segment: duplicate name"}},
		"needs": {"off the scale of ten, and a count that is none",
			[]string{needsFile, needsHead + "Speed,速度,11,5,3.5,2,\n"},
			[]string{"needs.csv:2:importance: too large", "needs.csv:2:rated_importance: not a count"}},
		"assumptions": {"looked at before it was made, and an unknown word",
			[]string{assumptionsFile, assumptionsHead + "Prices stay,价格不变,Bo,2026-02-01,2026-01-01,maybe\n"},
			[]string{"assumptions.csv:2:state: unknown word", "assumptions.csv:2:review: before it was made"}},
		"commitments": {"somebody whom nobody knows, and twice",
			[]string{commitmentsFile, commitHead + "Zoe,1,2025-12-01\nAnn,1,2025-12-01\nAnn,2,2025-12-31\n"},
			[]string{"commitments.csv:2:owner: unknown owner", "commitments.csv:4:owner: committed twice"}},
		"strategies": {"words, a change of nothing, and a seller who is not there",
			[]string{strategiesFile, strategiesHead + "Fair,展会,party,luck,0,,,2026-01-01,Bo,1,Zoe,perhaps\n"},
			[]string{"strategies.csv:2:chosen_low: unknown word", "strategies.csv:2:kind: unknown word", "strategies.csv:2:lever: unknown word", "strategies.csv:2:change: not a change", "strategies.csv:2:sellers: unknown seller"}},
		"actions": {"a strategy and an action that are not there",
			[]string{strategiesFile, strategiesHead, actionsFile, actionsHead + "Call,电话,Fair,Bo,Ann,1,2026-01-01,2026-02-01,Write,\n"},
			[]string{"actions.csv:2:strategy: unknown strategy", "actions.csv:2:after: unknown action"}},
		"circle": {"actions that wait for one another are found by the library",
			[]string{actionsFile, actionsHead + "A,甲,,Bo,Ann,1,2026-01-01,2026-02-01,B,\nB,乙,,Bo,Ann,1,2026-01-01,2026-02-01,A,\n"},
			[]string{"actions.csv"}},
		"days": {"due before it begins",
			[]string{actionsFile, actionsHead + "A,甲,,Bo,Ann,1,2026-02-01,2026-01-01,,\n"},
			[]string{"actions.csv:2"}},
		"progress": {"of an action that is not there, a word, an amount that is missing",
			[]string{actionsFile, actionsHead + "A,甲,,Bo,Ann,1,2026-01-01,2026-02-01,,\n", progressFile, progressHead + "2026-01-01,B,started,\n2026-01-01,A,begun,\n2026-01-01,A,spent,\n"},
			[]string{"progress.csv:2:action: unknown action", "progress.csv:3:what: unknown word", "progress.csv:4:amount: no value"}},
		"done before begun": {"the journal contradicts itself",
			[]string{actionsFile, actionsHead + "A,甲,,Bo,Ann,1,2026-01-01,2026-02-01,,\n", progressFile, progressHead + "2026-01-20,A,started,\n2026-01-10,A,done,\n"},
			[]string{"progress.csv"}},
		"history": {"a quarter is no month, a seller nobody knows, a month twice",
			[]string{historyFile, historyHead + "Ann,2025-Q1,1\nZoe,2025-01,1\nAnn,2025-02,1\nAnn,2025-02,2\n"},
			[]string{"history.csv:2:month: not a month", "history.csv:3:seller: unknown seller", "history.csv:5:month: month twice"}},
		"activities": {"counts are whole numbers",
			[]string{activitiesFile, activitiesHead + "Ann,2026-01,1.5,-2\n"},
			[]string{"activities.csv:2:calls: not a count", "activities.csv:2:meetings: not a count"}},
		"header": {"a file that is there is read, and not left out",
			[]string{needsFile, "need\n"},
			[]string{"needs.csv:1:need_zh: no such column"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(folder(test.pairs...), calendar.Calendar{})
			problems := check.All(err)
			for _, want := range test.want {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("%s: %q is not among\n%v", test.why, want, err)
				}
			}
			if len(problems) < len(test.want) {
				t.Errorf("%s: %d problems, want %d at least", test.why, len(problems), len(test.want))
			}
		})
	}
}

// What is in the deals and not in the books is named.
func TestBooksBelowDeals(t *testing.T) {
	records := read(t, historyFile, historyHead+"王伟,2026-02,4514.24\nAnn,2026-02,1\n") // one cent less than the only deal
	for _, f := range records.Findings {
		if f.Code == "books_below_deals" && f.Args["count"] == "1" && f.Args["names"] == "王伟 2026-02" {
			return
		}
	}
	t.Errorf("not found: %+v", records.Findings)
}

// A review as of a day knows no event after it.
func TestRecordsAsOf(t *testing.T) {
	p := read(t, actionsFile, actionsHead+"A,甲,,Bo,Ann,1,2026-01-01,2026-02-01,,\n",
		progressFile, progressHead+"2026-01-05,A,started,\n2026-01-20,A,left,3\n2026-01-22,A,spent,9\n2026-01-30,A,done,\n").Plan
	early, late := p.records(calendar.MustDay("2026-01-19")), p.records(calendar.MustDay("2026-01-30"))
	if len(early) != 1 || early[0].Left.Defined() || !early[0].Done.IsZero() || early[0].Started.IsZero() {
		t.Errorf("on the 19th %+v", early)
	}
	if len(late) != 1 || !late[0].Left.Defined() || late[0].Done.IsZero() || len(p.costs()) != 1 {
		t.Errorf("on the 30th %+v", late)
	}
}
