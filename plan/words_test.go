package plan_test

import (
	"encoding"
	"errors"
	"fmt"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// Every word is read as it is written, and there is none beyond the last.
func TestWords(t *testing.T) {
	words(t, plan.Drafted, plan.Committed, plan.Active, plan.Closed)
	words(t, plan.Unproven, plan.Holds, plan.Fails)
	words(t, plan.OtherMeasure, plan.Training, plan.Coaching, plan.Pricing, plan.Process, plan.Incentives, plan.Coverage, plan.Marketing, plan.Care)
	words(t, plan.Assumed, plan.Published, plan.Measured)
	words(t, plan.IsActual, plan.IsTarget, plan.IsAttainment, plan.IsContribution, plan.IsUsual, plan.IsPromised, plan.IsSeen, plan.IsBudget, plan.IsSpent, plan.IsPaid, plan.IsOriginal)
	words(t, plan.Pace, plan.Attained, plan.LandingShare, plan.ForecastShare, plan.OfMetric)
	words(t, plan.Raised, plan.Standing, plan.Over, plan.Watched, plan.Resting)
	words(t, plan.Pending, plan.Planned, plan.Done, plan.Dropped)
	words(t, plan.OpenDecisions, plan.ChangedPast, plan.Alarms, plan.Lines, plan.Execution, plan.Gaps, plan.Risks, plan.Tidiness, plan.OpenFeedback, plan.Praise)
}

type word interface {
	~uint8
	fmt.Stringer
	encoding.TextMarshaler
}

func words[W word, P interface {
	*W
	encoding.TextUnmarshaler
}](t *testing.T, all ...W) {
	t.Helper()
	for i, w := range all {
		text, err := w.MarshalText()
		var back W
		if err != nil || string(text) != w.String() || P(&back).UnmarshalText(text) != nil || back != w || int(w) != i {
			t.Errorf("%T %d: %q, %v, read as %v", w, i, text, err, back)
		}
	}
	if _, err := W(len(all)).MarshalText(); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("%T has more words than %d", all[0], len(all))
	}
	var none W
	if err := P(&none).UnmarshalText([]byte("nothing")); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("%T reads a word that is none", none)
	}
}
