package action

import "github.com/saleskpi/saleskpi/internal/enum"

// Kind says what sort of strategy it is. The zero Kind is none, which no
// strategy of a valid plan has.
type Kind uint8

const (
	NoKind               Kind = iota // not said
	Promotion                        // bring in demand: campaigns, fairs, advertising (市场推广)
	CustomerRelationship             // care for those one has: visits, service, renewals (客户关系)
	Pricing                          // prices, discounts, terms (定价)
	Product                          // what is sold, and in which bundles (产品)
	Channel                          // through whom it is sold (渠道)
)

func kindWords() []string {
	return []string{"none", "promotion", "customer_relationship", "pricing", "product", "channel"}
}

// String gives none, promotion, customer_relationship, pricing, product or
// channel.
func (k Kind) String() string { return enum.String(kindWords(), k) }

// MarshalText gives the word.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("action.Kind", kindWords(), k) }

// UnmarshalText reads the word.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.Kind", kindWords(), text, k)
}

// Part is what somebody has to do with an action, by the responsibility
// matrix (RACI). The zero Part is none.
type Part uint8

const (
	NoPart      Part = iota // not said
	Accountable             // answers for it; exactly one (A, 负责人)
	Responsible             // does it; at least one (R, 执行人)
	Consulted               // is asked before (C, 被咨询人)
	Informed                // is told after (I, 被告知人)
)

func partWords() []string {
	return []string{"none", "accountable", "responsible", "consulted", "informed"}
}

// String gives none, accountable, responsible, consulted or informed.
func (p Part) String() string { return enum.String(partWords(), p) }

// MarshalText gives the word.
func (p Part) MarshalText() ([]byte, error) { return enum.Marshal("action.Part", partWords(), p) }

// UnmarshalText reads the word.
func (p *Part) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.Part", partWords(), text, p)
}

// Stacking is the rule for several strategies that move one lever at the
// same time.
type Stacking uint8

const (
	// Compound lets each count once, on top of the others: +10 % and +20 %
	// are 1.1 × 1.2 = +32 %.
	Compound Stacking = iota
	// Larger lets the largest rise count, and beside it the largest fall:
	// +10 % and +20 % are +20 %, and with −5 % they are 1.2 × 0.95 = +14 %. It
	// is the careful rule where strategies reach the same customers.
	Larger
)

func stackingWords() []string { return []string{"compound", "larger"} }

// String gives compound or larger.
func (s Stacking) String() string { return enum.String(stackingWords(), s) }

// MarshalText gives the word.
func (s Stacking) MarshalText() ([]byte, error) {
	return enum.Marshal("action.Stacking", stackingWords(), s)
}

// UnmarshalText reads the word.
func (s *Stacking) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.Stacking", stackingWords(), text, s)
}
