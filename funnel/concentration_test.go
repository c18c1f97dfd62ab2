package funnel_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// openDeals gives open deals of an owner each worth something.
func openDeals(t *testing.T, worth ...kpi.Value) *funnel.Analysis {
	t.Helper()
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range worth {
		owner := []string{"ann", "bob", ""}[i%3]
		h.Add(funnel.Event{Deal: fmt.Sprint("D", i), Stage: "lead", At: on(1), Owner: owner, Amount: v})
	}
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(20), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Shares, Herfindahl and effective number, worked by hand in why.
func TestSpread(t *testing.T) {
	none := kpi.Undefined(kpi.NoAmount)
	for name, test := range map[string]struct {
		worth []kpi.Value
		top   int
		want  string // n, of which negative; largest, top, Herfindahl, effective; names
		why   string
	}{
		"all alike":    {[]kpi.Value{kpi.Int(5), kpi.Int(5), kpi.Int(5), kpi.Int(5)}, 2, "4 0; 0.25 0.5 0.25 4; 1 D0 0.25, 1 D1 0.5", "four times a quarter squared; equal ranks, names in order"},
		"one has it":   {[]kpi.Value{kpi.Int(0), kpi.Int(8), kpi.Int(0)}, 9, "3 0; 1 1 1 1; 1 D1 1, 2 D0 1, 2 D2 1", "1², and two zeros"},
		"ranks":        {[]kpi.Value{kpi.Int(1), kpi.Int(4), kpi.Int(4), kpi.Int(1)}, 3, "4 0; 0.4 0.9 0.34 2.941176470588; 1 D1 0.4, 1 D2 0.8, 3 D0 0.9", "(16 + 16 + 1 + 1)/100; ranks 1, 1, 3"},
		"some missing": {[]kpi.Value{kpi.Int(3), none, kpi.Int(1)}, 1, "2 0; 0.75 0.75 0.625 1.6; 1 D0 0.75", "(9 + 1)/16 of those with a value"},
		"none":         {nil, 1, "0 0; undefined: no_data undefined: no_data undefined: no_data undefined: no_data; ", "of nothing"},
		"no value":     {[]kpi.Value{none, none}, 1, "0 0; undefined: no_amount undefined: no_amount undefined: no_amount undefined: no_amount; ", "deals, and no value"},
		"all zero":     {[]kpi.Value{kpi.Int(0), kpi.Int(0)}, 1, "2 0; undefined: zero_denominator undefined: zero_denominator undefined: zero_denominator undefined: zero_denominator; 1 D0 undefined: zero_denominator", "0 of 0"},
		"below zero":   {[]kpi.Value{kpi.Int(5), kpi.Int(-1)}, 1, "2 1; undefined: not_applicable undefined: not_applicable undefined: not_applicable undefined: not_applicable; 1 D0 undefined: not_applicable", "5 of 4 is no share"},
	} {
		t.Run(name, func(t *testing.T) {
			c, err := openDeals(t, test.worth...).Concentration(test.top)
			if err != nil {
				t.Fatal(err)
			}
			s := c.Open.ByDeal
			got := fmt.Sprint(s.N, " ", s.Negative, "; ", s.Largest.Value(), " ", s.Top.Value(), " ", s.Herfindahl, " ", s.Effective, "; ")
			for i, n := range s.Names {
				if i > 0 {
					got += ", "
				}
				got += fmt.Sprint(n.Rank, " ", n.Name, " ", n.Cumulative.Value())
			}
			if test.why == "" || got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.why, got, test.want)
			}
		})
	}
}

// ann has 6 and 1 (the first and fourth deal), bob 2, and 1 belongs to
// nobody; bob's deal is stale, and of no account where only live ones are.
func TestConcentrationByOwner(t *testing.T) {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range []funnel.Event{
		{Deal: "A", Owner: "ann", Amount: kpi.Int(6)}, {Deal: "B", Owner: "bob", Amount: kpi.Int(2), ExpectedClose: january(2)},
		{Deal: "C", Amount: kpi.Int(1)}, {Deal: "D", Owner: "ann", Amount: kpi.Int(1)}, {Deal: "E", Owner: "ann"},
	} {
		e.At, e.Stage = on(1), "lead"
		h.Add(e)
	}
	h.Add(funnel.Event{Deal: "W", Owner: "bob", Stage: "won", At: on(3), Amount: kpi.Int(40)})
	h.Add(funnel.Event{Deal: "V", Owner: "bob", Stage: "won", At: on(4)})
	a, err := funnel.Analyze(h, funnel.Question{AsOf: on(40), Location: time.UTC})
	if err != nil {
		t.Fatal(err)
	}
	c, err := a.Concentration(1)
	if err != nil {
		t.Fatal(err)
	}
	if o := c.Open; o.ByOwner.Largest != kpi.RatioOf(7, 9) || o.Unowned.Value.Sum != kpi.Int(1) || o.ByDeal.Largest != kpi.RatioOf(6, 10) || o.ByOwner.Value.Of != 4 {
		t.Errorf("open %+v", o)
	}
	if l := c.Live; l.ByOwner.Largest != kpi.RatioOf(7, 7) || l.ByDeal.N != 3 {
		t.Errorf("live %+v", l)
	}
	if w := c.Won; w.ByOwner.Effective != kpi.Int(1) || w.ByDeal.Names[0].Name != "W" || codes(c.Findings) != "open_without_value won_without_value" {
		t.Errorf("won %+v %s", w, codes(c.Findings))
	}
	if _, err := a.Concentration(0); !errors.Is(err, check.ErrRange) {
		t.Error("a top of none:", err)
	}
}

// Any deals: the Herfindahl index lies from 1/N to 1, the top is no less than
// the largest, all names together are everything, and JSON keeps it.
func TestConcentrationBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, _, a, _, _ := analysed(t)
		c, err := a.Concentration(20)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range []funnel.Concentrated{c.Open, c.Live, c.Won} {
			for _, s := range []funnel.Spread{group.ByDeal, group.ByOwner} {
				if int64(len(s.Names)) != min(s.N, 20) {
					t.Fatalf("%d names of %d", len(s.Names), s.N)
				}
				if !s.Herfindahl.Defined() {
					continue
				}
				if s.Herfindahl.Less(kpi.Frac(1, s.N)) || kpi.Int(1).Less(s.Herfindahl) || s.Top.Value() != kpi.Int(1) || kpi.Int(s.N).Less(s.Effective) {
					t.Fatalf("%+v", s)
				}
			}
			if group.ByOwner.Value.Of+int(group.Unowned.Deals) != group.ByDeal.Value.Of {
				t.Fatalf("%+v", group)
			}
		}
		roundTrip(t, c)
	})
}
