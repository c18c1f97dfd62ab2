package action_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

// wrong has every kind of mistake.
func wrong() (action.Plan, []string) {
	undefined := kpi.Undefined(kpi.TooFew)
	p := action.Plan{Name: "\xff", Stacking: 9, Unit: kpi.Count(),
		Strategies: []action.Strategy{
			{ID: "s", Kind: action.Promotion, Start: day("2026-04-02"), End: day("2026-04-01"), Owner: "nobody", Budget: num("-1"), Goal: "\xff",
				Effects: []action.Effect{{Lever: action.Leads, Change: num("0.1")}, {Lever: action.Leads, Change: num("0")}, {Lever: 9, Change: num("-1")}, {Change: undefined, Evidence: "\xff"}, {Lever: action.Cycle}}},
			{ID: "s", Kind: 9}, {Start: calendar.Day(1)},
		},
		Actions: []action.Action{
			{ID: "a", Strategy: "t", Start: day("2026-04-05"), Due: day("2026-04-04"), After: []string{"b", "b", "", "z"}, Budget: undefined, Roles: []action.Role{
				{Person: "li", Part: action.Accountable}, {Person: "li", Part: action.Accountable, Effort: num("-1")}, {Person: "", Part: 9}, {Person: "nobody"}}},
			{ID: "b", Start: day("2026-04-01"), Due: day("2026-04-05"), After: []string{"a"}, Roles: []action.Role{{Person: "li", Part: action.Responsible}}},
			{ID: "a"},
			{ID: "c", Start: day("2026-04-01"), Due: day("2026-04-05"), After: []string{"c"}, Roles: []action.Role{{Person: "li", Part: action.Accountable}, {Person: "li", Part: action.Responsible}}},
		},
		Milestones: []action.Milestone{{ID: "m", Actions: []string{"z"}}, {ID: "m", Due: day("2026-04-01")}},
		People: []action.Person{{ID: "li", Share: num("0"), Away: []calendar.Period{through("2026-04-01", "2026-04-03"), {}, through("2026-04-03", "2026-04-04")}},
			{ID: "li", Name: "\xff", Share: undefined}, {Share: num("1.01")}},
		Routines:   []action.Routine{{ID: "r", Every: calendar.Quarterly, People: []string{"li", "li", "nobody"}, Effort: undefined}, {ID: "r", Every: calendar.Daily}},
		Activities: []action.Activity{{ID: "call", Effort: num("-1")}, {ID: "call"}},
	}
	return p, strings.Split(strings.TrimSpace(`
id missing_id
name not_utf8
period missing_period
unit not_money
stacking unknown_word
strategies[0].goal not_utf8
strategies[0].owner unknown_person
strategies[0].end end_before_start
strategies[0].effects[1].lever duplicate_lever
strategies[0].effects[1].change no_change
strategies[0].effects[2].lever unknown_word
strategies[0].effects[2].change not_above
strategies[0].effects[3].lever missing_lever
strategies[0].effects[3].change undefined_number
strategies[0].effects[3].evidence not_utf8
strategies[0].effects[4].change missing_number
strategies[0].budget below_zero
strategies[1].id duplicate_id
strategies[1].kind unknown_word
strategies[1].start missing_day
strategies[1].effects missing_effect
strategies[2].id missing_id
strategies[2].kind missing_kind
strategies[2].start year_out_of_range
strategies[2].effects missing_effect
actions[0].strategy unknown_strategy
actions[0].roles[1].effort below_zero
actions[0].roles[1].part duplicate_role
actions[0].roles[2].person missing_person
actions[0].roles[2].part unknown_word
actions[0].roles[3].person unknown_person
actions[0].roles[3].part missing_part
actions[0].roles not_one_accountable
actions[0].roles nobody_responsible
actions[0].due end_before_start
actions[0].after[1] duplicate_action
actions[0].after[2] missing_action
actions[0].after[3] unknown_action
actions[0].start starts_before_dependency
actions[0].start starts_before_dependency
actions[0].budget undefined_number
actions[1].roles not_one_accountable
actions[1].start starts_before_dependency
actions[2].id duplicate_id
actions[2].roles not_one_accountable
actions[2].roles nobody_responsible
actions[2].start missing_day
actions[2].due missing_day
actions[0].after cycle
actions[3].after cycle
milestones[0].due missing_day
milestones[0].actions[0] unknown_action
milestones[1].id duplicate_id
milestones[1].actions missing_action
people[0].share not_a_share
people[0].away[1] missing_period
people[0].away[2] away_overlap
people[1].id duplicate_id
people[1].name not_utf8
people[1].share undefined_number
people[2].id missing_id
people[2].share not_a_share
routines[0].every not_a_rhythm
routines[0].people[1] duplicate_person
routines[0].people[2] unknown_person
routines[0].effort undefined_number
routines[1].id duplicate_id
routines[1].people missing_person
activities[0].effort below_zero
activities[1].id duplicate_id`), "\n")
}

