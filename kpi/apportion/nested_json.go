package apportion

import (
	"encoding/json"
	"math/big"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// nodeJSON and partJSON are the JSON forms. They hold their numbers as
// decimalJSON, because what decimal itself writes and reads depends on variables
// of its package.
type nodeJSON struct {
	Key      string      `json:"key"`
	Weight   decimalJSON `json:"weight"`
	Children []nodeJSON  `json:"children,omitempty"`
}

type partJSON struct {
	Key      string      `json:"key"`
	Amount   decimalJSON `json:"amount"`
	Children []partJSON  `json:"children,omitempty"`
}

// MarshalJSON gives key, weight as a string, and children where there are
// any.
func (n Node) MarshalJSON() ([]byte, error) { return json.Marshal(toNodeJSON(n)) }

// UnmarshalJSON reads what MarshalJSON writes, and weights that are JSON
// numbers. Unknown fields and weights that are no decimals are errors, each
// with its path.
func (n *Node) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var read nodeJSON
	if err := check.Decode("apportion.Node", data, &read); err != nil {
		return err
	}
	*n = read.node()
	return nil
}

// MarshalJSON gives key, amount as a string with all its places, and
// children where there are any.
func (p Part) MarshalJSON() ([]byte, error) { return json.Marshal(toPartJSON(p)) }

// UnmarshalJSON reads what MarshalJSON writes, under the rules of [Node].
func (p *Part) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var read partJSON
	if err := check.Decode("apportion.Part", data, &read); err != nil {
		return err
	}
	*p = read.part()
	return nil
}

func toNodeJSON(n Node) nodeJSON {
	return nodeJSON{n.Key, decimalJSON(n.Weight), each(n.Children, toNodeJSON)}
}

func (n nodeJSON) node() Node {
	return Node{n.Key, decimal.Decimal(n.Weight), each(n.Children, nodeJSON.node)}
}

func toPartJSON(p Part) partJSON {
	return partJSON{p.Key, decimalJSON(p.Amount), each(p.Children, toPartJSON)}
}

func (p partJSON) part() Part {
	return Part{p.Key, decimal.Decimal(p.Amount), each(p.Children, partJSON.part)}
}

// each keeps nil nil, so that a leaf comes back as it was.
func each[A, B any](from []A, convert func(A) B) []B {
	if from == nil {
		return nil
	}
	to := make([]B, len(from))
	for i, a := range from {
		to[i] = convert(a)
	}
	return to
}

// decimalJSON is a decimal as JSON text: a string on the way out, a string or a
// JSON number without exponent on the way in.
type decimalJSON decimal.Decimal

func (n decimalJSON) MarshalJSON() ([]byte, error) { return json.Marshal(text(decimal.Decimal(n))) }

func (n *decimalJSON) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	s := strings.Trim(string(data), `"`)
	whole, places, point := strings.Cut(s, ".")
	digits := strings.TrimPrefix(whole, "-") + places
	if len(digits) > 2*MaxDigits || len(places) > MaxDigits {
		return check.New("apportion.Node", check.ErrRange, "", "number_too_large", s, "most_digits", MaxDigits)
	}
	coefficient, ok := new(big.Int).SetString(whole+places, 10)
	if !ok || strings.Trim(digits, "0123456789") != "" || point && places == "" || whole == "" || whole == "-" {
		return check.New("apportion.Node", check.ErrInvalid, "", "not_a_number", s)
	}
	*n = decimalJSON(decimal.NewFromBigInt(coefficient, int32(-len(places))))
	return nil
}
