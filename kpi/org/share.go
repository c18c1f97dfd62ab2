package org

import (
	"strconv"
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Share is how much of a member an assignment holds: an exact fraction above
// zero and up to one. The zero Share is the whole, 1, so an assignment that
// says nothing holds all of its member. Shares are comparable: == is
// equality, of 0.5 and 1/2 too.
type Share struct {
	num, den uint32 // in lowest terms; both 0 for the whole
}

// finest is the largest denominator: six decimals, a millionth of a person.
const finest = 1_000_000

// NewShare gives num/den. A share of zero or below, above one, or finer than
// a millionth is check.ErrRange.
func NewShare(num, den int64) (Share, error) { return newShare("org.NewShare", num, den, nil) }

func newShare(op string, num, den int64, value any) (Share, error) {
	if num <= 0 || den <= 0 || num > den {
		return Share{}, check.New(op, check.ErrRange, "", "share_out_of_range", value, "num", num, "den", den)
	}
	divisor := gcd(num, den)
	num, den = num/divisor, den/divisor
	switch {
	case den == 1:
		return Share{}, nil
	case den > finest:
		return Share{}, check.New(op, check.ErrRange, "", "share_too_fine", value, "num", num, "den", den, "finest", finest)
	default:
		return Share{uint32(num), uint32(den)}, nil
	}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// ParseShare reads a decimal of up to six places such as 0.5, or a fraction
// such as 1/3. Signs, spaces, percent signs and exponents are errors
// (check.ErrInvalid), and the limits are those of [NewShare].
func ParseShare(s string) (Share, error) { return parseShare("org.ParseShare", s) }

func parseShare(op, s string) (Share, error) {
	num, den, ok := fraction(s)
	if !ok {
		return Share{}, check.New(op, check.ErrInvalid, "", "not_a_share", s, "form", "0.5 or 1/3")
	}
	return newShare(op, num, den, s)
}

func fraction(s string) (num, den int64, ok bool) {
	if left, right, found := strings.Cut(s, "/"); found {
		num, ok1 := digits(left)
		den, ok2 := digits(right)
		return num, den, ok1 && ok2
	}
	whole, places, found := strings.Cut(s, ".")
	if !found {
		num, ok = digits(s)
		return num, 1, ok
	}
	if _, ok := digits(whole); !ok {
		return 0, 0, false
	}
	if _, ok := digits(places); !ok || len(places) > 6 {
		return 0, 0, false
	}
	den = 1
	for range len(places) {
		den *= 10
	}
	num, ok = digits(whole + places)
	return num, den, ok
}

// digits reads plain ASCII digits, few enough to fit.
func digits(s string) (int64, bool) {
	if s == "" || len(s) > 15 {
		return 0, false
	}
	n := int64(0)
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int64(s[i]-'0')
	}
	return n, true
}

// Frac gives the share as a fraction in lowest terms; the whole is 1/1.
func (s Share) Frac() (num, den int64) {
	if s == (Share{}) {
		return 1, 1
	}
	return int64(s.num), int64(s.den)
}

// Equal reports whether both are the same part. It is ==.
func (s Share) Equal(t Share) bool { return s == t }

// Compare orders shares by size.
func (s Share) Compare(t Share) int {
	a, b := s.Frac()
	c, d := t.Frac()
	switch left, right := a*d, c*b; {
	case left < right:
		return -1
	case left > right:
		return 1
	default:
		return 0
	}
}

// String gives a decimal where six places hold the share, 0.5, and a
// fraction where they do not, 1/3; the whole is 1.
func (s Share) String() string {
	num, den := s.Frac()
	switch {
	case den == 1:
		return "1"
	case finest%den != 0:
		return strconv.FormatInt(num, 10) + "/" + strconv.FormatInt(den, 10)
	}
	millionths := strconv.FormatInt(finest+num*(finest/den), 10)
	return "0." + strings.TrimRight(millionths[1:], "0")
}

// MarshalText gives what String gives.
func (s Share) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what [ParseShare] reads.
func (s *Share) UnmarshalText(text []byte) error {
	read, err := parseShare("org.Share", string(text))
	if err != nil {
		return err
	}
	*s = read
	return nil
}
