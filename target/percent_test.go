package target_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// A percentage that is shown with one place is a number of three: the unit's
// Scale counts places of what is shown. Worked by hand.
func TestPathOfPercentages(t *testing.T) {
	for _, test := range []struct {
		why      string
		from, to string
		shown    int8
		want     string
	}{
		{"half a percent a month", "0.24", "0.30", 1, "0.245 0.25 0.255 0.26 0.265 0.27 0.275 0.28 0.285 0.29 0.295 0.3"},
		{"a quarter of a percent, half-even at a tenth of one", "0.15", "0.18", 1, "0.152 0.155 0.158 0.16 0.162 0.165 0.168 0.17 0.172 0.175 0.178 0.18"},
		{"and at a whole one", "0.15", "0.18", 0, "0.15 0.16 0.16 0.16 0.16 0.16 0.17 0.17 0.17 0.18 0.18 0.18"},
	} {
		rate := kind("win_rate", kpi.RatioOfSums, kpi.Share(test.shown))
		s, err := target.StatePath(goalFor("win_rate", test.from, test.to), rate, target.Split{Grain: calendar.Monthly, Owners: target.Node{ID: "all"}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range s.Periods() {
			got = append(got, s.Cell("all", p).String())
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%s: %s; want %s", test.why, strings.Join(got, " "), test.want)
		}
	}
}

func TestGrowthOfPercentages(t *testing.T) {
	for shown, want := range map[int8]string{0: "0.26", 1: "0.264", 2: "0.264"} { // 24 % × 1.1 = 26.4 %
		g := goalFor("win_rate", "0.24", "0")
		g.Target, g.Growth = kpi.Value{}, target.Growth{Over: "2025", Rate: kpi.Frac(1, 10)}
		g, err := g.Resolve(kind("win_rate", kpi.RatioOfSums, kpi.Share(shown)), calendar.MustDay("2025-12-01"))
		if err != nil || g.Target != kpi.MustParse(want) {
			t.Errorf("with %d places: %v, %v; want %s", shown, g.Target, err, want)
		}
	}
}

// Twelve quarters of 93 % let expect 93 %: not "0.9".
func TestProposedPercentage(t *testing.T) {
	past := rates()
	for i := range past.Actuals {
		past.Actuals[i].Value = kpi.Frac(93, 100)
	}
	o, err := past.Outlook(period("2025-Q1"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := o.Propose(kind("win_rate", kpi.RatioOfSums, kpi.Share(1)), target.Odds{}, kpi.Frac(1, 100))
	if err != nil || p.Target != kpi.Frac(93, 100) {
		t.Fatal(p, err)
	}
	text := target.Findings().Text(p.Reasons[1], "en") + " " + target.Findings().Text(p.Reasons[3], "en")
	if want := "target: 93.0 % is reached with a chance of 55.0 %. The same period a year before brought 93.0 %, like periods grew by 0.0 % (8 pairs), and the middle of the outlook is 93.0 %."; text != want {
		t.Errorf("%q; want %q", text, want)
	}
}

// A percentage that adds up, such as points of a budget, is split at its
// places too: 10 % over three are 3.4, 3.3 and 3.3 %.
func TestSplitOfPercentages(t *testing.T) {
	points := kpi.Metric{ID: "points", Unit: kpi.Share(1)}
	g := goalFor("points", "", "0.1")
	b, err := target.BreakDown(g, points, target.Split{Grain: calendar.Yearly, Owners: target.Node{ID: "all", Children: []target.Node{{ID: "a"}, {ID: "b"}, {ID: "c"}}}})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range b.Figures() {
		got = append(got, f.Value.String())
	}
	if want := []string{"0.034", "0.033", "0.033"}; !slices.Equal(got, want) {
		t.Errorf("%q; want %q", got, want)
	}
	if g.Target = kpi.MustParse("0.1005"); !slices.Equal(problems(func() error { _, err := target.BreakDown(g, points, b.Split()); return err }()), []string{"goal.target too_many_places"}) {
		t.Error("a twentieth of a percent is not shown, and so it is not given out")
	}
}
