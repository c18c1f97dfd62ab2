package action_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan/action"
	"pgregory.net/rapid"
)

// formula has every lever, one of them below the line.
func aimOf(t tester, p action.Plan, work calendar.WorkCalendar) action.Aim {
	t.Helper()
	f, err := kpi.ParseFormula("leads * conversion * deal_size * 30 / cycle + base * retention")
	if err != nil {
		t.Fatal(err)
	}
	a := action.Aim{Goal: "g", Period: p.Period, Target: kpi.Int(10_000), Formula: f, Work: work, Drivers: []action.Driver{
		{ID: "leads", Lever: action.Leads, Value: num("100")}, {ID: "conversion", Lever: action.Conversion, Value: num("0.9")}, {ID: "deal_size", Lever: action.DealSize, Value: num("80")},
		{ID: "cycle", Lever: action.Cycle, Value: num("30")}, {ID: "base", Value: num("500")}, {ID: "retention", Lever: action.Retention, Value: num("0.8")}}}
	for l := action.Leads; l <= action.Retention; l++ {
		a.LeadTimes = append(a.LeadTimes, action.LeadTime{Lever: l, Days: int(l) * 9 % 31})
	}
	return a
}

// everything asks a plan all there is to ask.
func everything(t tester, p action.Plan, in action.Input, needs []action.Need) (all [][]byte) {
	t.Helper()
	report := track(t, p, in)
	all = append(all, encode(t, report))
	load, err := p.Workload(action.LoadQuestion{Period: through("2026-03-20", "2026-07-31"), Grain: calendar.Weekly, Work: in.Work, AsOf: in.AsOf, Records: in.Records, Needs: needs})
	if err != nil {
		t.Fatal(err)
	}
	agenda, err := p.Agenda(action.AgendaQuestion{AsOf: in.AsOf, Work: in.Work, Records: in.Records, Needs: needs})
	if err != nil {
		t.Fatal(err)
	}
	promise, err := p.Promise(aimOf(t, p, in.Work))
	if err != nil {
		t.Fatal(err)
	}
	back(t, report)
	back(t, load)
	back(t, agenda)
	back(t, promise)
	return append(all, encode(t, load), encode(t, agenda), encode(t, promise), encode(t, p.Matrix()))
}

// The same plan and records in any order give the same bytes; nothing that
// came in is touched, and everything goes through JSON.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		in, needs := drawInput(t, p), drawNeeds(t, p)
		before := encode(t, []any{p, in, needs})
		want := everything(t, p, in, needs)
		if after := encode(t, []any{p, in, needs}); !bytes.Equal(before, after) {
			t.Fatalf("the input became %s", after)
		}
		in.Records, in.Costs, in.Gains = mix(t, in.Records), mix(t, in.Costs), mix(t, in.Gains)
		got := everything(t, mixed(t, p), in, mix(t, needs))
		for i := range want {
			if !bytes.Equal(got[i], want[i]) {
				t.Errorf("got  %s\nwant %s", got[i], want[i])
			}
		}
		back(t, p)
		back(t, in)
	})
}

// Every count belongs to one status, and groups add up to the whole.
func TestProgressAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		r := track(t, p, drawInput(t, p))
		whole := r.Progress
		if whole.Planned != whole.ToCome+whole.LateToStart+whole.Running+whole.Overdue+whole.Done || whole.Planned+whole.Dropped != int64(len(p.Actions)) {
			t.Errorf("%+v", whole)
		}
		for _, groups := range [][]action.ProgressOf{r.Strategies, r.Owners} {
			sum := int64(0)
			for _, g := range groups {
				sum += g.Progress.Planned + g.Progress.Dropped
			}
			if sum != int64(len(p.Actions)) {
				t.Errorf("groups hold %d of %d", sum, len(p.Actions))
			}
		}
		if len(r.Late) != int(whole.Overdue+whole.LateToStart) {
			t.Errorf("%d are late, listed %d", whole.Overdue+whole.LateToStart, len(r.Late))
		}
	})
}

// Money is what the actions and the entries say, line by line.
func TestBudgetReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		in := drawInput(t, p)
		r := track(t, p, in)
		lines, actions, entries := kpi.Int(0), kpi.Int(0), kpi.Int(0)
		for _, l := range r.Budget.Strategies {
			lines = lines.Add(l.Spent).Add(l.Committed)
			if l.Spent == kpi.Int(0) && l.Return.Defined() {
				t.Errorf("a return on nothing: %+v", l)
			}
		}
		for _, s := range r.Actions {
			actions = actions.Add(s.Spending.Spent).Add(s.Spending.Committed)
		}
		later := int64(0)
		for _, c := range in.Costs {
			if c.Day > in.AsOf {
				later++
				continue
			}
			entries = entries.Add(c.Amount)
			if c.Action == "" {
				actions = actions.Add(c.Amount)
			}
		}
		if total := r.Budget.Total.Spent.Add(r.Budget.Total.Committed); lines != total || actions != total || entries != total || later != r.Budget.Later {
			t.Errorf("lines %v, actions %v, entries %v, total %v", lines, actions, entries, total)
		}
	})
}

