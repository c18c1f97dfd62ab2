package steps_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
)

// told reads events written as "entity name hour, …".
func told(text string) *steps.Journeys {
	j := &steps.Journeys{}
	for i, part := range strings.Split(text, ", ") {
		var entity, name string
		var hour int
		if _, err := fmt.Sscan(part, &entity, &name, &hour); err != nil {
			panic(part)
		}
		j.Add(steps.Event{Entity: entity, Name: name, At: hours(hour), Seq: int64(i)})
	}
	return j
}

// threeSteps is a, b, c within ten hours.
func threeSteps() steps.Definition {
	return steps.Definition{ID: "abc", Window: hourly(10), Steps: []steps.Step{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
}

// Two entries before one next step: 110 s from the first, 10 s from the last,
// and both. Case PH39 of the peers, whose notes give the figures.
func TestClock(t *testing.T) {
	j := &steps.Journeys{}
	for _, e := range []struct {
		name   string
		second int
	}{{"one", 0}, {"one", 100}, {"two", 110}} {
		j.Add(steps.Event{Entity: "d1", Name: e.name, At: clockStart().Add(time.Duration(e.second) * time.Second)})
	}
	d := steps.Definition{ID: "d", Window: steps.Days(14), Steps: []steps.Step{{ID: "one"}, {ID: "two"}}}
	for clock, want := range map[steps.Clock]string{
		steps.FirstEntry: "1 entities, 2 attempts, n 1, mean 110",
		steps.LastEntry:  "1 entities, 2 attempts, n 1, mean 10",
		steps.EachVisit:  "1 entities, 2 attempts, n 2, mean 60",
	} {
		d.Clock = clock
		r := report(t, j, d, steps.Question{AsOf: hours(1)})
		s := r.Steps[1]
		if got := fmt.Sprintf("%d entities, %d attempts, n %d, mean %s", s.Entities, s.Attempts, r.Time.N, r.Time.Mean); got != want {
			t.Errorf("%s: got %s, want %s", clock, got, want)
		}
	}
}

// Each history is worked out by hand from the definition.
func TestLevels(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		events string
		change func(*steps.Definition)
		want   string // entities, attempts and events at each step
	}{
		"three counts":      {"a twice before b: two attempts, and one of three b serves", "u a 0, u a 1, u b 2, u b 3, u b 20", nil, "1/2/2 1/2/3 0/0/0"},
		"at the edge":       {"exactly ten hours after is in time", "u a 0, u b 10", nil, "1/1/1 1/1/1 0/0/0"},
		"behind the edge":   {"and is not where the edge is exclusive", "u a 0, u b 10", func(d *steps.Definition) { d.Edge = steps.Exclusive }, "1/1/1 0/0/1 0/0/0"},
		"window of start":   {"the window runs from a, not from b", "u a 0, u b 9, u c 11", nil, "1/1/1 1/1/1 0/0/1"},
		"later attempt":     {"the second a has its own window", "u a 0, u a 5, u b 9, u c 14", nil, "1/2/2 1/2/1 1/1/1"},
		"gap most":          {"c more than two hours after b", "u a 0, u b 1, u c 4", func(d *steps.Definition) { d.Steps[2].MaxGap = hourly(2) }, "1/1/1 1/1/1 0/0/1"},
		"gap from first b":  {"the first chance is taken, and the gap runs from it", "u a 0, u b 1, u b 3, u c 4", func(d *steps.Definition) { d.Steps[2].MaxGap = hourly(2) }, "1/1/1 1/1/2 0/0/1"},
		"gap least":         {"the first b that is two hours after a", "u a 0, u b 1, u b 2, u c 3", func(d *steps.Definition) { d.Steps[1].MinGap = hourly(2) }, "1/1/1 1/1/2 1/1/1"},
		"gap exclusive":     {"exactly at the end of a gap", "u a 0, u b 2", func(d *steps.Definition) { d.Edge, d.Steps[1].MaxGap = steps.Exclusive, hourly(2) }, "1/1/1 0/0/1 0/0/0"},
		"other way round":   {"b and a in one instant may be taken in any order", "u b 0, u a 0", nil, "1/1/1 1/1/1 0/0/0"},
		"by sequence":       {"b came first", "u b 0, u a 0", func(d *steps.Definition) { d.Ties = steps.BySequence }, "1/1/1 0/0/1 0/0/0"},
		"later instants":    {"b has to be later", "u a 0, u b 0, u b 1, u c 1", func(d *steps.Definition) { d.Ties = steps.LaterInstants }, "1/1/1 1/1/2 0/0/1"},
		"one event each":    {"a step of its own needs an event of its own", "u a 0", func(d *steps.Definition) { d.Steps[1].Events = []string{"a"} }, "1/1/1 0/0/1 0/0/0"},
		"a or b, then a":    {"the a must be left for the third step, and b can be the second", "u a 0, u b 5, u a 5", func(d *steps.Definition) { d.Steps[1].Events, d.Steps[2].Events = []string{"a", "b"}, []string{"a"} }, "1/2/2 1/2/3 1/1/2"},
		"strict":            {"x comes between a and b", "u a 0, u x 1, u b 2, u c 3", func(d *steps.Definition) { d.Order = steps.Strict }, "1/1/1 0/0/1 0/0/1"},
		"strict again":      {"the second a starts anew", "u a 0, u x 1, u a 2, u b 3, u c 4, u x 5", func(d *steps.Definition) { d.Order = steps.Strict }, "1/2/2 1/1/1 1/1/1"},
		"strict tie":        {"x in the instant of b comes after it and before c", "u a 0, u b 1, u x 1, u c 2", func(d *steps.Definition) { d.Order = steps.Strict }, "1/1/1 1/1/1 0/0/1"},
		"strict entry tie":  {"x in the instant of a came before it", "u x 0, u a 0, u b 1", func(d *steps.Definition) { d.Order = steps.Strict }, "1/1/1 1/1/1 0/0/0"},
		"unordered":         {"c, b and a within the window, whatever the order", "u c 0, u b 1, u a 2", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/1/1 1/1/1 1/1/1"},
		"unordered window":  {"the attempt of a has b, that of b alone gets no further, c opens one of its own", "u a 0, u b 9, u c 11", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/2/1 1/1/1 0/0/1"},
		"unordered further": {"the b that the first attempt took gets further by itself", "u a 0, u b 9, u c 11, u a 12", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/2/2 1/2/1 1/1/1"},
		"unordered twice":   {"both runs are attempts, their tails are none", "u a 0, u b 1, u c 2, u c 3, u a 4, u b 5", func(d *steps.Definition) { d.Order = steps.Unordered }, "1/2/2 1/2/2 1/2/2"},
		"exclusion":         {"x between a and b drops the entity", "u a 0, u x 1, u b 2", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "0/0/1 0/0/1 0/0/0"},
		"clean attempt":     {"the second attempt got as far, without x", "u a 0, u x 1, u b 2, u a 3, u b 4", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "1/1/2 1/1/2 0/0/0"},
		"clean but shorter": {"only a shorter attempt is clean", "u a 0, u x 1, u b 2, u a 30", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "0/1/2 0/0/1 0/0/0"},
		"x at a step":       {"at the very instant of b it is not between", "u a 0, u x 1, u b 1, u c 2", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "1/1/1 1/1/1 1/1/1"},
		"x at the end":      {"at the end of the window nothing is left to spoil", "u a 0, u x 10", func(d *steps.Definition) { d.Exclusions = []steps.Exclusion{{Events: []string{"x"}}} }, "1/1/1 0/0/0 0/0/0"},
		"x after the gap": {"b had an hour, and x came later", "u a 0, u x 2", func(d *steps.Definition) {
			d.Exclusions, d.Steps[1].MaxGap = []steps.Exclusion{{Events: []string{"x"}}}, hourly(1)
		}, "1/1/1 0/0/0 0/0/0"},
		"x elsewhere": {"it matters from b to c alone", "u a 0, u x 1, u b 2, u c 3", func(d *steps.Definition) {
			d.Exclusions = []steps.Exclusion{{Events: []string{"x"}, From: "b", To: "c"}}
		}, "1/1/1 1/1/1 1/1/1"},
		"optional":   {"left out", "u a 0, u c 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/1/1 0/0/0 1/1/1"},
		"on the way": {"b between a and c", "u a 0, u b 1, u c 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/1/1 1/1/1 1/1/1"},
		"too late":   {"b after c is not on the way", "u a 0, u c 1, u b 2", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/1/1 0/0/1 1/1/1"},
		"either way": {"of two attempts that got as far the second had b", "u a 0, u c 1, u a 20, u b 21, u c 22", func(d *steps.Definition) { d.Steps[1].Optional = true }, "1/2/2 1/1/1 1/2/2"},
		"no entry":   {"b and c without a", "u b 0, u c 1", nil, "0/0/0 0/0/1 0/0/1"},
		"two":        {"each for itself", "u a 0, v a 0, v b 1, w b 1", nil, "2/2/2 1/1/2 0/0/0"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Error("no why")
			}
			d := threeSteps()
			if test.change != nil {
				test.change(&d)
			}
			var got []string
			for _, s := range report(t, told(test.events), d, steps.Question{AsOf: hours(1000)}).Steps {
				got = append(got, fmt.Sprintf("%d/%d/%d", s.Entities, s.Attempts, s.Events))
			}
			if s := strings.Join(got, " "); s != test.want {
				t.Errorf("%s: got %s, want %s", test.why, s, test.want)
			}
		})
	}
}

// 32 steps and 32 exclusions are the most there may be, and work: v does all
// steps, two hours apart, with an exclusion before the last, which in an
// unordered funnel ends the attempt and where steps are strict breaks it.
func TestMostSteps(t *testing.T) {
	d := steps.Definition{ID: "d", Window: steps.Unlimited}
	j := &steps.Journeys{}
	for i := range steps.MostSteps {
		d.Steps = append(d.Steps, steps.Step{ID: fmt.Sprint("s", i)})
		d.Exclusions = append(d.Exclusions, steps.Exclusion{Events: []string{fmt.Sprint("x", i)}})
		j.Add(steps.Event{Entity: "u", Name: fmt.Sprint("s", i), At: hours(0)})
		j.Add(steps.Event{Entity: "v", Name: fmt.Sprint("s", i), At: hours(2 * i)})
	}
	j.Add(steps.Event{Entity: "v", Name: "x31", At: hours(61)})
	for order, want := range map[steps.Order]string{steps.Ordered: "1 1 1", steps.Strict: "1 1 1", steps.Unordered: "2 1 0"} {
		d.Order = order
		r := report(t, j, d, steps.Question{AsOf: hours(99)})
		if got := fmt.Sprint(r.Steps[30].Entities, r.Steps[31].Entities, r.Entities.Dropped); got != want {
			t.Errorf("%s: got %s, want %s", order, got, want)
		}
	}
}
