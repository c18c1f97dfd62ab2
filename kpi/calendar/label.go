package calendar

import (
	"strconv"
	"strings"
	"time"

	"github.com/rickb777/date/v2"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Label gives the name of a period, the shortest that [Calendar.Parse] reads
// back under the same calendar:
//
//	a year               2026           FY2026 where it does not begin in January
//	a half or quarter    2026-H1        FY2026-Q3
//	a month              2026-03        under every calendar
//	an ISO week          2026-W05       under every calendar
//	a day                2026-03-05
//	anything else        2026-01-01/2026-02-15, the end not included
//
// No period has the label "".
func (c Calendar) Label(p Period) string {
	g, ok := c.GrainOf(p)
	switch {
	case !ok:
		return p.String()
	case g == Daily:
		return p.start.String()
	case g == Weekly:
		year, week := date.Date(p.start).ISOWeek()
		return strconv.Itoa(year) + "-W" + twoDigits(week)
	case g == Monthly:
		return p.start.String()[:len("2026-03")]
	default:
		return c.yearLabel(p.start) + c.partLabel(g, p.start)
	}
}

func (c Calendar) yearLabel(d Day) string {
	year := strconv.Itoa(c.number(Yearly, d) + c.named())
	if c.shift == 0 {
		return year
	}
	return "FY" + year
}

func (c Calendar) partLabel(g Grain, d Day) string {
	part := strconv.Itoa(c.number(g, d)%(12/g.months()) + 1)
	switch g {
	case HalfYearly:
		return "-H" + part
	case Quarterly:
		return "-Q" + part
	default:
		return ""
	}
}

// named is what the naming adds to the calendar year in which a fiscal year
// begins.
func (c Calendar) named() int {
	if c.naming == NamedByEnd {
		return 1
	}
	return 0
}

func twoDigits(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Parse reads a label that [Calendar.Label] writes, and nothing looser; of
// ranges it reads every one, and years from January may carry FY as well.
// Under a fiscal calendar a year without FY, such as 2026 or 2026-Q1, is
// ambiguous and an error (check.ErrInvalid). What lies outside 1900–2200 is
// check.ErrRange.
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
	switch {
	case isPart(part) && c.shift != 0 && !fiscal:
		return Period{}, codeAmbiguous
	case isPart(part):
		return c.parsePart(year, part)
	case fiscal:
		return Period{}, codeLabel
	case len(part) == 4 && part[:2] == "-W":
		return parseWeek(year, part[2:])
	case len(part) == 3 && part[0] == '-':
		return parseMonth(label)
	}
	return parseOneDay(label)
}

// isPart reports whether the rest of a label names a year, half or quarter.
func isPart(part string) bool {
	switch part {
	case "", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4":
		return true
	default:
		return false
	}
}

func (c Calendar) parsePart(year int, part string) (Period, string) {
	g, nth := Yearly, 0
	if part != "" {
		g, nth = Quarterly, int(part[2]-'1')
		if part[1] == 'H' {
			g = HalfYearly
		}
	}
	first := (year-c.named())*(12/g.months()) + nth
	return inYears(c.begin(g, first), c.begin(g, first+1))
}

// parseWeek counts from week 1, which by ISO 8601 is the week with 4 January
// in it.
func parseWeek(year int, digits string) (Period, string) {
	week, ok := number(digits)
	if !ok || week < 1 || week > 53 {
		return Period{}, codeLabel
	}
	if year < FirstYear || year > LastYear {
		return Period{}, codeYear
	}
	var c Calendar
	nth := c.number(Weekly, Day(date.New(year, time.January, 4))) + week - 1
	p, code := inYears(c.begin(Weekly, nth), c.begin(Weekly, nth+1))
	if code == "" {
		if named, _ := date.Date(p.start).ISOWeek(); named != year {
			return Period{}, codeLabel // week 53 of a year that has 52
		}
	}
	return p, code
}

func parseMonth(label string) (Period, string) {
	first, code := parseLabelDay(label + "-01")
	if code != "" {
		return Period{}, code
	}
	return Calendar{}.PeriodOf(Monthly, first), ""
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
