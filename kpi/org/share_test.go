package org_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"testing"
	"unsafe"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/kpi/org"
	"pgregory.net/rapid"
)

var (
	_ fmt.Stringer             = org.Share{}
	_ encoding.TextMarshaler   = org.Share{}
	_ encoding.TextUnmarshaler = (*org.Share)(nil)
	_ json.Marshaler           = org.Structure{}
	_ json.Unmarshaler         = (*org.Structure)(nil)
)

func share(t interface{ Fatal(...any) }, text string) org.Share {
	s, err := org.ParseShare(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestShareZeroIsWhole(t *testing.T) {
	var s org.Share
	num, den := s.Frac()
	if num != 1 || den != 1 || s.String() != "1" || unsafe.Sizeof(s) != 8 {
		t.Errorf("the zero share is %d/%d, %q, %d bytes", num, den, s, unsafe.Sizeof(s))
	}
	for _, text := range []string{"1", "1.0", "1.000000", "7/7", "01"} {
		if share(t, text) != s {
			t.Errorf("%s is not the whole", text)
		}
	}
}

func TestParseShare(t *testing.T) {
	for text, want := range map[string]string{
		"0.5": "0.5", "1/2": "0.5", "0.50": "0.5", "500000/1000000": "0.5",
		"1/3": "1/3", "2/6": "1/3", "0.333333": "0.333333", "0.000001": "0.000001",
		"1/64":           "0.015625", // 1/2⁶ has six decimals
		"1/128":          "1/128",    // 1/2⁷ has seven
		"999999/1000000": "0.999999", "1/999999": "1/999999",
	} {
		s, err := org.ParseShare(text)
		if err != nil || s.String() != want {
			t.Errorf("%s: got %s, want %s, %v", text, s, want, err)
		}
	}
	for text, test := range map[string]struct {
		why   string
		class error
	}{
		"":                   {"nothing is not the whole", check.ErrInvalid},
		"0":                  {"no assignment at all", check.ErrRange},
		"0.000000":           {"no assignment at all", check.ErrRange},
		"0/5":                {"no assignment at all", check.ErrRange},
		"5/0":                {"no denominator", check.ErrRange},
		"1.5":                {"more than one person", check.ErrRange},
		"3/2":                {"more than one person", check.ErrRange},
		"1/1000001":          {"finer than a millionth", check.ErrRange},
		"0.0000001":          {"seven decimals", check.ErrInvalid},
		"-0.5":               {"a sign", check.ErrInvalid},
		"+1":                 {"a sign", check.ErrInvalid},
		"50%":                {"a percent sign", check.ErrInvalid},
		"5e-1":               {"an exponent", check.ErrInvalid},
		".5":                 {"no digit before the point", check.ErrInvalid},
		"1.":                 {"no digit after the point", check.ErrInvalid},
		"0,5":                {"a comma", check.ErrInvalid},
		" 1":                 {"a space", check.ErrInvalid},
		"1/2/3":              {"two strokes", check.ErrInvalid},
		"0.5/1":              {"a decimal in a fraction", check.ErrInvalid},
		"1/9999999999999999": {"too many digits", check.ErrInvalid},
		"NaN":                {"no number", check.ErrInvalid},
	} {
		before := share(t, "0.25")
		s := before
		_, err := org.ParseShare(text)
		if textErr := s.UnmarshalText([]byte(text)); !errors.Is(err, test.class) || !errors.Is(textErr, test.class) || s != before {
			t.Errorf("%q (%s): %v, %v, %v", text, test.why, err, textErr, s)
		}
	}
	for _, bad := range [][2]int64{{-1, -2}, {-1, 2}, {1, -2}, {math.MinInt64, math.MinInt64}, {0, 0}, {math.MaxInt64, math.MaxInt64 - 1}, {1, math.MaxInt64}} {
		if s, err := org.NewShare(bad[0], bad[1]); !errors.Is(err, check.ErrRange) {
			t.Errorf("%v gave %s, %v", bad, s, err)
		}
	}
}

func drawShare(t *rapid.T, label string) org.Share {
	den := rapid.OneOf(rapid.Int64Range(1, 12), rapid.Int64Range(1, 1_000_000)).Draw(t, label+" den")
	s, err := org.NewShare(rapid.Int64Range(1, den).Draw(t, label+" num"), den)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestShareProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, u := drawShare(t, "s"), drawShare(t, "u")
		if back, err := org.ParseShare(s.String()); err != nil || back != s {
			t.Fatalf("%s came back as %s, %v", s, back, err)
		}
		var back org.Share
		data, err := json.Marshal(s)
		if err != nil || json.Unmarshal(data, &back) != nil || back != s {
			t.Fatalf("%s came back as %s, %v", data, back, err)
		}
		a, b := new(big.Rat), new(big.Rat)
		a.SetFrac64(s.Frac())
		b.SetFrac64(u.Frac())
		if s.Compare(u) != a.Cmp(b) || (s == u) != (a.Cmp(b) == 0) {
			t.Fatalf("%s against %s: %d", s, u, s.Compare(u))
		}
	})
}

func FuzzParseShare(f *testing.F) {
	for _, s := range []string{"0.5", "1/3", "1", "000000000000001/3", "0.000001", "1/0"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := org.ParseShare(text)
		if err != nil {
			if s != (org.Share{}) {
				t.Fatalf("%q gave both %s and %v", text, s, err)
			}
			return
		}
		want, ok := new(big.Rat).SetString(text)
		got := new(big.Rat)
		got.SetFrac64(s.Frac())
		if !ok || want.Cmp(got) != 0 {
			t.Fatalf("%q was read as %s", text, s)
		}
		if back, err := org.ParseShare(s.String()); err != nil || back != s {
			t.Fatalf("%s came back as %s, %v", s, back, err)
		}
	})
}
