package funnel

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Event is something known about a deal from an instant on. Every field that
// is not zero is stated, the others are not touched: a row of a stage log
// states a stage, an edit of the amount states an amount, a row of a table
// that holds everything states everything. The same statement twice counts
// once.
type Event struct {
	Deal string    // the deal's ID
	At   time.Time // since when; zero where that is not known, and for what always held
	Seq  int64     // order among events of one instant, such as the row number

	// Birth marks the row that created the deal. Without one the deal begins
	// with its first entry into a stage. A birth without a stage is one into
	// the stage where the next row comes from, or else the first.
	Birth bool

	Pipeline string // may be left out where the stage's ID stands in one pipeline alone
	Stage    string // the stage or end that the deal is in from At on
	From     string // the stage it came from, where the log has it

	Owner         string
	Amount        kpi.Value    // kpi.Undefined(kpi.NoAmount) takes an earlier amount back
	ListPrice     kpi.Value    // the reference price, known for lost deals too
	Probability   kpi.Value    // share 0…1 of this deal, in place of its stage's
	ExpectedClose calendar.Day // the close date that the owner expects
	Category      Category     // the forecast category of this deal, in place of its stage's

	// Reason is why the deal came to its end; several events may state
	// several reasons.
	Reason string

	Activity string       // something done with the customer at this instant: a call, a meeting
	NextStep calendar.Day // the day for which the next step is agreed

	// Removed marks the deletion of the deal: from then on it counts nowhere,
	// until a later event states a stage again.
	Removed bool
}
