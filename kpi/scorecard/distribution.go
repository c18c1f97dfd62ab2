package scorecard

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Distribution is a forced distribution (强制分布, 271): how large a share of
// the people each class gets, whatever their scores.
//
// A class says where somebody stands among these people in this period, and
// nothing else. It does not show that somebody is not fit for the job: in a
// team of nothing but good people somebody is last. Chinese courts say so too:
// by guiding case 18 of the Supreme People's Court (中兴通讯诉王鹏) and point 29 of
// the minutes of its eighth national conference on civil trials (2016), the
// last place of a ranking by itself is no lawful ground to end a contract.
type Distribution struct {
	Classes []Class `json:"classes"` // the best first; the shares add up to one
	// LeastPool is how many people a pool must have; 10 where left out: a tenth
	// of fewer is nobody.
	LeastPool int  `json:"least_pool,omitzero"`
	Upward    bool `json:"upward,omitzero"` // smaller pools join their parent; else they are refused
}

// Class is one part of a distribution.
type Class struct {
	Name  string    `json:"name"`
	Share kpi.Value `json:"share"` // above zero
}

// MaxClasses is how many classes a distribution may have.
const MaxClasses = 20

// TwentySeventyTen gives the distribution known as 271: 20 % on top, 70 % in
// the middle, 10 % at the bottom.
func TwentySeventyTen() Distribution {
	return Distribution{Classes: []Class{
		{Name: "top", Share: kpi.Frac(20, 100)}, {Name: "middle", Share: kpi.Frac(70, 100)}, {Name: "bottom", Share: kpi.Frac(10, 100)},
	}}
}

// Validate reports fewer than two or too many classes, names that are missing
// or stand twice, shares that are not above zero or do not add up to one, and
// a least pool below two.
func (d Distribution) Validate() error {
	problems := check.List{Op: "scorecard.Distribution"}
	switch n := len(d.Classes); {
	case n < 2:
		problems.Add(check.ErrMissing, "classes", "too_few_classes", n, "least", 2)
	case n > MaxClasses:
		problems.Add(check.ErrRange, "classes", "too_many_classes", n, "most", MaxClasses)
	}
	names, sum := map[string]int{}, kpi.Int(0)
	for i, c := range d.Classes {
		switch at, twice := names[c.Name]; {
		case c.Name == "":
			problems.Add(check.ErrMissing, check.At("classes", i, "name"), "missing_name", nil)
		case twice:
			problems.Add(check.ErrDuplicate, check.At("classes", i, "name"), "duplicate_name", c.Name, "first", check.At("classes", at))
		default:
			names[c.Name] = i
		}
		if c.Share.Sign() <= 0 {
			problems.Add(check.ErrRange, check.At("classes", i, "share"), "share_not_positive", c.Share)
			sum = kpi.Value{}
		}
		sum = sum.Add(c.Share)
	}
	if sum.Defined() && len(d.Classes) > 0 && sum != kpi.Int(1) {
		problems.Add(check.ErrInvalid, "classes", "shares_not_one", sum.Exact())
	}
	if d.LeastPool != 0 && d.LeastPool < 2 {
		problems.Add(check.ErrRange, "least_pool", "pool_too_small", d.LeastPool, "least", 2)
	}
	return problems.Err()
}

func (d Distribution) leastPool() int {
	if d.LeastPool == 0 {
		return 10
	}
	return d.LeastPool
}
