package scorecard_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"pgregory.net/rapid"
)

// pool ranks owners prefix0, prefix1, … by scores.
func pool(t testing.TB, id, parent string, scores ...int64) scorecard.Pool {
	t.Helper()
	var cards []scorecard.Card
	for n, s := range scores {
		cards = append(cards, scorecard.Card{Scorecard: "team", Owner: fmt.Sprintf("%s%d", id, n), Period: q1(), Score: kpi.Int(s)})
	}
	r, err := scorecard.Rank(cards, scorecard.Contest{})
	if err != nil {
		t.Fatal(err)
	}
	return scorecard.Pool{ID: id, Parent: parent, Ranking: r}
}

// falling gives n scores that fall by ten.
func falling(n int) (all []int64) {
	for i := range n {
		all = append(all, int64(1000-10*i))
	}
	return all
}

func TestDistribution(t *testing.T) {
	for name, test := range map[string]struct {
		why    string
		scores []int64
		people []int
		wider  []int
		gaps   []string
	}{
		// Worked by hand by largest remainder of 20, 70 and 10 %.
		"ten":                  {"2, 7, 1", falling(10), []int{2, 7, 1}, []int{0, 0, 0}, []string{"10", "10"}},
		"twelve":               {"2.4, 8.4, 1.2: equal remainders go to the better class", falling(12), []int{3, 8, 1}, []int{0, 0, 0}, []string{"10", "10"}},
		"twenty-five":          {"5, 17.5, 2.5: the middle is the better class", falling(25), []int{5, 18, 2}, []int{0, 0, 0}, []string{"10", "10"}},
		"a tie at the top":     {"the third is as good as the second", []int64{90, 80, 80, 70, 60, 50, 40, 30, 20, 10}, []int{3, 6, 1}, []int{1, -1, 0}, []string{"10", "10"}},
		"a tie at the bottom":  {"the last two are equal, so nobody is last", []int64{90, 80, 75, 70, 60, 50, 40, 30, 20, 20}, []int{2, 8, 0}, []int{0, 1, -1}, []string{"5", "undefined: not_applicable"}},
		"all equal":            {"no order, no classes", slices.Repeat([]int64{50}, 10), []int{10, 0, 0}, []int{8, -7, -1}, []string{"undefined: not_applicable", "undefined: not_applicable"}},
		"nobody in the middle": {"one tie over the whole middle", append([]int64{90}, append(slices.Repeat([]int64{80}, 8), 10)...), []int{9, 0, 1}, []int{7, -7, 0}, []string{"70", "70"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := scorecard.TwentySeventyTen().Apply([]scorecard.Pool{pool(t, "p", "", test.scores...)})
			if err != nil || len(got.Pools) != 1 {
				t.Fatal(got, err)
			}
			for i, c := range got.Pools[0].Classes {
				if len(c.Owners) != test.people[i] || c.Wider != test.wider[i] || c.Heads+c.Wider != len(c.Owners) {
					t.Errorf("%s: %s has %d, %d by share, want %d", test.why, c.Name, len(c.Owners), c.Heads, test.people[i])
				}
			}
			for i, b := range got.Pools[0].Boundaries {
				if b.Distance.String() != test.gaps[i] {
					t.Errorf("%s: boundary %d is %s wide, want %s", test.why, i, b.Distance, test.gaps[i])
				}
			}
		})
	}
}

func TestDistributionBoundary(t *testing.T) {
	got, err := scorecard.TwentySeventyTen().Apply([]scorecard.Pool{pool(t, "p", "", 90, 80, 70, 70, 60, 50, 40, 30, 30, 20)})
	if err != nil {
		t.Fatal(err)
	}
	want := []scorecard.Boundary{
		{Above: []string{"p1"}, Below: []string{"p2", "p3"}, Distance: kpi.Int(10)},
		{Above: []string{"p7", "p8"}, Below: []string{"p9"}, Distance: kpi.Int(10)},
	}
	if !reflect.DeepEqual(got.Pools[0].Boundaries, want) {
		t.Errorf("got %+v", got.Pools[0].Boundaries)
	}
}