// A slow model of the schedule: what an action holds up is found by asking
// of each other whether a way leads there, and nothing is expected before
// what it waits for.
func TestScheduleAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		in := drawInput(t, p)
		r := track(t, p, in)
		open := func(id string) bool { s, _ := r.Status(id); return s.Status < action.Done }
		var waits func(a, b string) bool
		waits = func(a, b string) bool { // a waits for b, through open ones
			for _, x := range p.Actions {
				if x.ID != a || !open(a) {
					continue
				}
				for _, id := range x.After {
					if open(id) && (id == b || waits(id, b)) {
						return true
					}
				}
			}
			return false
		}
		end := calendar.Day(0)
		for _, s := range r.Actions {
			n := 0
			for _, o := range r.Actions {
				if s.Status < action.Done && waits(o.Action, s.Action) {
					n++
				}
			}
			if n != s.Blocks {
				t.Errorf("%s holds up %d, not %d", s.Action, n, s.Blocks)
			}
			end = max(end, s.Expected)
			if s.Slack.Sign() < 0 {
				t.Errorf("%+v", s)
			}
			for _, id := range s.BlockedBy {
				if b, _ := r.Status(id); s.Started.IsZero() && b.Expected >= s.Expected {
					t.Errorf("%s on %v, before %s on %v", s.Action, s.Expected, id, b.Expected)
				}
			}
		}
		if r.Chain.End != end || (end.IsZero()) != (len(r.Chain.Actions) == 0) {
			t.Errorf("chain ends %v, the last action %v", r.Chain.End, end)
		}
		for i, id := range r.Chain.Actions {
			s, _ := r.Status(id)
			if s.Slack != kpi.Int(0) {
				t.Errorf("%s is critical with slack %v", id, s.Slack)
			}
			if i > 0 && !slices.Contains(s.BlockedBy, r.Chain.Actions[i-1]) {
				t.Errorf("%s does not wait for %s", id, r.Chain.Actions[i-1])
			}
		}
	})
}

// What is to be done lies in some period or outside, however time is cut,
// and capacity is counted day by day.
func TestWorkloadReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		in, needs := drawInput(t, p), drawNeeds(t, p)
		q := action.LoadQuestion{Period: through("2026-03-30", "2026-06-28"), Work: in.Work}
		if rapid.Bool().Draw(t, "as of") {
			q.AsOf, q.Records, q.Needs = min(in.AsOf, day("2026-06-27")), in.Records, needs
		}
		totals := map[calendar.Grain]action.Workload{}
		for _, g := range []calendar.Grain{calendar.Daily, calendar.Weekly, calendar.Monthly} {
			q.Grain = g
			w, err := p.Workload(q)
			if err != nil {
				t.Fatal(err)
			}
			addsUp(t, w)
			totals[g] = w
		}
		for _, g := range []calendar.Grain{calendar.Weekly, calendar.Monthly} {
			for i, person := range totals[g].People {
				if by := totals[calendar.Daily].People[i]; by.Total != person.Total {
					t.Errorf("%s: by %v %+v, by day %+v", person.Person, g, person.Total, by.Total)
				}
			}
		}
		for i, person := range totals[calendar.Daily].People {
			for k, l := range person.Periods {
				if want := capacity(t, p, person.Person, totals[calendar.Daily].Periods[k].Start(), in.Work); l.Capacity != want {
					t.Errorf("%d %v: %v, want %v", i, totals[calendar.Daily].Periods[k], l.Capacity, want)
				}
			}
		}
	})
}

func addsUp(t *rapid.T, w action.Workload) {
	sum := kpi.Int(0)
	for _, p := range w.People {
		own := kpi.Int(0)
		for _, l := range p.Periods {
			own = own.Add(l.Total)
			if l.Total != l.Actions.Add(l.Routines).Add(l.Activities) || l.Over != l.Capacity.Less(l.Total) {
				t.Errorf("%+v", l)
			}
		}
		if own != p.Total.Total {
			t.Errorf("%s: %v and %v", p.Person, own, p.Total.Total)
		}
		sum = sum.Add(own)
	}
	byPeriod := kpi.Int(0)
	for _, l := range w.Totals {
		byPeriod = byPeriod.Add(l.Total)
	}
	if sum != w.Total.Total || byPeriod != sum || w.Effort != w.Total.Actions.Add(w.Outside) || w.Outside.Sign() < 0 {
		t.Errorf("people %v, periods %v, total %v; effort %v, actions %v, outside %v", sum, byPeriod, w.Total.Total, w.Effort, w.Total.Actions, w.Outside)
	}
}

// capacity asks about one day.
func capacity(t *rapid.T, p action.Plan, id string, d calendar.Day, work calendar.WorkCalendar) kpi.Value {
	for _, person := range p.People {
		if person.ID != id {
			continue
		}
		if worked, err := work.Worked(d); !work.IsZero() && (err != nil || !worked) {
			return kpi.Int(0)
		}
		for _, a := range person.Away {
			if a.Contains(d) {
				return kpi.Int(0)
			}
		}
		return person.Share.Or(kpi.Int(1))
	}
	t.Fatal("nobody")
	return kpi.Value{}
}

