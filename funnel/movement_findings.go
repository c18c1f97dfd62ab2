package funnel

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// windowBegins adds the finding that closings before a day are not on record,
// where days from an earlier one on are asked for.
func (a *Analysis) windowBegins(found *notes, first calendar.Day) {
	if first < a.window.ClosingsFrom {
		found.add("closings_from", check.Warning, "day", a.window.ClosingsFrom)
	}
}

// movementFindings are the sentences about what changed in time.
func movementFindings() check.Templates {
	return check.Templates{
		{Code: "moves_without_value",
			English: "{deals} of {moves} moves were made without a value: they count in numbers, not in value.",
			Chinese: "{moves} 次变动中有 {deals} 次发生时没有金额：只计入数量，不计入金额。"},
	}
}
