package steps

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Limits of a definition; more is check.ErrRange.
const (
	MostSteps      = 32 // steps, and exclusions likewise
	MostEventNames = 256
)

// Definition is a step funnel: which events are its steps, and what counts as
// going through them. It is a record: write it as a literal and check it with
// Validate, which [Analyze] does too. It is data, so that it can be stored,
// compared by its [Definition.Hash], and shared between goroutines.
type Definition struct {
	ID   string
	Name string // for people

	Steps []Step
	Order Order

	// Window is how long an attempt has from its start to its last step. It is
	// required; [Unlimited] says that there is none.
	Window Span

	Edge       Edge // of the window and of every MaxGap
	Ties       Ties
	Clock      Clock
	Exclusions []Exclusion
}

// Validate reports every problem with its path:
//
//	id, steps[i].id           missing, not UTF-8, or twice
//	steps                     none, or more than 32
//	steps[i].events[j]        empty, not UTF-8, twice, or more than 256
//	steps[i].where[j]         no attribute; neither or both of is and missing
//	steps[i].optional         the first step, or a step without order
//	steps[i].min_gap, max_gap negative, not whole microseconds, the least above
//	                          the most, of the first step, or without order
//	window                    missing, negative, or not whole microseconds
//	order, edge, ties, clock  outside the constants; ties without order
//	exclusions[i]             more than 32; no events; from and to that are no
//	                          mandatory steps, or not one after the other, or
//	                          not the whole where steps have no order
func (d Definition) Validate() error {
	problems := check.List{Op: "steps.Definition"}
	problems.ID("id", "missing_id", d.ID)
	d.checkWords(&problems)
	checkSpan(&problems, "window", d.Window)
	if d.Window == 0 {
		problems.Add(check.ErrMissing, "window", "missing_window", nil, "none", Unlimited)
	}
	switch n := len(d.Steps); {
	case n == 0:
		problems.Add(check.ErrMissing, "steps", "missing_steps", nil)
	case n > MostSteps:
		problems.Add(check.ErrRange, "steps", "too_many_steps", n, "most", MostSteps)
	}
	seen := map[string]bool{}
	for i, s := range d.Steps {
		at := check.At("steps", i)
		problems.ID(at+".id", "missing_id", s.ID)
		if seen[s.ID] && s.ID != "" {
			problems.Add(check.ErrDuplicate, at+".id", "duplicate_id", s.ID)
		}
		seen[s.ID] = true
		s.check(&problems, at, i == 0, d.Order)
	}
	if n := len(d.Exclusions); n > MostSteps {
		problems.Add(check.ErrRange, "exclusions", "too_many_exclusions", n, "most", MostSteps)
	}
	for i, x := range d.Exclusions {
		x.check(&problems, check.At("exclusions", i), d)
	}
	return problems.Err()
}

func (d Definition) checkWords(problems *check.List) {
	for _, w := range []struct {
		path        string
		value, last uint8
	}{
		{"order", uint8(d.Order), uint8(Unordered)},
		{"edge", uint8(d.Edge), uint8(Exclusive)},
		{"ties", uint8(d.Ties), uint8(LaterInstants)},
		{"clock", uint8(d.Clock), uint8(EachVisit)},
	} {
		if w.value > w.last {
			problems.Add(check.ErrUnknown, w.path, "unknown_word", w.value)
		}
	}
	if d.Order == Unordered && d.Ties != AnyOrder {
		problems.Add(check.ErrInvalid, "ties", "ties_without_order", d.Ties)
	}
}

// checkSpan reports a span that is none.
func checkSpan(problems *check.List, path string, s Span) {
	switch {
	case s < 0:
		problems.Add(check.ErrRange, path, "negative_span", s)
	case s != Unlimited && s%1000 != 0:
		problems.Add(check.ErrInvalid, path, "not_whole_microseconds", s)
	}
}

// Hash gives a fingerprint, the SHA-256 in hex of the definition's JSON
// without its Name. An invalid definition has none; the error is that of
// Validate.
func (d Definition) Hash() (string, error) {
	if err := d.Validate(); err != nil {
		return "", err
	}
	d.Name = ""
	form, err := json.Marshal(d)
	sum := sha256.Sum256(form)
	return hex.EncodeToString(sum[:]), err
}

// index gives the place of a step, −1 for none.
func (d Definition) index(id string) int {
	for i, s := range d.Steps {
		if s.ID == id {
			return i
		}
	}
	return -1
}

// main gives the places of the mandatory steps.
func (d Definition) main() []int {
	main := make([]int, 0, len(d.Steps))
	for i, s := range d.Steps {
		if !s.Optional {
			main = append(main, i)
		}
	}
	return main
}
