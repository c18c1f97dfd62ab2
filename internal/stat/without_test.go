package stat

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// One record at a time in or out: leaving out is the curve of what is left,
// to the bit, and taking a part out and in again changes nothing.
func TestWithout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var part, rest []Row
		for range rapid.IntRange(0, 12).Draw(t, "records") {
			r := Row{Age: rapid.Int64Range(0, 8).Draw(t, "age")}
			switch rapid.IntRange(0, 2).Draw(t, "end") {
			case 0:
				r.Won = 1
			case 1:
				r.Lost = 1
			default:
				r.Censored = 1
			}
			rows := []Row{r}
			if late := rapid.Int64Range(-3, 7).Draw(t, "late"); late >= 0 && late < r.Age {
				rows = append(rows, Row{Age: late, Entered: 1})
			}
			if rapid.Bool().Draw(t, "in") {
				part = append(part, rows...)
			} else {
				rest = append(rest, rows...)
			}
		}
		out, left := NewTable(part...), NewTable(rest...)
		whole := out.Merge(left)
		if got := whole.Less(out); !slices.Equal(got, left) {
			t.Fatalf("%v, want %v", got, left)
		}
		age := rapid.Int64Range(0, 9).Draw(t, "at")
		for _, cause := range []Cause{Won, Lost} {
			want, known := AalenJohansen(left, cause).At(age)
			got, ok := NewWithout(whole, cause, age).Share(out)
			if ok != known || ok && got != want.Share {
				t.Fatalf("%v %v, want %v %v", got, ok, want.Share, known)
			}
		}
	})
}
