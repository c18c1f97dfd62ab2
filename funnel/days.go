package funnel

import (
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// days turns instants into the days of a location. Each deal asks for several,
// and asking the location every time takes longer than the rest of reading
// the deal; so the changes of its clock are looked up once. It is immutable.
type days struct {
	loc   *time.Location
	end   int64 // instants from since[0] to before end are covered
	since []int64
	zero  []int64 // the instant at which day 0 would begin by this clock, negated
}

const dayMicros = 24 * 60 * 60 * 1e6

// newDays prepares for the instants from first to last; others are answered
// too, only slower.
func newDays(loc *time.Location, first, last int64) days {
	epoch, _ := calendar.NewDay(1970, time.January, 1)
	d := days{loc: loc, end: first}
	for d.end <= last {
		t := time.UnixMicro(d.end).In(loc)
		_, offset := t.Zone()
		_, end := t.ZoneBounds()
		d.since = append(d.since, d.end)
		d.zero = append(d.zero, int64(offset)*1e6+int64(epoch)*dayMicros)
		if end.IsZero() {
			d.end = afterSecond * 1e6
			return d
		}
		d.end = later(end.UnixMicro(), d.end)
	}
	return d
}

// later gives the end of a clock's span, which lies after its begin. On the
// last day of a leap year a zone that goes by a rule, as all do of a slim
// zoneinfo, has a span that ends with the day before; the clock stands still
// that day (time.lookup reckons a year as 365 days, up to Go 1.26 at least).
func later(end, begin int64) int64 {
	if end > begin {
		return end
	}
	return begin + dayMicros
}

// of gives the day of an instant, no day where it is not known.
func (d *days) of(at int64) calendar.Day {
	if len(d.since) == 0 || at < d.since[0] || at >= d.end {
		return dayOf(at, d.loc)
	}
	i := len(d.since) - 1
	for at < d.since[i] {
		i--
	}
	if day := calendar.Day((at + d.zero[i]) / dayMicros); day.Valid() {
		return day
	}
	return 0
}
