package incentive_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

var (
	_ json.Marshaler           = incentive.Plan{}
	_ json.Unmarshaler         = (*incentive.Plan)(nil)
	_ json.Marshaler           = incentive.Reward{}
	_ json.Unmarshaler         = (*incentive.Reward)(nil)
	_ encoding.TextMarshaler   = incentive.Commission
	_ encoding.TextUnmarshaler = (*incentive.Kind)(nil)
	_ fmt.Stringer             = incentive.AsPaid
)

// wholePlan uses every field of a plan.
func wholePlan() incentive.Plan {
	return incentive.Plan{
		ID: "ae", Name: "Account executive", NameZH: "客户经理", Unit: kpi.Money("CNY", 2), Rounding: kpi.HalfUp,
		Components: []incentive.Component{
			{
				ID: "commission", Name: "Commission", NameZH: "提成", Metric: "won_value", Basis: incentive.OnMargin, By: incentive.ByAttainment, ToDate: true,
				Weights: []incentive.Weight{{When: map[string]string{"type": "renewal"}, Factor: num("0.5")}},
				Tiers: []incentive.Tier{
					{Name: "base", From: num("0"), To: num("1"), Rate: num("0.05"), Min: num("100"), Max: num("9000")},
					{From: num("1"), Rate: num("0.08"), Gate: incentive.Gate{ToDate: true, AtLeast: num("1")}},
				},
				Gate:         incentive.Gate{Component: "service", AtLeast: num("0.9")},
				Accelerators: []incentive.Accelerator{{Gate: incentive.Gate{AtLeast: num("1.2")}, Factor: num("1.5")}},
				Limit:        incentive.Limit{Floor: num("10"), Cap: num("20000"), CapToDate: num("50000")},
				Hold:         incentive.Hold{Share: num("0.5"), Whole: true},
			},
			{ID: "service", Overlay: true, Direction: kpi.LowerIsBetter, By: incentive.ByAttainment, Mode: incentive.Whole, TargetPay: kpi.Frac(20000, 3),
				Tiers: []incentive.Tier{{From: num("1"), Flat: num("1")}}},
			{ID: "curve", By: incentive.ByAttainment, Curve: []incentive.Point{{At: num("0.5"), Pay: num("500")}, {At: num("1"), Pay: num("1000")}}},
		},
		Limit:    incentive.Limit{Cap: num("60000")},
		Draw:     incentive.Draw{Amount: num("3000"), Recoverable: true},
		Reversal: incentive.Reversal{Policy: incentive.AsPaid, Days: 180},
	}
}

// The stored form of this major version stays readable.
func TestStoredPlan(t *testing.T) {
	stored, err := os.ReadFile(filepath.Join("testdata", "incentive-1.json"))
	if err != nil {
		t.Fatal(err)
	}
	var got incentive.Plan
	if err := check.Decode("test", stored, &got); err != nil || !reflect.DeepEqual(got, wholePlan()) {
		t.Errorf("read as %+v, %v", got, err)
	}
	text, err := json.MarshalIndent(wholePlan(), "", "  ")
	if err != nil || string(text)+"\n" != string(stored) {
		t.Errorf("written as %s, %v", text, err)
	}
}