func TestEveryKindOfMistakeAtOnce(t *testing.T) {
	p, want := wrong()
	if got := problems(p.Validate()); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for name, err := range map[string]error{
		"track":    second(p.Track(action.Input{})),
		"workload": second(p.Workload(action.LoadQuestion{})),
		"agenda":   second(p.Agenda(action.AgendaQuestion{})),
		"promise":  second(p.Promise(action.Aim{})),
	} {
		got := check.All(err)
		if len(got) != len(want) || got[0].Path != "plan.id" {
			t.Errorf("%s: %d problems, the first %v", name, len(got), got[0])
		}
	}
	if len(p.Matrix()) != 3 {
		t.Errorf("%v", p.Matrix())
	}
}

func second[A any](_ A, err error) error { return err }

// Each circle is named once, from its first ID on, and not what merely waits
// for it.
func TestCircles(t *testing.T) {
	for _, tc := range []struct {
		name, why, links string
		want             []string
	}{
		{"none", "a way that ends is no circle", "a-b b-c", nil},
		{"two", "they wait for one another", "a-b b-a", []string{"a → b → a"}},
		{"itself", "it waits for itself", "b-b", []string{"b → b"}},
		{"tail", "c waits for the circle and is not part of it, and it waits for d", "a-b b-a c-a b-d", []string{"a → b → a"}},
		{"two circles", "each is named", "a-b b-a c-d d-e e-c b-c", []string{"a → b → a", "c → d → e → c"}},
		{"two that share one", "a is part of both, and b and c are each named", "a-b b-a a-c c-a", []string{"a → b → a", "a → c → a"}},
		{"a short cut", "the shortest circle through a leaves out b, which has one of its own", "a-b b-c a-c c-a", []string{"a → c → a", "a → b → c → a"}},
		{"first ID", "it is written from the least", "c-a a-b b-c", []string{"a → b → c → a"}},
	} {
		needWhy(t, tc.why)
		after := map[string][]string{}
		for _, link := range strings.Fields(tc.links) {
			from, to, _ := strings.Cut(link, "-")
			after[from] = append(after[from], to)
		}
		p := planOf()
		for _, id := range []string{"e", "d", "c", "b", "a"} {
			p.Actions = append(p.Actions, action.Action{ID: id, After: after[id]})
		}
		var got []string
		for _, e := range check.All(p.Validate()) {
			if errors.Is(e, check.ErrCycle) {
				got = append(got, e.Value)
			}
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v", tc.name, got)
		}
	}
}

// Whoever waits for itself, by whatever way, is in a circle that is named, each
// circle goes along the links, and nobody else is in one.
func TestCirclesAgainstReach(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "actions")
		p, reach := planOf(), make([][8]bool, n)
		for i := range n {
			a := action.Action{ID: string(rune('a' + i))}
			for k := range n {
				if rapid.IntRange(0, 3).Draw(t, "waits") == 0 {
					a.After, reach[i][k] = append(a.After, string(rune('a'+k))), true
				}
			}
			p.Actions = append(p.Actions, a)
		}
		links := slices.Clone(reach)
		for k := range n {
			for i := range n {
				for j := range n {
					reach[i][j] = reach[i][j] || reach[i][k] && reach[k][j]
				}
			}
		}
		named := map[int]bool{}
		for _, e := range check.All(p.Validate()) {
			if !errors.Is(e, check.ErrCycle) {
				continue
			}
			ids := strings.Split(e.Value, " → ")
			for k, id := range ids[1:] {
				i, j := int(ids[k][0]-'a'), int(id[0]-'a')
				if !links[i][j] {
					t.Errorf("%s does not wait for %s: %s", ids[k], id, e.Value)
				}
				named[j] = true
			}
		}
		for i := range n {
			if named[i] != reach[i][i] {
				t.Errorf("%s: named %t, waits for itself %t", p.Actions[i].ID, named[i], reach[i][i])
			}
		}
	})
}

