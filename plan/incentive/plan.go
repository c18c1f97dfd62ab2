package incentive

import (
	"github.com/saleskpi/saleskpi/kpi"
)

// Bounds of a plan.
const (
	MaxComponents = 100 // components of a plan
	MaxTiers      = 100 // tiers, points, weights or accelerators of a component
)

// Plan says what attainment pays. It is a record and a document to be
// stored: its JSON carries "schema":"saleskpi/incentive/1". The pay of a
// period is the sum of its components', kept between the limits, topped up
// to the draw.
//
// The order of components, tiers and points does not matter, but that lines
// come in the order of components; the order of weights does.
type Plan struct {
	ID         string       `json:"id"`
	Name       string       `json:"name,omitzero"`
	NameZH     string       `json:"name_zh,omitzero"`
	Unit       kpi.Unit     `json:"unit"`     // the one currency of every statement, and the scale of its cents
	Rounding   kpi.Rounding `json:"rounding"` // of each component's pay, once; half_even where left out
	Components []Component  `json:"components"`
	Limit      Limit        `json:"limit,omitzero"` // of all components together
	Draw       Draw         `json:"draw,omitzero"`
	Reversal   Reversal     `json:"reversal,omitzero"`
}

// Component is one way to earn: a commission on deals, a bonus for a quota,
// a pay curve. It has either Tiers or a Curve.
//
// What it counts is the sum of the credits of its metric, or the Actual that
// is stated for it. Tiers and curve are read at the position: that sum, or
// where ToDate is set, that sum on top of what was counted before the
// period. By attainment the position is compared with the quota as
// [kpi.Attainment] does, so a quota of zero or none leaves the pay
// undefined and the statement says so.
//
// # Target pay
//
// Where TargetPay is stated, every pay figure of the component counts in it:
// a tier's rate is in target pay per whole quota, and a flat, a minimum, a
// maximum, a curve's pay, a floor or a cap of 1 is the whole target pay.
// Somebody with 20,000 on a quota of 500,000 is so paid 4 % at a rate of 1
// and 8 % at a rate of 2. Without TargetPay rates are shares of what is
// counted and the others amounts of money.
type Component struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitzero"`
	NameZH string `json:"name_zh,omitzero"`

	Metric  string   `json:"metric,omitzero"`  // counts the credits of this metric; the default one where left out
	Overlay bool     `json:"overlay,omitzero"` // counts overlay credits, and no hard ones
	Basis   Basis    `json:"basis"`
	Weights []Weight `json:"weights,omitempty"` // what a credit counts; the first that matches

	Direction kpi.Direction `json:"direction"` // lower is better: no marginal tiers, by attainment alone
	By        Axis          `json:"by"`        // what tiers and points are stated in
	ToDate    bool          `json:"to_date,omitzero"`
	Mode      Mode          `json:"mode"` // of tiers
	Tiers     []Tier        `json:"tiers,omitempty"`
	Curve     []Point       `json:"curve,omitempty"`
	TargetPay kpi.Value     `json:"target_pay,omitzero"` // for the whole quota; that of a [Result] comes first

	Gate         Gate          `json:"gate,omitzero"` // closed: the component pays nothing but its floor
	Accelerators []Accelerator `json:"accelerators,omitempty"`
	Limit        Limit         `json:"limit,omitzero"`
	Hold         Hold          `json:"hold,omitzero"`
}

// Limit keeps the pay of a period between a floor and a cap.
//
// A cap scales the lines down in proportion, so that what is held or taken
// back later is scaled with them. A floor adds a line of its own and holds
// nothing; it is a guarantee and pays behind a closed gate too. CapToDate is
// a cap on what is earned from the beginning of the year, or whenever the
// opening position was last empty; what was earned above it before is not
// taken back.
type Limit struct {
	Floor     kpi.Value `json:"floor,omitzero"`
	Cap       kpi.Value `json:"cap,omitzero"`
	CapToDate kpi.Value `json:"cap_to_date,omitzero"`
}

// Draw is what is paid at least in a period, as an advance.
//
//	pay below the draw:  topped up to it
//	pay above it:        what is still owed is taken from the part above
//
// A recoverable draw makes the top-up a debt, which the closing position
// carries on; one that is not is a guarantee. A recoverable draw of 0 means
// that nobody pays back in cash: pay below zero is carried on instead. A
// plan without draw pays what comes out, below zero too.
//
// Corrections of earlier periods stand outside: those periods had their own
// draw.
type Draw struct {
	Amount      kpi.Value `json:"amount,omitzero"` // of a whole period
	Recoverable bool      `json:"recoverable,omitzero"`
}

func (d Draw) none() bool { return d.Amount == kpi.Value{} }

// Hold keeps pay back until the customer's cash is collected: 提成按回款发放.
//
//	held = pay × share × (1 − collected / due)
//
// so that a share of 1/2 pays half on booking and half as cash comes in. With
// Whole nothing of the held share is paid before all that is due has come
// in. What was once released is held no more, should cash go back; a
// reversed deal is what takes it back. The zero Hold holds nothing.
type Hold struct {
	Share kpi.Value `json:"share,omitzero"` // above 0, at most 1
	Whole bool      `json:"whole,omitzero"`
}

func (h Hold) none() bool { return h.Share == kpi.Value{} }

// kept gives the share of pay that is held when this share of the cash has
// come in.
func (h Hold) kept(collected kpi.Value) kpi.Value {
	if h.Whole && collected.Less(kpi.Int(1)) {
		collected = kpi.Int(0)
	}
	return h.Share.Mul(kpi.Int(1).Sub(collected))
}

// Gate must be open for something to be paid. It is open where an attainment
// is at least AtLeast; where that attainment is undefined, so is the pay
// behind the gate. The zero Gate is always open.
type Gate struct {
	Component string    `json:"component,omitzero"` // whose attainment; its own where left out
	ToDate    bool      `json:"to_date,omitzero"`   // cumulative: what was counted over the quotas, from the opening on
	AtLeast   kpi.Value `json:"at_least"`           // 1 is 100 %
}

func (g Gate) none() bool { return g == Gate{} }

// Accelerator multiplies a component's pay of the period while its gate is
// open. Of several open ones that with the highest AtLeast counts, alone. To
// raise only what lies above a quota, use a tier with a gate.
type Accelerator struct {
	Gate   Gate      `json:"gate"`
	Factor kpi.Value `json:"factor"`
}

// Weight says what a credit counts, for position and pay alike: a renewal
// half, a service nothing. It matches where the credit has every tag of When;
// an empty When matches all. Of a component's weights the first that
// matches counts, so the special stand before the general; where none
// matches a credit counts once.
type Weight struct {
	When   map[string]string `json:"when,omitempty"`
	Factor kpi.Value         `json:"factor"`
}

func (w Weight) matches(tags map[string]string) bool {
	for name, value := range w.When { // every one must hold: order does not matter
		if got, there := tags[name]; !there || got != value {
			return false
		}
	}
	return true
}

// weight gives what a credit with these tags counts.
func (c Component) weight(tags map[string]string) kpi.Value {
	for _, w := range c.Weights {
		if w.matches(tags) {
			return w.Factor
		}
	}
	return kpi.Int(1)
}
