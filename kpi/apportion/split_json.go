package apportion

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/shopspring/decimal"
)

// splitJSON and divisionJSON are the JSON forms, with numbers as decimalJSON.
type splitJSON struct {
	Method Method                 `json:"method"`
	Scale  int                    `json:"scale"`
	Step   *decimalJSON           `json:"step,omitempty"`
	Floors map[string]decimalJSON `json:"floors,omitempty"`
	Caps   map[string]decimalJSON `json:"caps,omitempty"`
	Locked map[string]decimalJSON `json:"locked,omitempty"`
}

type divisionJSON struct {
	Parts    []Part          `json:"parts"`
	Rest     decimalJSON     `json:"rest"`
	Findings []check.Finding `json:"findings"`
}

// MarshalJSON gives method, scale, and where there are any step, floors, caps
// and locked, amounts as strings.
func (s Split) MarshalJSON() ([]byte, error) {
	out := splitJSON{Method: s.Method, Scale: s.Scale,
		Floors: eachKey(s.Floors, toDecimalJSON), Caps: eachKey(s.Caps, toDecimalJSON), Locked: eachKey(s.Locked, toDecimalJSON)}
	if s.Step.Sign() != 0 {
		step := decimalJSON(s.Step)
		out.Step = &step
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes, and amounts that are JSON
// numbers. Unknown fields and words are errors, each with its path; what
// [Split.Validate] asks for is not asked here.
func (s *Split) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var read splitJSON
	if err := check.Decode("apportion.Split", data, &read); err != nil {
		return err
	}
	*s = Split{Method: read.Method, Scale: read.Scale,
		Floors: eachKey(read.Floors, toDecimal), Caps: eachKey(read.Caps, toDecimal), Locked: eachKey(read.Locked, toDecimal)}
	if read.Step != nil {
		s.Step = decimal.Decimal(*read.Step)
	}
	return nil
}

// MarshalJSON gives parts, rest and findings.
func (d Division) MarshalJSON() ([]byte, error) {
	out := divisionJSON{Parts: d.Parts, Rest: decimalJSON(d.Rest), Findings: d.Findings}
	if out.Parts == nil {
		out.Parts = []Part{}
	}
	if out.Findings == nil {
		out.Findings = []check.Finding{}
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (d *Division) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	var read divisionJSON
	if err := check.Decode("apportion.Division", data, &read); err != nil {
		return err
	}
	*d = Division{Parts: read.Parts, Rest: decimal.Decimal(read.Rest), Findings: read.Findings}
	return nil
}

func toDecimalJSON(d decimal.Decimal) decimalJSON { return decimalJSON(d) }

func toDecimal(d decimalJSON) decimal.Decimal { return decimal.Decimal(d) }

// eachKey keeps nil nil.
func eachKey[A, B any](from map[string]A, convert func(A) B) map[string]B {
	if from == nil {
		return nil
	}
	to := make(map[string]B, len(from))
	for key, a := range from {
		to[key] = convert(a)
	}
	return to
}
