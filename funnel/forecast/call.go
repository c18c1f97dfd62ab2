package forecast

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Caller says who made a call. The zero Caller is OwnerCalls.
type Caller uint8

const (
	OwnerCalls   Caller = iota // the seller about the own deals
	ManagerCalls               // the manager about a seller's deals, or about all; it goes before the seller's
)

func callerWords() []string { return []string{"owner", "manager"} }

// String gives owner or manager.
func (c Caller) String() string { return enum.String(callerWords(), c) }

// MarshalText gives the word; a number outside the constants is an error.
func (c Caller) MarshalText() ([]byte, error) {
	return enum.Marshal("forecast.Caller", callerWords(), c)
}

// UnmarshalText reads the word.
func (c *Caller) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Caller", callerWords(), text, c)
}

// Call is what somebody says that the won deals and the open ones up to a
// category will bring, in place of their sum. It belongs to an owner and a
// period and changes no deal; later calls take the place of earlier ones, and
// of one day that which is handed in last. A call without a value
// (kpi.Undefined(kpi.NoAmount)) takes the earlier ones back.
type Call struct {
	Period   calendar.Period `json:"period"`
	Owner    string          `json:"owner,omitzero"` // whose deals; empty: all of them, by the manager alone
	By       Caller          `json:"by"`
	Category funnel.Category `json:"category"` // commit, best_case or pipeline: cumulative up to it
	Value    kpi.Value       `json:"value"`
	Day      calendar.Day    `json:"day"` // when it was said; it holds from this day on
	Note     string          `json:"note,omitzero"`
}

// Validate reports a period or day that is missing (check.ErrMissing), a
// category that rolls up nothing or a caller outside the constants
// (check.ErrUnknown), and a call about all that is not the manager's
// (check.ErrInvalid).
func (c Call) Validate() error {
	problems := check.List{Op: "forecast.Call"}
	if c.Period.IsZero() {
		problems.Add(check.ErrMissing, "period", "missing_period", nil)
	}
	if c.Day.IsZero() {
		problems.Add(check.ErrMissing, "day", "missing_day", nil)
	}
	if c.By > ManagerCalls {
		problems.Add(check.ErrUnknown, "by", "unknown_word", uint8(c.By))
	}
	if !slices.Contains(rollUp(), c.Category) {
		problems.Add(check.ErrUnknown, "category", "rolls_up_nothing", c.Category)
	}
	if c.Owner == "" && c.By == OwnerCalls {
		problems.Add(check.ErrInvalid, "owner", "call_about_all", nil)
	}
	return problems.Err()
}

// rollUp gives the categories in the order in which they add up.
func rollUp() []funnel.Category {
	return []funnel.Category{funnel.Commit, funnel.BestCase, funnel.InPipeline}
}

// sortedCalls gives the calls by day, those of one day as they came.
func sortedCalls(calls []Call) []Call {
	sorted := slices.Clone(calls)
	slices.SortStableFunc(sorted, func(a, b Call) int { return cmp.Compare(a.Day, b.Day) })
	return sorted
}

// called gives the latest call of a caller about an owner, up to a day; no
// data where there is none or it was taken back.
func called(calls []Call, p calendar.Period, upTo calendar.Day, owner string, by Caller, c funnel.Category) kpi.Value {
	value := kpi.Value{}
	for _, call := range calls {
		if call.Period == p && call.Day <= upTo && call.Owner == owner && call.By == by && call.Category == c {
			value = call.Value
		}
	}
	if !value.Defined() {
		return kpi.Value{}
	}
	return value
}
