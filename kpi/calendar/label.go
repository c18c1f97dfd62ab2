package calendar

import (
	"strconv"
	"time"
)

// Label gives the name of a period, the shortest that [Calendar.Parse] reads
// back under the same calendar:
//
//	a year               2026           FY2026 where it is not the calendar year
//	a half or quarter    2026-H1        FY2026-Q3
//	a month              2026-03        FY2026-P03 where it is not one of the calendar
//	a week               2026-W05       FY2026-W14 of a 52/53-week year
//	a day                2026-03-05
//	anything else        2026-01-01/2026-02-15, the end not included
//
// No period has the label "". See [Calendar.LabelByMonth] for FY2026-P03-W2.
func (c Calendar) Label(p Period) string {
	g, ok := c.GrainOf(p)
	switch {
	case !ok:
		return p.String()
	case g == Daily:
		return p.start.String()
	case g == Weekly && !c.isRetail():
		return c.weekLabel(p.start)
	case g == Monthly && c.calendarMonths():
		return p.start.String()[:len("2026-03")]
	default:
		return c.yearLabel(p.start) + c.partLabel(g, p.start)
	}
}

// Text names a period for people: its label, and of anything that has no name
// of its own the first and the last day, 2026-01-01 – 2026-02-14.
func (c Calendar) Text(p Period) string {
	if _, whole := c.GrainOf(p); whole || p.IsZero() {
		return c.Label(p)
	}
	return p.Start().String() + " – " + p.Last().String()
}

// LabelByMonth gives the label of a week of a 52/53-week year by its place in
// the month, FY2026-P03-W2, which Parse reads as well. Whatever else there is
// has the label that Label gives.
func (c Calendar) LabelByMonth(p Period) string {
	if g, ok := c.GrainOf(p); !ok || g != Weekly || !c.isRetail() {
		return c.Label(p)
	}
	month := c.begin(Monthly, c.number(Monthly, p.start))
	return c.yearLabel(p.start) + c.partLabel(Monthly, p.start) + "-W" + strconv.Itoa(p.start.Sub(month)/7+1)
}

// calendarMonths reports whether months are those of the calendar.
func (c Calendar) calendarMonths() bool { return !c.isRetail() && c.day == 0 }

// calendarYear reports whether years are those of the calendar.
func (c Calendar) calendarYear() bool { return c.calendarMonths() && c.month == 0 }

func (c Calendar) yearLabel(d Day) string {
	year := strconv.Itoa(c.number(Yearly, d) + c.named())
	if c.calendarYear() {
		return year
	}
	return "FY" + year
}

func (c Calendar) partLabel(g Grain, d Day) string {
	if g == Weekly {
		return "-W" + twoDigits(d.Sub(c.begin(Yearly, c.number(Yearly, d)))/7+1)
	}
	part := c.number(g, d)%(12/g.months()) + 1
	switch g {
	case HalfYearly:
		return "-H" + strconv.Itoa(part)
	case Quarterly:
		return "-Q" + strconv.Itoa(part)
	case Monthly:
		return "-P" + twoDigits(part)
	default:
		return ""
	}
}

// weekLabel numbers as ISO 8601 does: a week belongs to the calendar year in
// which its fourth day lies, where most of its days are.
func (c Calendar) weekLabel(start Day) string {
	middle := start + 3
	year, _, _ := dateOf(middle)
	return strconv.Itoa(year) + "-W" + twoDigits(int(middle-newDay(year, time.January, 1))/7+1)
}

// named is what the naming adds to the year by which years are counted: that
// in which one of months begins, or one of weeks closes.
func (c Calendar) named() int {
	switch {
	case c.isRetail() && c.naming == NamedByStart && c.FirstMonth() != time.January:
		return -1
	case !c.isRetail() && c.naming == NamedByEnd:
		return 1
	default:
		return 0
	}
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
