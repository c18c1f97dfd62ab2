package funnel_test

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func slipped(s funnel.Slip) string {
	return fmt.Sprintf("%s to %s: %d pushes, %d pulls, %d crossings, %d back, +%d −%d", s.First, s.Last,
		s.Pushes, s.Pulls, s.Crossings, s.CrossedBack, s.PushedDays, s.PulledDays)
}

// One deal by calendar quarters, as of 30 January; worked by hand.
func TestSlippageOfOneDeal(t *testing.T) {
	type events = []funnel.Event
	expect := func(day int, close string) funnel.Event {
		return funnel.Event{At: on(day), ExpectedClose: calendar.MustDay(close)}
	}
	lead := funnel.Event{At: on(1), Stage: "lead"}
	for name, test := range map[string]struct {
		events events
		grain  calendar.Grain
		policy funnel.Policy
		want   []string // of each life
		why    string
	}{
		"three pushes and a pull": {events{lead, expect(2, "2026-03-31"), expect(3, "2026-04-15"), expect(4, "2026-04-30"), expect(5, "2026-06-30"), expect(6, "2026-05-31")}, 0, funnel.Policy{},
			[]string{"2026-03-31 to 2026-05-31: 3 pushes, 1 pulls, 1 crossings, 0 back, +91 −30"}, "15 + 15 + 61 − 30 = 61 days from 31 March to 31 May; the quarter is left once"},
		"the same by months": {events{lead, expect(2, "2026-03-31"), expect(3, "2026-04-15"), expect(4, "2026-04-30"), expect(5, "2026-06-30"), expect(6, "2026-05-31")}, calendar.Monthly, funnel.Policy{},
			[]string{"2026-03-31 to 2026-05-31: 3 pushes, 1 pulls, 2 crossings, 1 back, +91 −30"}, "into April and into June, and back into May"},
		"over two quarters":      {events{lead, expect(2, "2026-03-31"), expect(3, "2026-10-01")}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-10-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +184 −0"}, "one edit is one crossing, however far"},
		"set once":               {events{lead, expect(2, "2026-03-31")}, 0, funnel.Policy{}, []string{"1 dated, not edited"}, "the first date is no push"},
		"stated again":           {events{lead, expect(2, "2026-03-31"), expect(9, "2026-03-31")}, 0, funnel.Policy{}, []string{"1 dated, not edited"}, "a row that restates everything edits nothing"},
		"there and back":         {events{lead, expect(2, "2026-03-31"), expect(3, "2026-04-01"), expect(4, "2026-03-31")}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-03-31: 1 pushes, 1 pulls, 1 crossings, 1 back, +1 −1"}, "no net day, and still two edits"},
		"none":                   {events{lead}, 0, funnel.Policy{}, []string{"0 dated, not edited"}, "no date, nothing to slip"},
		"closing day":            {events{lead, expect(2, "2026-03-31"), {At: on(9), Stage: "won", ExpectedClose: january(9)}, expect(12, "2026-01-10")}, 0, funnel.Policy{}, []string{"1 dated, not edited"}, "the day of closing is no plan"},
		"opened again":           {events{lead, expect(2, "2026-03-31"), {At: on(9), Stage: "lost", ExpectedClose: january(9)}, {At: on(20), Stage: "lead", ExpectedClose: calendar.MustDay("2026-06-30")}}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-06-30: 1 pushes, 0 pulls, 1 crossings, 0 back, +91 −0"}, "one life: June instead of March"},
		"a new life":             {events{lead, expect(2, "2026-03-31"), expect(3, "2026-04-01"), {At: on(9), Stage: "lost"}, {At: on(20), Stage: "lead", ExpectedClose: calendar.MustDay("2026-06-30")}, expect(21, "2026-07-01")}, 0, funnel.Policy{Lives: funnel.NewLife}, []string{"2026-03-31 to 2026-04-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +1 −0", "2026-06-30 to 2026-07-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +1 −0"}, "a new attempt begins with a date of its own"},
		"a new life inherits":    {events{lead, expect(2, "2026-03-31"), {At: on(9), Stage: "lost"}, {At: on(20), Stage: "lead"}, expect(21, "2026-04-02")}, 0, funnel.Policy{Lives: funnel.NewLife}, []string{"1 dated, not edited", "2026-03-31 to 2026-04-02: 1 pushes, 0 pulls, 1 crossings, 0 back, +2 −0"}, "the old date is in force until it is edited"},
		"two dates in one row":   {events{lead, expect(2, "2026-03-31"), expect(3, "2026-03-30"), expect(3, "2026-04-01")}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-04-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +1 −0"}, "nothing says which is right: the later counts, as everywhere"},
		"undated":                {events{lead, {ExpectedClose: calendar.MustDay("2026-03-31")}, expect(3, "2026-04-01")}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-04-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +1 −0"}, "what always held comes first"},
		"after the as-of":        {events{lead, expect(2, "2026-03-31"), expect(31, "2026-04-01")}, 0, funnel.Policy{}, []string{"1 dated, not edited"}, "not known on the 30th"},
		"leap day, week 53":      {events{lead, expect(2, "2027-01-03"), expect(3, "2028-02-29")}, calendar.Weekly, funnel.Policy{}, []string{"2027-01-03 to 2028-02-29: 1 pushes, 0 pulls, 1 crossings, 0 back, +422 −0"}, "365 days to 3 January 2028, 57 more to 29 February"},
		"end of unknown time":    {events{lead, expect(2, "2026-03-31"), {Stage: "won"}, expect(3, "2026-04-01")}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-04-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +1 −0"}, "nobody knows that it was closed on the 3rd"},
		"before the first stage": {events{expect(1, "2026-03-31"), expect(2, "2026-04-01"), {At: on(5), Stage: "lead"}}, 0, funnel.Policy{}, []string{"2026-03-31 to 2026-04-01: 1 pushes, 0 pulls, 1 crossings, 0 back, +1 −0"}, "the stage log begins later than the edits"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.why == "" {
				t.Fatal("no why")
			}
			h, err := funnel.New(hardware())
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range test.events {
				e.Deal = "D"
				h.Add(e)
			}
			a, err := funnel.Analyze(h, funnel.Question{AsOf: on(30), Location: time.UTC, Policy: test.policy})
			if err != nil {
				t.Fatal(err)
			}
			byLife, _, err := a.By(func(d funnel.Deal) (string, bool) { return fmt.Sprint(d.Life), true })
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range test.want {
				s, err := byLife[i].Analysis.Slippage(funnel.SlipRule{Grain: test.grain})
				if err != nil {
					t.Fatal(err)
				}
				got, slip := fmt.Sprint(s.All.Dated, " dated, not edited"), funnel.Slip{}
				if len(s.Moved) > 0 {
					slip = s.Moved[0]
					got = slipped(slip)
				}
				if got != want {
					t.Errorf("%s\n got %s\nwant %s", test.why, got, want)
				}
				if s.All.DateEdits != slip.DateEdits || s.All.Net.Sum.Or(kpi.Int(0)) != kpi.Int(slip.NetDays()) || int64(slip.Last.Sub(slip.First)) != slip.NetDays() {
					t.Errorf("sum %+v, %+v", s.All, slip)
				}
			}
		})
	}
}

// Four open deals and two won: sums, distribution, those pushed often, and
// what an owner alone has. Worked by hand: A is pushed 1, 1 and 1 day, B
// once by 30, C pulled by 2, D has no date; W1, won, was pushed four times by
// a day, W2 never.
func TestSlippageOfMany(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	deal := func(id, owner string, amount int64, closes ...string) {
		h.Add(funnel.Event{Deal: id, At: on(1), Stage: "lead", Owner: owner, Amount: kpi.Int(amount)})
		for i, close := range closes {
			h.Add(funnel.Event{Deal: id, At: on(2 + i), ExpectedClose: calendar.MustDay(close)})
		}
	}
	deal("A", "ann", 10, "2026-03-30", "2026-03-31", "2026-04-01", "2026-04-02")
	deal("B", "bob", 20, "2026-02-01", "2026-03-03")
	deal("C", "bob", 30, "2026-02-03", "2026-02-01")
	deal("D", "bob", 40)
	deal("W1", "ann", 50, "2026-01-11", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15")
	deal("W2", "ann", 60, "2026-01-20")
	for _, id := range []string{"W1", "W2"} {
		h.Add(funnel.Event{Deal: id, At: on(15), Stage: "won"})
	}
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.Slippage(funnel.SlipRule{})
	if err != nil {
		t.Fatal(err)
	}
	told := func(s funnel.Slips) string {
		return fmt.Sprintf("%d deals, %d dated, %d pushed %d times for %d days worth %s, %d pulled %d times for %d days, %d crossed %d times, share %s, median %s",
			s.Deals, s.Dated, s.Pushed, s.Pushes, s.PushedDays, s.Value.Sum, s.Pulled, s.Pulls, s.PulledDays, s.Crossed, s.Crossings, s.Share.Ratio.Value(), s.Net.Median)
	}
	for name, test := range map[string]struct {
		got  funnel.Slips
		want string
	}{
		"all":  {s.All, "6 deals, 5 dated, 3 pushed 8 times for 37 days worth 80, 1 pulled 1 times for 2 days, 1 crossed 1 times, share 0.6, median 3"},
		"open": {s.Open, "4 deals, 3 dated, 2 pushed 4 times for 33 days worth 30, 1 pulled 1 times for 2 days, 1 crossed 1 times, share 0.666666666667, median 3"},
		"won":  {s.Won, "2 deals, 2 dated, 1 pushed 4 times for 4 days worth 50, 0 pulled 0 times for 0 days, 0 crossed 0 times, share 0.5, median 2"},
		"lost": {s.Lost, "0 deals, 0 dated, 0 pushed 0 times for 0 days worth undefined: no_data, 0 pulled 0 times for 0 days, 0 crossed 0 times, share undefined: zero_denominator, median undefined: no_data"},
	} {
		if got := told(test.got); got != test.want {
			t.Errorf("%s\n got %s\nwant %s", name, got, test.want)
		}
	}
	var pushes, often, moved string
	for _, p := range s.Distribution {
		pushes += fmt.Sprint(p.Pushes, " pushes: ", p.Deals, " deals of ", p.Value.Sum, "; ")
	}
	for _, d := range s.Often {
		often += d.Deal + " "
	}
	for _, d := range s.Moved {
		moved += d.Deal + " "
	}
	if pushes != "0 pushes: 2 deals of 90; 1 pushes: 1 deals of 20; 3 pushes: 1 deals of 10; 4 pushes: 1 deals of 50; " || often != "W1 A " || moved != "A B C W1 " {
		t.Errorf("%s\noften %s\nmoved %s", pushes, often, moved)
	}
	if len(s.Findings) != 2 || funnel.Findings().Text(s.Findings[0], "en") != "1 of 4 open deals had their close date pushed 3 times or more: it says little about when they close." ||
		funnel.Findings().Text(s.Findings[1], "en") != "1 of 4 open deals have no expected close date." {
		t.Error(s.Findings)
	}
	owners, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
	if err != nil {
		t.Fatal(err)
	}
	if ann, err := owners[0].Analysis.Slippage(funnel.SlipRule{Often: 4}); err != nil || ann.All.Pushes != 7 || len(ann.Often) != 1 || ann.SlipRule != (funnel.SlipRule{Grain: calendar.Quarterly, Often: 4}) {
		t.Errorf("%+v, %v", ann, err)
	}
	_, err = a.Slippage(funnel.SlipRule{Grain: 99, Often: -1})
	if all := check.All(err); len(all) != 2 || all[0].Path != "grain" || all[1].Path != "often" || !errors.Is(err, check.ErrUnknown) || !errors.Is(err, check.ErrRange) {
		t.Error(err)
	}
}

// slowPushes counts by the definition, dated rows alone, one life: a row's
// date is an edit where the deal stands open after the row's instant and had
// another date before.
func slowPushes(events []funnel.Event, asOf time.Time) (pushes, net int64) {
	sorted := slices.SortedStableFunc(slices.Values(events), func(e, f funnel.Event) int {
		return cmp.Or(cmp.Compare(e.Deal, f.Deal), e.At.Compare(f.At), cmp.Compare(e.Seq, f.Seq), cmp.Compare(e.ExpectedClose, f.ExpectedClose))
	})
	order := []string{"", "lead", "demo", "offer", "won", "lost", "duplicate"}
	in := map[string]calendar.Day{}
	for i, e := range sorted {
		if e.ExpectedClose.IsZero() || e.At.After(asOf) ||
			i+1 < len(sorted) && sorted[i+1].Deal == e.Deal && sorted[i+1].At.Equal(e.At) && sorted[i+1].Seq == e.Seq {
			continue
		}
		var last funnel.Event
		staged := false
		for _, f := range sorted {
			if f.Deal != e.Deal || f.Stage == "" || f.At.After(asOf) {
				continue
			}
			staged = true
			if !f.At.After(e.At) && cmp.Or(f.At.Compare(last.At), cmp.Compare(f.Seq, last.Seq), cmp.Compare(slices.Index(order, f.Stage), slices.Index(order, last.Stage))) > 0 {
				last = f
			}
		}
		if !staged || slices.Index(order, last.Stage) > 3 {
			continue
		}
		if was, known := in[e.Deal]; known {
			net += int64(e.ExpectedClose.Sub(was))
			if e.ExpectedClose > was {
				pushes++
			}
		}
		in[e.Deal] = e.ExpectedClose
	}
	return pushes, net
}

func TestSlippageAgainstTheSlowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) funnel.Event {
			e := funnel.Event{
				Deal:  fmt.Sprint("D", rapid.IntRange(0, 3).Draw(t, "deal")),
				At:    on(rapid.IntRange(1, 9).Draw(t, "day")),
				Seq:   rapid.Int64Range(0, 1).Draw(t, "seq"),
				Stage: rapid.SampledFrom([]string{"", "lead", "demo", "won", "lost"}).Draw(t, "stage"),
			}
			if day := rapid.IntRange(-5, 9).Draw(t, "close"); day > 0 {
				e.ExpectedClose = january(day * 30)
			}
			return e
		}), 0, 30).Draw(t, "events")
		asOf := on(rapid.IntRange(1, 9).Draw(t, "as of"))
		a, err := funnel.Analyze(filled(t, events), funnel.Question{AsOf: asOf, Location: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		s, err := a.Slippage(funnel.SlipRule{})
		if err != nil {
			t.Fatal(err)
		}
		if pushes, net := slowPushes(events, asOf); s.All.Pushes != pushes || s.All.Net.Sum.Or(kpi.Int(0)) != kpi.Int(net) {
			t.Fatalf("%d pushes, %s days, the slow model has %d and %d", s.All.Pushes, s.All.Net.Sum, pushes, net)
		}
	})
}

// Every history: net days are pushed less pulled, deal by deal and in sum;
// parts add up to the whole; the distribution holds every dated deal.
func TestSlippageAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, a, _, _ := analysed(t)
		rule := funnel.SlipRule{Grain: rapid.SampledFrom([]calendar.Grain{0, calendar.Weekly, calendar.Monthly}).Draw(t, "by"), Often: rapid.IntRange(0, 2).Draw(t, "often")}
		slippage := func(a *funnel.Analysis) funnel.Slippage {
			s, err := a.Slippage(rule)
			if err != nil {
				t.Fatal(err)
			}
			return s
		}
		s := slippage(a)
		var dated, pushes int64
		for _, p := range s.Distribution {
			dated, pushes = dated+p.Deals, pushes+p.Deals*p.Pushes
		}
		if dated != s.All.Dated || pushes != s.All.Pushes || s.All.Net.Sum.Or(kpi.Int(0)) != kpi.Int(s.All.NetDays()) || s.All.Crossings > s.All.Pushes {
			t.Fatalf("%+v", s)
		}
		for _, d := range s.Moved {
			if int64(d.Last.Sub(d.First)) != d.NetDays() || d.Pushes+d.Pulls == 0 {
				t.Fatalf("%+v", d)
			}
		}
		parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, true })
		if err != nil {
			t.Fatal(err)
		}
		var sum funnel.DateEdits
		for _, p := range parts {
			e := slippage(p.Analysis).All.DateEdits
			sum = funnel.DateEdits{Pushes: sum.Pushes + e.Pushes, Pulls: sum.Pulls + e.Pulls, Crossings: sum.Crossings + e.Crossings,
				CrossedBack: sum.CrossedBack + e.CrossedBack, PushedDays: sum.PushedDays + e.PushedDays, PulledDays: sum.PulledDays + e.PulledDays}
		}
		if sum != s.All.DateEdits {
			t.Fatalf("parts %+v, the whole %+v", sum, s.All.DateEdits)
		}
		roundTrip(t, s)
	})
}