// The verdict of a boundary is that of the intervals of its two sides.
func TestDistributionVerdict(t *testing.T) {
	var cards []scorecard.Card
	by := scorecard.Contest{Intervals: map[string]kpi.Interval{}}
	for n, s := range []int64{200, 190, 120, 118, 116, 114, 112, 110, 108, 106} {
		owner := fmt.Sprintf("%02d", n)
		cards = append(cards, scored(owner, fmt.Sprint(s)))
		by.Intervals[owner] = normal(float64(s), 5)
	}
	r, err := scorecard.Rank(cards, by)
	if err != nil {
		t.Fatal(err)
	}
	got, err := scorecard.TwentySeventyTen().Apply([]scorecard.Pool{{ID: "p", Ranking: r}})
	if err != nil {
		t.Fatal(err)
	}
	if b := got.Pools[0].Boundaries; b[0].Verdict != kpi.Distinguishable || b[1].Verdict != kpi.WithinChance {
		t.Errorf("190 ± 10 against 120 ± 10, 108 against 106: %+v", b)
	}
}

func TestDistributionPools(t *testing.T) {
	pools := []scorecard.Pool{
		pool(t, "all", ""), pool(t, "north", "all", falling(12)...), pool(t, "south", "all", 90, 80, 70, 60),
		pool(t, "a", "south", 95, 85), pool(t, "b", "south", 75, 65, 55, 45), pool(t, "west", "", 9, 8, 7),
	}
	outside := func(d scorecard.Distributed) (names []string) {
		for _, u := range d.Outside {
			names = append(names, u.Owner+" "+u.Reason)
		}
		return names
	}
	refused, err := scorecard.TwentySeventyTen().Apply(pools)
	if err != nil || len(refused.Pools) != 1 || len(refused.Outside) != 13 {
		t.Errorf("refused: %+v, %v", refused, err)
	}
	up := scorecard.TwentySeventyTen()
	up.Upward = true
	joined, err := up.Apply(pools)
	if err != nil || len(joined.Pools) != 2 {
		t.Fatal(joined, err)
	}
	if p := joined.Pools[1]; p.ID != "south" || p.People != 10 || !slices.Equal(p.Joined, []string{"a", "b"}) || !slices.Equal(p.Classes[0].Owners, []string{"a0", "south0"}) {
		t.Errorf("south with its teams: %+v", p)
	}
	if got := outside(joined); !slices.Equal(got, []string{"west0 small_pool", "west1 small_pool", "west2 small_pool"}) {
		t.Errorf("outside: %q", got)
	}
	up.LeastPool = 11 // now south is too small as well, and all has nobody else
	joined, err = up.Apply(pools)
	if err != nil || len(joined.Pools) != 1 || len(outside(joined)) != 13 {
		t.Errorf("with 11 at least: %+v, %v", joined.Pools, err)
	}
	up.LeastPool = 13 // and north too: they meet at the top
	joined, err = up.Apply(pools)
	if err != nil || len(joined.Pools) != 1 || joined.Pools[0].People != 22 || !slices.Equal(joined.Pools[0].Joined, []string{"a", "b", "north", "south"}) {
		t.Errorf("with 13 at least: %+v, %v", joined.Pools, err)
	}
}