func TestStoredReward(t *testing.T) {
	const document = `{"schema":"saleskpi/reward/1","id":"promotion","conditions":[{"score":"sales_rep","periods":[{"start":"2026-01-01","end":"2026-04-01"}],` +
		`"times":1,"grades":["A","B"],"direction":"higher"},{"score":"overdue","periods":[{"start":"2026-01-01","end":"2026-04-01"}],"level":{"value":"5"},"direction":"lower"},` +
		`{"score":"won_value","periods":[{"start":"2026-01-01","end":"2026-04-01"}],"first":3,"direction":"higher"}],"places":2,` +
		`"by":{"score":"won_value","period":{"start":"2026-01-01","end":"2026-04-01"},"direction":"higher"}}`
	q := period("2026-Q1")
	periods := append([]incentive.Condition{}, incentive.Condition{Score: "sales_rep", Times: 1, Grades: []string{"A", "B"}},
		incentive.Condition{Score: "overdue", Level: num("5"), Direction: kpi.LowerIsBetter}, incentive.Condition{Score: "won_value", First: 3})
	for i := range periods {
		periods[i].Periods = append(periods[i].Periods, q)
	}
	want := incentive.Reward{ID: "promotion", Conditions: periods, Places: 2, By: incentive.Order{Score: "won_value", Period: q}}
	text, err := json.Marshal(want)
	if err != nil || string(text) != document {
		t.Errorf("got  %s, %v\nwant %s", text, err, document)
	}
	var got incentive.Reward
	if err := check.Decode("test", []byte(document), &got); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("read as %+v, %v", got, err)
	}
}

func TestJSONErrors(t *testing.T) {
	for name, test := range map[string]struct {
		why, text string
		want      []string
	}{
		"no schema":          {"reported with what else is wrong", `{"id":"","tiers":[]}`, []string{"schema missing_schema", "tiers unknown_field"}},
		"a later schema":     {"its fields would be noise", `{"schema":"saleskpi/incentive/2","tiers":[]}`, []string{"schema unknown_schema"}},
		"an unknown field":   {"a typing error changes pay", `{"schema":"saleskpi/incentive/1","id":"p","unit":{"money":1,"currency":"USD"},"components":[{"id":"a","tiers":[{"from":0,"rate":1,"maximum":2}]}]}`, []string{"components[0].tiers[0].maximum unknown_field"}},
		"an unknown word":    {"modes are words", `{"schema":"saleskpi/incentive/1","components":[{"mode":"sliding"}]}`, []string{"components[0].mode unknown_word"}},
		"a plan that is not": {"what Validate reports is refused", `{"schema":"saleskpi/incentive/1","id":"p","unit":{"money":1,"currency":"USD"},"components":[]}`, []string{"components no_components"}},
		"not an object":      {"a list is no plan", `[]`, []string{" wrong_type"}},
		"a name twice":       {"which would count?", `{"schema":"saleskpi/incentive/1","id":"p","id":"q"}`, []string{"id duplicate_field"}},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			p := wholePlan()
			err := check.Decode("test", []byte(test.text), &p)
			if got := problems(err); !slices.Equal(got, test.want) {
				t.Errorf("%s: got %q, want %q", test.why, got, test.want)
			}
			if !reflect.DeepEqual(p, wholePlan()) {
				t.Error("the plan was written to")
			}
		})
	}
	p := wholePlan()
	if err := json.Unmarshal([]byte("null"), &p); err != nil || !reflect.DeepEqual(p, wholePlan()) {
		t.Errorf("null: %v", err)
	}
}

