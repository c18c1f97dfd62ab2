package apportion

import "github.com/saleskpi/saleskpi/internal/enum"

// Method says who receives the units that are left when each part has the
// whole units of its exact share. A weight of zero receives under none of
// them, and equal claims go to the earlier part.
//
//	method                            who receives                                   a bigger weight never gets less
//	largest_remainder                 the largest remainders (Hamilton)              yes
//	largest_remainder_floor_negative  the same, but below zero the later of equals   yes
//	largest_ratio                     the largest weights                            yes
//	floor_to_first                    the first parts (Fowler)                       no, by one unit
//	carry_from_last                   see CarryFromLast                              no
//	floor_separate                    nobody: Division.Rest                          yes
//
// The last column is about parts without limits of their own, and leaves the
// rest of a step aside. Under all but carry_from_last every part is the floor or the ceiling of its
// share, or, where the share is whole, under floor_to_first and largest_ratio
// at most one unit above. The zero value is LargestRemainder.
type Method uint8

// The methods, named by what they do with the units left.
const (
	// LargestRemainder is the method of the package comment.
	LargestRemainder Method = iota
	// LargestRemainderFloorNegative rounds shares below zero down, away from
	// zero, before it looks at what is left: −5 by 7 and 3 gives −3 and −2,
	// where 5 gives 4 and 1. So does moneyphp/money.
	LargestRemainderFloorNegative
	// LargestRatio gives to the largest weights. So does dinero.js.
	LargestRatio
	// FloorToFirst gives to the first parts. So do go-money and brick/money.
	FloorToFirst
	// CarryFromLast goes from the last part to the first and gives each the
	// whole units of
	//
	//	what remains × weight / sum of the weights that remain
	//
	// so that roundings gather in the first parts, which may be several units
	// from their share. So does RubyMoney.
	CarryFromLast
	// FloorSeparate leaves the units left apart, in Division.Rest, and with
	// them what is no multiple of a step. It is the one method whose parts need
	// not add up to the total.
	FloorSeparate
)

func methodWords() []string {
	return []string{"largest_remainder", "largest_remainder_floor_negative", "largest_ratio",
		"floor_to_first", "carry_from_last", "floor_separate"}
}

// String gives the word of the method, such as largest_remainder.
func (m Method) String() string { return enum.String(methodWords(), m) }

// MarshalText gives the word of the method.
func (m Method) MarshalText() ([]byte, error) {
	return enum.Marshal("apportion.Method", methodWords(), m)
}

// UnmarshalText reads a word, and shopify_nearest as LargestRemainder, whose
// rule it is.
func (m *Method) UnmarshalText(text []byte) error {
	if string(text) == "shopify_nearest" {
		*m = LargestRemainder
		return nil
	}
	return enum.Unmarshal("apportion.Method", methodWords(), text, m)
}
