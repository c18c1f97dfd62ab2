package calendar

import "github.com/saleskpi/saleskpi/kpi/check"

const (
	codeHoliday = "moving_holiday"
	codeLeftOut = "days_left_out"
	codeUnequal = "unequal_days"
	codeWeek53  = "week_53"
)

// Findings gives the sentences of the findings of this package.
func Findings() check.Templates {
	return check.Templates{
		{
			Code:    codeHoliday,
			English: "{subject} moves: the period holds {now} of its days and the one it is compared with {then}, so part of the difference is the calendar.",
			Chinese: "{subject}日期错位：本期含 {now} 天，对比期含 {then} 天，差异中有一部分来自日历因素。",
		},
		{
			Code:    codeLeftOut,
			English: "{subject}: {days} days from {first} to {last} are left out, so that like is compared with like.",
			Chinese: "{subject}：为保证同口径对比，{first} 至 {last} 共 {days} 天未计入。",
		},
		{
			Code:    codeUnequal,
			English: "{subject} is compared to the same date: {now} days against {then}.",
			Chinese: "{subject} 按相同日期对比：本期 {now} 天，对比期 {then} 天，天数不等。",
		},
		{
			Code:    codeWeek53,
			English: "{subject} lies 53 weeks after {base}, not 52: the year before had 53 weeks, and by number the same week falls about six days later in the calendar.",
			Chinese: "{subject} 与 {base} 相隔 53 周而非 52 周：上一年有 53 周，按周序号对比时，同一周在日历上晚约六天。",
		},
	}
}