func TestEmptyLists(t *testing.T) {
	text := string(encode(t, state(t, one(flatRate("0.1")), q1())))
	const want = `{"plan":"p","payee":"li","period":{"start":"2026-01-01","end":"2026-04-01"},"unit":{"money":1,"currency":"USD","scale":2},` +
		`"components":[{"component":"commission","credited":{"value":"0"},"position":{"value":"0"},"quota":{"undefined":"no_data"},"attainment":{"undefined":"no_target"},` +
		`"to_date":{"undefined":"no_target"},"gate":true,"factor":{"value":"1"},"exact":{"value":"0"},"earned":{"value":"0"}}],"lines":[],` +
		`"totals":{"earned":{"value":"0"},"held":{"value":"0"},"released":{"value":"0"},"taken_back":{"value":"0"},"corrected":{"value":"0"},"drawn":{"value":"0"}},` +
		`"payout":{"value":"0"},"read":0,"counted":0,"excluded":[],"closing":{"components":[{"component":"commission","credited":{"value":"0"},"quota":{"undefined":"no_data"},"earned":{"value":"0"}}],` +
		`"held":[],"draw":{"value":"0"}},"findings":[]}`
	if text != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

// Every word is read back, and no other.
func TestWords(t *testing.T) {
	words(t, []incentive.Kind{incentive.Commission, incentive.Flat, incentive.TierLimit, incentive.Revaluation, incentive.Floor, incentive.Release, incentive.Clawback, incentive.Correction, incentive.Advance, incentive.Recovery})
	words(t, []incentive.Why{incentive.OutsidePeriod, incentive.NoComponent, incentive.NoAmount, incentive.OriginalUnknown, incentive.TooLate, incentive.RestatesEarlier})
	words(t, []incentive.Policy{incentive.OnOwnDay, incentive.AsPaid, incentive.Restate})
	words(t, []incentive.Mode{incentive.Marginal, incentive.Whole})
	words(t, []incentive.Axis{incentive.ByAmount, incentive.ByAttainment})
	words(t, []incentive.Basis{incentive.OnAmount, incentive.OnMargin})
}

func words[E interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
}](t *testing.T, all []E) {
	t.Helper()
	for _, e := range all {
		text, err := e.MarshalText()
		var got E
		if err != nil || any(&got).(encoding.TextUnmarshaler).UnmarshalText(text) != nil || got != e || e.String() != string(text) {
			t.Errorf("%v was written as %q and read as %v, %v", e, text, got, err)
		}
	}
	if _, err := E(len(all)).MarshalText(); err == nil || E(len(all)).String() != "unknown" {
		t.Errorf("%d is a word", len(all))
	}
}

func FuzzPlan(f *testing.F) {
	for _, p := range []incentive.Plan{wholePlan(), one(flatRate("0.1")), seller()} {
		text, err := json.Marshal(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var p incentive.Plan
		if len(data) > 1<<15 || check.Decode("test", data, &p) != nil {
			return
		}
		back(t, p)
		in := q1(credit("a", "2026-01-10", "1000"), reversal("r", "2026-02-10", "a", "-100"))
		for _, c := range p.Components {
			in.Results = append(in.Results, incentive.Result{Component: c.ID, Quota: num("900")})
		}
		if s, err := p.Statement(in); err == nil {
			s.Notes()
			if s.Read != s.Counted+len(s.Excluded) {
				t.Error("records were lost")
			}
		}
		if len(p.Components) < 5 {
			if _, err := incentive.Lint(p, incentive.Trial{Results: in.Results}); err != nil {
				t.Log(err)
			}
		}
	})
}

// Whatever an input says, it gives a statement that adds up, or an error.
func FuzzInput(f *testing.F) {
	for _, in := range []incentive.Input{q1(), q1(credit("a", "2026-01-10", "1000"), reversal("r", "2026-02-10", "a", "-100"))} {
		in.Results = quota("100")
		in.Payments = []incentive.Payment{cash("a", "2026-01-10", "5")}
		s, err := heldPlan(incentive.Hold{Share: num("0.5")}, incentive.AsPaid).Statement(in)
		if err != nil {
			f.Fatal(err)
		}
		in.Opening, in.Posted = s.Closing, s.Lines
		text, err := json.Marshal(in)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var in incentive.Input
		if len(data) > 1<<15 || check.Decode("test", data, &in) != nil {
			return
		}
		p := heldPlan(incentive.Hold{Share: num("0.5")}, incentive.AsPaid)
		s, err := p.Statement(in)
		if err != nil {
			return
		}
		sum := kpi.Int(0)
		for _, l := range s.Lines {
			sum = sum.Add(l.Paid)
		}
		if sum != s.Payout {
			t.Errorf("lines pay %v, payout %v", sum, s.Payout)
		}
		s.Notes()
		if _, err := json.Marshal(s); err == nil {
			back(t, s)
		}
	})
}
