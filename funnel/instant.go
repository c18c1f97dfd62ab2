package funnel

import (
	"math"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// StartOf gives the first instant of a day in a location, for tables that
// have dates without a time of day. No day, or no location, gives the zero
// time: not known.
func StartOf(day calendar.Day, loc *time.Location) time.Time {
	if day.IsZero() || loc == nil {
		return time.Time{}
	}
	year, month, d := day.Date()
	t := time.Date(year, month, d, 0, 0, 0, 0, loc)
	if t.Day() != d { // the clock jumped over midnight, and t is an hour before
		_, t = t.ZoneBounds()
	}
	return t
}

// EndOf gives the last instant of a day in a location, to the microsecond:
// the as-of instant that includes the day, and the instant for a close date
// without a time of day, which so comes after the day's moves. No day, or no
// location, gives the zero time.
func EndOf(day calendar.Day, loc *time.Location) time.Time {
	if day.IsZero() || loc == nil {
		return time.Time{}
	}
	return StartOf(day.Add(1), loc).Add(-time.Microsecond)
}

// undated stands for an instant that is not known; it sorts first.
const undated = math.MinInt64

// Seconds of 1900-01-01 and 2201-01-01 in UTC; a test holds them.
const (
	firstSecond = -2208988800
	afterSecond = 7289654400
)

// micro gives an instant in microseconds, undated for none; ok is false where
// it lies outside 1900–2200.
func micro(t time.Time) (at int64, ok bool) {
	if s := t.Unix(); s >= firstSecond && s < afterSecond {
		return s*1e6 + int64(t.Nanosecond())/1e3, true
	}
	return undated, t.IsZero()
}

// placeholder reports whether an instant stands for none: programs write the
// first day of their clock, 1970-01-01 or 1900-01-01, where they have no date.
// It is that day in any time zone.
func placeholder(at int64) bool {
	const first, hour = firstSecond * 1e6, 60 * 60 * 1e6
	return at >= first && at < first+38*hour || at >= -14*hour && at < 38*hour
}

// dayOf gives the day of an instant, no day where it is not known.
func dayOf(at int64, loc *time.Location) calendar.Day {
	if at == undated {
		return 0
	}
	day, _ := calendar.DayIn(time.UnixMicro(at), loc)
	return day
}
