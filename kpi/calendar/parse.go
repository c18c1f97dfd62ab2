package calendar

import (
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Parse reads a label that [Calendar.Label] writes, and nothing looser; of
// ranges it reads every one, years from January may carry FY as well, and
// every calendar reads its months as FY2026-P03 and 52/53-week years their
// weeks as FY2026-P03-W2.
//
// Under a fiscal calendar a year without FY, such as 2026 or 2026-Q1, is
// ambiguous and an error (check.ErrInvalid); so are 2026-03 and 2026-W05
// where months or weeks are not those of the calendar. What lies outside
// 1900–2200 is check.ErrRange.
func (c Calendar) Parse(label string) (Period, error) {
	if strings.Contains(label, "/") {
		return parsePeriod("calendar.Parse", label)
	}
	p, code := c.parse(label)
	switch code {
	case "":
		return p, nil
	case codeYear:
		return Period{}, yearError("calendar.Parse", label)
	default:
		return Period{}, check.New("calendar.Parse", check.ErrInvalid, "", code, label, "first_month", int(c.FirstMonth()))
	}
}

// MustParse is Parse for constants in tests and examples; it panics on an
// error.
func (c Calendar) MustParse(label string) Period {
	p, err := c.Parse(label)
	if err != nil {
		panic(err)
	}
	return p
}

const (
	codeLabel     = "not_a_label"
	codeAmbiguous = "ambiguous_year"
)

// parse tells the forms apart by what follows the year.
func (c Calendar) parse(label string) (Period, string) {
	rest, fiscal := strings.CutPrefix(label, "FY")
	if len(rest) < 4 {
		return Period{}, codeLabel
	}
	year, ok := number(rest[:4])
	if !ok {
		return Period{}, codeLabel
	}
	part := rest[4:]
	if len(part) == len("-03-05") && !fiscal {
		return parseOneDay(label)
	}
	form := ""
	if len(part) > 1 && part[0] == '-' {
		form = part[1:2]
	}
	switch {
	case part == "" || form == "H" || form == "Q":
		return c.parsePart(year, part, fiscal)
	case form == "P" && fiscal:
		return c.parseNumbered(year, part[2:])
	case form == "W":
		return c.parseWeek(year, part[2:], fiscal)
	case fiscal || len(part) != len("-03"):
		return Period{}, codeLabel
	default:
		return c.parseMonth(label)
	}
}

// parsePart reads a year, half or quarter.
func (c Calendar) parsePart(year int, part string, fiscal bool) (Period, string) {
	g, nth := Yearly, 0
	switch part {
	case "":
	case "-H1", "-H2":
		g, nth = HalfYearly, int(part[2]-'1')
	case "-Q1", "-Q2", "-Q3", "-Q4":
		g, nth = Quarterly, int(part[2]-'1')
	default:
		return Period{}, codeLabel
	}
	if !fiscal && !c.calendarYear() {
		return Period{}, codeAmbiguous
	}
	return c.part(g, year, nth)
}

// part gives the nth period, from 0, of a grain in the year of that name.
func (c Calendar) part(g Grain, year, nth int) (Period, string) {
	p, code := c.partAnywhere(g, year, nth)
	if code != "" {
		return Period{}, code
	}
	return inYears(p.start, p.end)
}

// partAnywhere is part of years that reach out of 1900–2200 too, for the sake
// of the weeks in them that do not.
func (c Calendar) partAnywhere(g Grain, year, nth int) (Period, string) {
	if year < FirstYear-1 || year > LastYear+1 {
		return Period{}, codeYear // no year of such a name has a day in them
	}
	first := (year-c.named())*(12/g.months()) + nth
	return Period{c.begin(g, first), c.begin(g, first+1)}, ""
}

// parseNumbered reads 03 and 03-W2, what follows the P.
func (c Calendar) parseNumbered(year int, s string) (Period, string) {
	month, week, byWeek := strings.Cut(s, "-W")
	nth, ok := number(month)
	if !ok || len(month) != 2 || nth < 1 || nth > 12 {
		return Period{}, codeLabel
	}
	if !byWeek {
		return c.part(Monthly, year, nth-1)
	}
	if !c.isRetail() || len(week) != 1 || week[0] < '1' || week[0] > '9' {
		return Period{}, codeLabel
	}
	p, code := c.partAnywhere(Monthly, year, nth-1)
	return weekOf(p, int(week[0]-'0'), code)
}

// weekOf gives the nth week, from 1, of a period made of weeks.
func weekOf(p Period, nth int, code string) (Period, string) {
	switch {
	case code != "":
		return Period{}, code
	case 7*nth > p.Days():
		return Period{}, codeLabel
	default:
		return inYears(p.start+Day(7*nth-7), p.start+Day(7*nth))
	}
}

func (c Calendar) parseWeek(year int, digits string, fiscal bool) (Period, string) {
	week, ok := number(digits)
	switch {
	case !ok || len(digits) != 2 || week < 1 || week > 53:
		return Period{}, codeLabel
	case fiscal != c.isRetail() && fiscal:
		return Period{}, codeLabel
	case fiscal != c.isRetail():
		return Period{}, codeAmbiguous
	case fiscal:
		p, code := c.partAnywhere(Yearly, year, 0)
		return weekOf(p, week, code)
	default:
		return c.numberedWeek(year, week)
	}
}

// numberedWeek counts from week 1, which is the week with 4 January in it.
func (c Calendar) numberedWeek(year, week int) (Period, string) {
	if year < FirstYear || year > LastYear {
		return Period{}, codeYear
	}
	nth := c.number(Weekly, newDay(year, time.January, 4)) + week - 1
	p, code := inYears(c.begin(Weekly, nth), c.begin(Weekly, nth+1))
	if code == "" {
		if named, _, _ := dateOf(p.start + 3); named != year {
			return Period{}, codeLabel // week 53 of a year that has 52
		}
	}
	return p, code
}

func (c Calendar) parseMonth(label string) (Period, string) {
	first, code := parseLabelDay(label + "-01")
	if code != "" {
		return Period{}, code
	}
	if !c.calendarMonths() {
		return Period{}, codeAmbiguous
	}
	return c.PeriodOf(Monthly, first), ""
}

func parseOneDay(label string) (Period, string) {
	d, code := parseLabelDay(label)
	if code != "" {
		return Period{}, code
	}
	return Period{d, d + 1}, ""
}

func parseLabelDay(s string) (Day, string) {
	year, month, day, ok := digits(s)
	if !ok {
		return 0, codeLabel
	}
	d, code := makeDay(year, time.Month(month), day)
	if code == codeDay {
		code = codeLabel
	}
	return d, code
}