// One more than allowed is said before anything else of the list.
func TestLimits(t *testing.T) {
	for _, tc := range []struct {
		name, want string
		plan       func(p *action.Plan)
	}{
		{"strategies", "strategies too_many", func(p *action.Plan) { p.Strategies = make([]action.Strategy, action.MaxStrategies+1) }},
		{"actions", "actions too_many", func(p *action.Plan) { p.Actions = make([]action.Action, action.MaxActions+1) }},
		{"people", "people too_many", func(p *action.Plan) { p.People = make([]action.Person, action.MaxPeople+1) }},
		{"milestones", "milestones too_many", func(p *action.Plan) { p.Milestones = make([]action.Milestone, action.MaxParts+1) }},
		{"routines", "routines too_many", func(p *action.Plan) { p.Routines = make([]action.Routine, action.MaxParts+1) }},
		{"activities", "activities too_many", func(p *action.Plan) { p.Activities = make([]action.Activity, action.MaxParts+1) }},
		{"roles", "actions[0].roles too_many", func(p *action.Plan) {
			p.Actions = []action.Action{{ID: "a", Roles: make([]action.Role, action.MaxLinks+1)}}
		}},
	} {
		p := planOf()
		tc.plan(&p)
		if got := problems(p.Validate()); len(got) == 0 || got[0] != tc.want {
			t.Errorf("%s: %v", tc.name, got[:min(2, len(got))])
		}
	}
}

func TestReading(t *testing.T) {
	for _, tc := range []struct {
		name, why, text string
		want            []string
	}{
		{"another schema", "the fields of another document would only be noise", `{"schema":"saleskpi/plan/1","x":1}`, []string{"schema unknown_schema"}},
		{"no schema", "it must say what it is", `{"id":"p"}`, []string{"schema missing_schema"}},
		{"unknown field", "a typing error is not a default", `{"schema":"saleskpi/actions/1","actions":[{"ownr":"x"}]}`, []string{"actions[0].ownr unknown_field"}},
		{"words", "a word that is none", `{"schema":"saleskpi/actions/1","strategies":[{"kind":"magic","effects":[{"lever":"luck"}]}],"stacking":"add"}`,
			[]string{"stacking unknown_word", "strategies[0].effects[0].lever unknown_word", "strategies[0].kind unknown_word"}},
		{"not valid", "what Validate would report", `{"schema":"saleskpi/actions/1","id":"p","period":{"start":"2026-04-01","end":"2026-07-01"},"unit":{"money":1,"currency":"USD"},"stacking":"larger","actions":[{"id":"a","start":"2026-04-01","due":"2026-04-02","roles":[]}]}`,
			[]string{"actions[0].roles not_one_accountable", "actions[0].roles nobody_responsible"}},
	} {
		needWhy(t, tc.why)
		p := planOf(did("kept", "li", "2026-06-01", "2026-06-02", ""))
		err := json.Unmarshal([]byte(tc.text), &p)
		if got := problems(err); !slices.Equal(got, tc.want) {
			t.Errorf("%s: %v", tc.name, got)
		}
		if p.Actions[0].ID != "kept" {
			t.Errorf("%s: the plan was changed", tc.name)
		}
	}
	p := planOf(did("kept", "li", "2026-06-01", "2026-06-02", ""))
	if err := json.Unmarshal([]byte("null"), &p); err != nil || len(p.Actions) != 1 {
		t.Errorf("null: %v", err)
	}
}

// What the plan of the examples looks like as a document is held by a file,
// so that every version of it is read for ever.
func TestStoredForm(t *testing.T) {
	golden(t, "testdata/spring.json", spring())
	golden(t, "testdata/report.json", track(t, spring(), action.Input{AsOf: day("2026-04-15"), Work: work(), Records: []action.Record{{Action: "stand", Done: day("2026-04-03")}}}))
}

func FuzzRead(f *testing.F) {
	f.Add(string(encode(f, spring())))
	f.Add(`{"schema":"saleskpi/actions/1","id":"p"}`)
	f.Add(`null`)
	f.Fuzz(func(t *testing.T, text string) {
		var p action.Plan
		if json.Unmarshal([]byte(text), &p) != nil || text == "null" {
			return
		}
		again := encode(t, p)
		var q action.Plan
		if err := json.Unmarshal(again, &q); err != nil || string(encode(t, q)) != string(again) {
			t.Errorf("%s came back as %s: %v", again, encode(t, q), err)
		}
		if _, err := p.Track(action.Input{AsOf: day("2026-05-01")}); err != nil {
			t.Errorf("%v of a plan that was read", err)
		}
	})
}