// The plan as it was made asks for every effort that was planned, whatever
// the periods.
func TestAllEffortIsPlanned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		want := kpi.Int(0)
		for _, a := range p.Actions {
			want = want.Add(a.Effort())
		}
		w, err := p.Workload(action.LoadQuestion{Period: through("2026-01-01", "2027-12-31"), Grain: calendar.Monthly})
		if err != nil {
			t.Fatal(err)
		}
		if w.Total.Actions != want || w.Outside != kpi.Int(0) {
			t.Errorf("%v of %v, outside %v", w.Total.Actions, want, w.Outside)
		}
	})
}

// A slow model of a promise: day by day, the formula with whatever effects
// show on that day.
func TestPromiseAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		work := calendar.WorkCalendar{}
		if rapid.Bool().Draw(t, "working days") {
			work = weekdays(t, "2026-05-01")
		}
		aim := aimOf(t, p, work)
		got, err := p.Promise(aim)
		if err != nil {
			t.Fatal(err)
		}
		sum, n := kpi.Int(0), int64(0)
		for d := aim.Period.Start(); d < aim.Period.End(); d++ {
			if worked, _ := work.Worked(d); !work.IsZero() && !worked {
				continue
			}
			n++
			sum = sum.Add(onDay(p, aim, d))
		}
		if want := sum.Div(kpi.Int(n)); got.Landing != want {
			t.Errorf("landing %v, want %v", got.Landing, want)
		}
		spans := kpi.Int(0)
		for _, s := range got.Spans {
			spans = spans.Add(s.Value)
		}
		if spans != got.Landing || got.Landing.Add(got.Beyond) != got.Full || got.Landing.Add(got.Left) != got.Target {
			t.Errorf("%+v", got)
		}
	})
}

func onDay(p action.Plan, aim action.Aim, d calendar.Day) kpi.Value {
	factor := map[action.Lever]kpi.Value{}
	up, down := map[action.Lever]kpi.Value{}, map[action.Lever]kpi.Value{}
	one := kpi.Int(1)
	for _, s := range p.Strategies {
		for _, e := range s.Effects {
			lead := 0
			for _, l := range aim.LeadTimes {
				if l.Lever == e.Lever {
					lead = l.Days
				}
			}
			if d < s.Start.Add(lead) || !s.End.IsZero() && d > s.End.Add(lead) {
				continue
			}
			f := one.Add(e.Change)
			factor[e.Lever] = factor[e.Lever].Or(one).Mul(f)
			up[e.Lever], down[e.Lever] = up[e.Lever].Or(one).Max(f), down[e.Lever].Or(one).Min(f)
		}
	}
	value := map[string]kpi.Value{}
	for _, driver := range aim.Drivers {
		f := factor[driver.Lever].Or(one)
		if p.Stacking == action.Larger {
			f = up[driver.Lever].Or(one).Mul(down[driver.Lever].Or(one))
		}
		v := driver.Value.Mul(f)
		if driver.ID == "conversion" || driver.ID == "retention" {
			v = v.Min(one)
		}
		value[driver.ID] = v
	}
	return aim.Formula.Eval(func(id string) kpi.Value { return value[id] })
}

// Counts of days add up to the whole number that is needed, and no person
// gets any on a day away.
func TestAgendaCountsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		work := weekdays(t, "2026-05-01")
		deals := rapid.Int64Range(0, 30).Draw(t, "deals")
		until := day("2026-05-29")
		need := action.Need{Person: p.People[0].ID, Deals: kpi.Int(deals), Until: until, Activities: []action.ActivityRate{{Activity: "call", PerDeal: kpi.RatioOf(22, 7)}}}
		asOf, calls := day("2026-04-30"), kpi.Int(0)
		for d := asOf; d < until; {
			w, err := p.Workload(action.LoadQuestion{Period: through(d.Add(1).String(), d.Add(1).String()), Grain: calendar.Daily, Work: work, AsOf: asOf, Needs: []action.Need{need}})
			if err != nil {
				t.Fatal(err)
			}
			for _, person := range w.People {
				if person.Person == need.Person {
					calls = calls.Add(person.Total.Activities)
					if person.Total.Capacity.Sign() == 0 && person.Total.Activities.Sign() > 0 {
						t.Errorf("work on a day away: %v", d+1)
					}
				}
			}
			d++
		}
		n, _ := kpi.Int(deals).Mul(kpi.Frac(22, 7)).Minor(0, kpi.Ceiling)
		free := kpi.Int(0)
		for d := asOf + 1; d <= until; d++ {
			free = free.Add(capacity(t, p, need.Person, d, work))
		}
		want := kpi.Int(n).Mul(kpi.Frac(1, 32))
		if free.Sign() == 0 {
			want = kpi.Int(0)
		}
		if calls != want {
			t.Errorf("%v days of calls, want %v", calls, want)
		}
	})
}
