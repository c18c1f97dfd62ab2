package incentive_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

func TestPlanErrors(t *testing.T) {
	undefined := kpi.Undefined(kpi.TooFew)
	for name, test := range map[string]struct {
		why   string
		plan  incentive.Plan
		want  []string
		class error
	}{
		"the zero plan":       {"every problem at once", incentive.Plan{}, []string{"id missing_id", "unit not_money", "components no_components"}, check.ErrMissing},
		"no component's kind": {"it could not pay", one(incentive.Component{}), []string{"components[0].tiers neither_tiers_nor_curve"}, check.ErrMissing},
		"both kinds": {"which one would pay?", one(with(flatRate("1"), func(c *incentive.Component) { c.Curve = []incentive.Point{{At: num("1"), Pay: num("1")}} })),
			[]string{"components[0].curve tiers_and_curve"}, check.ErrInvalid},
		"tiers": {"each with its path", one(incentive.Component{Tiers: []incentive.Tier{
			{Rate: num("1")}, {From: num("5"), To: num("5"), Rate: num("1")}, {From: num("10")}, {From: num("20"), Rate: num("1"), Flat: num("1")},
			{From: num("30"), Rate: num("1"), Min: num("2"), Max: num("1")}, {From: num("40"), Flat: num("1"), Min: num("1")}, {From: num("50"), Rate: undefined}}}),
			[]string{"components[0].tiers[0].from missing_number", "components[0].tiers[1].to end_not_above_start", "components[0].tiers[2].rate neither_rate_nor_flat",
				"components[0].tiers[3].flat rate_and_flat", "components[0].tiers[4].max max_below_min", "components[0].tiers[5].flat flat_with_min_or_max", "components[0].tiers[6].rate undefined_number"}, check.ErrInvalid},
		"overlaps": {"which rate would hold?", one(incentive.Component{Tiers: []incentive.Tier{{From: num("0"), To: num("10"), Rate: num("1")}, {From: num("9"), Rate: num("1")}, {From: num("9"), Rate: num("2")}}}),
			[]string{"components[0].tiers[1].from tiers_overlap", "components[0].tiers[2].from tiers_overlap", "components[0].tiers[2].from tiers_overlap"}, check.ErrOverlap},
		"curve": {"a curve has one pay at a point", one(incentive.Component{Curve: []incentive.Point{{At: num("1"), Pay: num("1")}, {At: num("1"), Pay: num("2")}, {}}}),
			[]string{"components[0].curve[1].at duplicate_point", "components[0].curve[2].at missing_number", "components[0].curve[2].pay missing_number"}, check.ErrDuplicate},
		"lower is better": {"marginal tiers of complaints make no sense, nor do amounts", one(with(flatRate("1"), func(c *incentive.Component) { c.Direction = kpi.LowerIsBetter })),
			[]string{"components[0].by lower_is_paid_by_attainment"}, check.ErrInvalid},
		"in band": {"a band has two edges and no quota", one(with(flatRate("1"), func(c *incentive.Component) { c.Direction = kpi.InBand })),
			[]string{"components[0].direction direction_not_paid"}, check.ErrInvalid},
		"unknown words": {"numbers that are no constants", one(with(flatRate("1"), func(c *incentive.Component) { c.Basis, c.By, c.Mode, c.Direction = 9, 9, 9, 9 })),
			[]string{"components[0].basis unknown_word", "components[0].direction unknown_word", "components[0].by unknown_word", "components[0].mode unknown_word"}, check.ErrUnknown},
		"gates": {"a gate of nobody never opens", one(with(flatRate("1"), func(c *incentive.Component) {
			c.Gate = incentive.Gate{Component: "x", AtLeast: num("1")}
			c.Accelerators = []incentive.Accelerator{{Factor: num("-1")}, {Gate: incentive.Gate{ToDate: true}, Factor: undefined}}
		})), []string{"components[0].gate.component unknown_component", "components[0].accelerators[0].gate missing_gate", "components[0].accelerators[0].factor below_zero",
			"components[0].accelerators[1].gate.at_least missing_number", "components[0].accelerators[1].factor missing_number"}, check.ErrUnknown},
		"limits": {"a cap below the floor cannot be kept", one(with(flatRate("1"), func(c *incentive.Component) {
			c.Limit = incentive.Limit{Floor: num("2"), Cap: num("1"), CapToDate: num("-1")}
		})), []string{"components[0].limit.cap_to_date below_zero", "components[0].limit.cap cap_below_floor"}, check.ErrRange},
		"hold":            {"a share", one(with(flatRate("1"), func(c *incentive.Component) { c.Hold.Share = num("1.01") })), []string{"components[0].hold.share not_a_share"}, check.ErrRange},
		"hold of nothing": {"whole of what?", one(with(flatRate("1"), func(c *incentive.Component) { c.Hold.Whole = true })), []string{"components[0].hold.share missing_share"}, check.ErrMissing},
		"weights": {"a negative weight would turn sales into returns", one(with(flatRate("1"), func(c *incentive.Component) { c.Weights = []incentive.Weight{{Factor: num("-1")}, {}} })),
			[]string{"components[0].weights[0].factor below_zero", "components[0].weights[1].factor missing_number"}, check.ErrRange},
		"the plan": {"words, draw and reversal", func() incentive.Plan {
			p := one(flatRate("1"))
			p.Rounding, p.Reversal, p.Draw = 99, incentive.Reversal{Policy: 9, Days: -1}, incentive.Draw{Recoverable: true}
			return p
		}(), []string{"rounding unknown_word", "draw.amount missing_amount", "reversal.policy unknown_word", "reversal.days below_zero"}, check.ErrUnknown},
		"two of one ID": {"results would not know which", incentive.Plan{ID: "p", Unit: usd(), Components: []incentive.Component{with(flatRate("1"), func(c *incentive.Component) { c.ID = "a" }), with(flatRate("1"), func(c *incentive.Component) { c.ID = "a" })}},
			[]string{"components[1].id duplicate_component"}, check.ErrDuplicate},
		"names": {"lines would not tell which tier", one(incentive.Component{Tiers: []incentive.Tier{{Name: "x", From: num("0"), Rate: num("1")}, {Name: "x", From: num("1"), Rate: num("1")}}}),
			[]string{"components[0].tiers duplicate_tier_name"}, check.ErrDuplicate},
		"too many": {"bounded", one(incentive.Component{Tiers: manyTiers(101)}), []string{"components[0].tiers too_many"}, check.ErrRange},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			err := test.plan.Validate()
			if got := problems(err); !slices.Equal(got, test.want) || !errors.Is(err, test.class) {
				t.Errorf("%s: got %q, want %q", test.why, got, test.want)
			}
			if _, err := test.plan.Statement(q1()); len(problems(err)) < len(test.want) {
				t.Errorf("a statement was made: %v", err)
			}
		})
	}
}

