package funnel

// Ages are the days from the start of a deal to the as-of day, or to its
// close. The zero Ages is any, known or not.
type Ages struct {
	From    int  `json:"from,omitzero"`
	Below   int  `json:"below,omitzero"`   // not itself; 0: no end
	Unknown bool `json:"unknown,omitzero"` // the deals whose age is not known, and no others
}

// Ages gives the ages of a bucket, for a [Figure] of its deals.
func (b AgeBucket) Ages() Ages { return Ages{From: b.From, Below: b.To + 1} }

func (a Ages) hold(age int) bool { return age >= a.From && (a.Below == 0 || age < a.Below) }
