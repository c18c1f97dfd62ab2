package steps

import (
	"math"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Event is something that happened to an entity: a person, an account, a deal.
//
// Two events of one entity that agree in name, instant, Seq and attributes are
// the same event and count once. Where two may truly coincide, give each a Seq
// of its own, such as the row number or the event's ID as a number.
type Event struct {
	Entity string
	Name   string
	At     time.Time // kept to the microsecond, 1900–2200
	Seq    int64     // order among events of one instant, see [BySequence]

	// Attributes are what the event says beside that, for conditions and
	// breakdowns. An attribute without a value (NULL) is left out; an empty
	// text is a value. The map is not kept.
	Attributes map[string]string
}

// Instants that are none; they sort before all others.
const (
	undated = math.MinInt64
	strange = math.MinInt64 + 1
)

// Seconds of 1900-01-01 and 2201-01-01 in UTC; a test holds them.
const (
	firstSecond = -2208988800
	afterSecond = 7289654400
)

// micro gives an instant in microseconds: undated where it is not known,
// strange where it lies outside 1900–2200.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return undated
	}
	if s := t.Unix(); s < firstSecond || s >= afterSecond {
		return strange
	}
	return t.UnixMicro()
}

// timeOf gives the instant of a number of microseconds, in UTC.
func timeOf(micros int64) time.Time { return time.UnixMicro(micros).UTC() }

// startOf gives the first instant of a day in a location.
func startOf(day calendar.Day, loc *time.Location) int64 {
	t := day.In(loc)
	if t.Day() != day.DayOfMonth() { // the clock jumped over midnight, and t is an hour before
		_, t = t.ZoneBounds()
	}
	return t.UnixMicro()
}