func manyTiers(n int64) []incentive.Tier {
	var tiers []incentive.Tier
	for i := range n {
		tiers = append(tiers, incentive.Tier{From: kpi.Int(i), Rate: kpi.Int(0)})
	}
	return tiers
}

func TestInputErrors(t *testing.T) {
	undefined := kpi.Undefined(kpi.ZeroDenominator)
	euro := credit("a", "2026-01-10", "1")
	euro.Currency, euro.Payee, euro.Share = "EUR", "wang", num("1.5")
	up := reversal("r", "2026-01-10", "d", "1")
	for name, test := range map[string]struct {
		why    string
		change func(*incentive.Input)
		want   []string
	}{
		"nothing":          {"who, and when?", func(in *incentive.Input) { *in = incentive.Input{} }, []string{"payee missing_id", "period missing_period"}},
		"another currency": {"one currency a statement (OCA, row 111), one payee, shares up to one", func(in *incentive.Input) { in.Credits = []incentive.Credit{euro} }, []string{"credits[0].share not_a_share", "credits[0].payee other_payee", "credits[0].currency other_currency"}},
		"the same twice": {"it would be paid twice", func(in *incentive.Input) {
			in.Credits = []incentive.Credit{credit("a", "2026-01-10", "1"), credit("a", "2026-01-11", "1")}
		}, []string{"credits[1].id duplicate_credit"}},
		"no ID, no day": {"nothing to hold on to", func(in *incentive.Input) { in.Credits = []incentive.Credit{{Amount: num("1")}} }, []string{"credits[0].id missing_id", "credits[0].day missing_day"}},
		"reversal up":   {"a reversal that adds", func(in *incentive.Input) { in.Credits = []incentive.Credit{up} }, []string{"credits[0].amount reversal_above_zero"}},
		"reversal of itself": {"a circle", func(in *incentive.Input) { in.Credits = []incentive.Credit{reversal("r", "2026-01-10", "r", "-1")} },
			[]string{"credits[0].reverses reverses_itself", "credits[0].reverses reverses_a_reversal"}},
		"reversal of a reversal": {"a sale again is a credit of its own", func(in *incentive.Input) {
			in.Credits = []incentive.Credit{credit("a", "2026-01-10", "1"), reversal("r", "2026-01-11", "a", "-1"), reversal("s", "2026-01-12", "r", "-1")}
		}, []string{"credits[2].reverses reverses_a_reversal"}},
		"before its deal": {"taken back before it was sold", func(in *incentive.Input) {
			in.Credits = []incentive.Credit{credit("a", "2026-01-10", "1"), reversal("r", "2026-01-09", "a", "-1")}
		}, []string{"credits[1].day reversed_before_credited"}},
		"results": {"of components that are there, once", func(in *incentive.Input) {
			in.Results = append(quota("1"), incentive.Result{Component: "x"}, quota("2")[0])
		}, []string{"results[1].component unknown_component", "results[2].component duplicate_component"}},
		"payments": {"cash of nobody", func(in *incentive.Input) { in.Payments = []incentive.Payment{{}} }, []string{"payments[0].deal missing_id", "payments[0].day missing_day", "payments[0].amount missing_number"}},
		"opening": {"an undefined position is no beginning", func(in *incentive.Input) {
			in.Opening = incentive.Position{Draw: undefined, Components: []incentive.Standing{{Component: "commission", Earned: undefined}, {Component: "x"}}, Held: []incentive.Held{{Component: "y", Left: num("-1")}}}
		}, []string{"opening.components[0].earned undefined_number", "opening.components[1].component unknown_component", "opening.held[0].component unknown_component",
			"opening.held[0].due missing_number", "opening.held[0].earned missing_number", "opening.held[0].left below_zero", "opening.draw undefined_number"}},
		"corrections": {"what does not add up is not posted", func(in *incentive.Input) {
			in.Corrections = []incentive.Line{{Kind: incentive.Commission}, {Kind: incentive.Correction, Of: period("2025-Q4"), Amount: num("3"), Paid: num("1"), Held: num("1")}}
		}, []string{"corrections[0].kind not_a_correction", "corrections[0].of missing_period", "corrections[0].amount missing_number", "corrections[0].paid missing_number", "corrections[0].held missing_number",
			"corrections[1].amount not_paid_plus_held"}},
		"proration": {"a part of the period", func(in *incentive.Input) { in.Proration = num("1.01") }, []string{"proration not_a_share"}},
		"a far year": {"years 1900 to 2200", func(in *incentive.Input) {
			in.Credits = []incentive.Credit{{ID: "a", Day: calendar.Day(1 << 20), Amount: num("1")}}
		}, []string{"credits[0].day year_out_of_range"}},
	} {
		t.Run(name, func(t *testing.T) {
			needWhy(t, test.why)
			in := q1()
			test.change(&in)
			s, err := one(flatRate("0.1")).Statement(in)
			if got := problems(err); !slices.Equal(got, test.want) {
				t.Errorf("%s: got %q, want %q", test.why, got, test.want)
			}
			if s.Lines != nil {
				t.Error("a statement came with the error")
			}
		})
	}
}