// Who is on ramp or on leave, or has no score, gets no class and does not
// count for the size of the pool.
func TestDistributionOutside(t *testing.T) {
	var cards []scorecard.Card
	for n, s := range falling(12) {
		cards = append(cards, scored(fmt.Sprintf("%02d", n), fmt.Sprint(s)))
	}
	cards[11].Score = kpi.Undefined(kpi.TooFew)
	r, err := scorecard.Rank(cards, scorecard.Contest{Ineligible: map[string]string{"00": scorecard.OnRamp, "01": scorecard.OnLeave}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := scorecard.TwentySeventyTen().Apply([]scorecard.Pool{{ID: "p", Ranking: r}})
	if err != nil || len(got.Pools) != 0 || len(got.Outside) != 12 || got.Outside[0].Reason != scorecard.OnRamp || got.Outside[3].Reason != scorecard.SmallPool {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDistributionErrors(t *testing.T) {
	d := scorecard.Distribution{LeastPool: 1, Classes: []scorecard.Class{{Name: "a", Share: num("0.5")}, {Name: "a", Share: num("0.4")}, {Share: num("0.2")}}}
	want := []string{"classes[1].name duplicate_name", "classes[2].name missing_name", "classes shares_not_one", "least_pool pool_too_small"}
	if got := problems(d.Validate()); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := problems((scorecard.Distribution{Classes: []scorecard.Class{{Name: "a", Share: kpi.Int(0)}}}).Validate()); !slices.Equal(got, []string{"classes too_few_classes", "classes[0].share share_not_positive"}) {
		t.Errorf("got %q", got)
	}
	other := pool(t, "o", "", 1)
	other.Ranking.Scorecard, other.Ranking.Places[0].Owner = "other", "x"
	rates := pool(t, "r", "", 1)
	rates.Ranking.Metric, rates.Ranking.Places[0].Owner = "win_rate", "y"
	twice := pool(t, "p", "", 5)
	empty := twice
	empty.ID, empty.Ranking = "", scorecard.Ranking{Places: []scorecard.Place{{Owner: "q"}}}
	_, err := scorecard.TwentySeventyTen().Apply([]scorecard.Pool{pool(t, "p", "q", 3), pool(t, "q", "p", 2), twice, other, rates, empty, pool(t, "s", "nowhere", 1)})
	want = []string{
		"pools[2].id duplicate_id", "pools[5].id missing_id", "pools[0].parent cycle", "pools[1].parent cycle", "pools[6].parent unknown_pool",
		"pools[2].ranking.places[0].owner duplicate_owner", "pools[3].ranking other_scorecard", "pools[4].ranking not_scores",
		"pools[5].ranking.places[0].value missing_number", "pools[5].ranking other_scorecard",
	}
	if got := problems(err); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

// Equal scores are never parted, better scores are never below worse ones, and
// without ties the classes have the heads of their shares.
func TestDistributionNeverParts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(10, 60).Draw(t, "people")
		scores := rapid.SliceOfN(rapid.Int64Range(0, rapid.SampledFrom([]int64{5, 30, 100_000}).Draw(t, "spread")), n, n).Draw(t, "scores")
		d := scorecard.Distribution{}
		parts := rapid.SliceOfN(rapid.Int64Range(1, 9), 2, 5).Draw(t, "shares")
		sum := int64(0)
		for _, p := range parts {
			sum += p
		}
		for i, p := range parts {
			d.Classes = append(d.Classes, scorecard.Class{Name: fmt.Sprint(i), Share: kpi.Frac(p, sum)})
		}
		var cards []scorecard.Card
		for i, s := range scores {
			cards = append(cards, scorecard.Card{Scorecard: "team", Owner: fmt.Sprint(i), Period: q1(), Score: kpi.Int(s)})
		}
		r, err := scorecard.Rank(rapid.Permutation(cards).Draw(t, "order"), scorecard.Contest{})
		if err != nil {
			t.Fatal(err)
		}
		before := fmt.Sprint(r)
		got, err := d.Apply([]scorecard.Pool{{ID: "p", Ranking: r}})
		if err != nil || fmt.Sprint(r) != before {
			t.Fatal(err, "or the ranking was changed")
		}
		class, people := map[int64]int{}, 0
		for i, c := range got.Pools[0].Classes {
			people += len(c.Owners)
			for _, owner := range c.Owners {
				var at int
				fmt.Sscan(owner, &at)
				s := scores[at]
				if first, seen := class[s]; seen && first != i {
					t.Errorf("equal scores of %d in classes %d and %d", s, first, i)
				}
				class[s] = i
			}
		}
		for s, i := range class {
			for q, j := range class {
				if s > q && i > j {
					t.Errorf("%d in class %d, below %d in %d", s, i, q, j)
				}
			}
		}
		heads, wider := 0, 0
		for _, c := range got.Pools[0].Classes {
			heads, wider = heads+c.Heads, wider+c.Wider
			share, _ := c.Share.Mul(kpi.Int(int64(n))).Float64()
			if off := float64(c.Heads) - share; off <= -1 || off >= 1 {
				t.Errorf("%d heads of a share of %f", c.Heads, share)
			}
		}
		if people != n || heads != n || wider != 0 {
			t.Errorf("%d of %d people, %d heads, %d wider", people, n, heads, wider)
		}
	})
}

func TestDistributionJSON(t *testing.T) {
	got, err := scorecard.TwentySeventyTen().Apply(nil)
	text, _ := json.Marshal(got)
	if err != nil || string(text) != `{"pools":[],"outside":[]}` {
		t.Errorf("got %s, %v", text, err)
	}
	got, err = scorecard.TwentySeventyTen().Apply([]scorecard.Pool{pool(t, "p", "", slices.Repeat([]int64{5}, 10)...)})
	text, _ = json.Marshal(got)
	if err != nil || strings.Contains(string(text), "null") {
		t.Errorf("got %s, %v", text, err)
	}
	text, err = json.Marshal(scorecard.TwentySeventyTen())
	var back scorecard.Distribution
	if err != nil || json.Unmarshal(text, &back) != nil || !reflect.DeepEqual(back, scorecard.TwentySeventyTen()) {
		t.Errorf("%s came back as %+v, %v", text, back, err)
	}
}
