package steps

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Span is how long something takes or may take: elapsed time, so that a day is
// 24 hours, also when the clock changes. It is kept to the microsecond. As
// text it is days, hours, minutes and seconds, such as 14d, 1d12h or 90s, or
// unlimited. Any time.Duration converts: steps.Span(90 * time.Minute).
type Span time.Duration

// Unlimited is a window that never ends. It has to be said: no window is an
// error.
const Unlimited Span = math.MaxInt64

// Days gives n times 24 hours. Beyond the 106,751 days of a time.Duration it
// gives Unlimited.
func Days(n int) Span {
	const most = math.MaxInt64 / int64(24*time.Hour)
	if int64(n) > most {
		return Unlimited
	}
	return Span(max(int64(n), -most) * int64(24*time.Hour))
}

// micros gives the span in microseconds, as instants are kept.
func (s Span) micros() int64 {
	if s == Unlimited {
		return unbounded
	}
	return int64(s) / int64(time.Microsecond)
}

// spanOf gives the span of a number of microseconds, Unlimited where it is
// longer than a time.Duration.
func spanOf(micros int64) Span {
	if micros > math.MaxInt64/int64(time.Microsecond) {
		return Unlimited
	}
	return Span(micros * int64(time.Microsecond))
}

// String gives the text form: the units that are not 0, from days down.
func (s Span) String() string {
	if s == Unlimited {
		return "unlimited"
	}
	rest, b := uint64(s), []byte{}
	if s < 0 {
		rest, b = -rest, append(b, '-')
	}
	for _, unit := range spanUnits() {
		if n := rest / unit.length; n > 0 && unit.name != 's' {
			b = append(strconv.AppendUint(b, n, 10), unit.name)
			rest %= unit.length
		}
	}
	if rest == 0 && s != 0 {
		return string(b)
	}
	b = strconv.AppendUint(b, rest/1e9, 10)
	if part := rest % 1e9; part > 0 {
		digits := strconv.FormatUint(1e9+part, 10)[1:]
		b = append(append(b, '.'), strings.TrimRight(digits, "0")...)
	}
	return string(append(b, 's'))
}

type spanUnit struct {
	name   byte
	length uint64
}

func spanUnits() []spanUnit {
	return []spanUnit{{'d', uint64(Days(1))}, {'h', uint64(time.Hour)}, {'m', uint64(time.Minute)}, {'s', uint64(time.Second)}}
}

// MarshalText gives the text form.
func (s Span) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads whole numbers of days, hours, minutes and seconds in
// that order, each at most once, the seconds with up to six decimal places:
// 14d, 36h, 1h30m, 0.25s. Or unlimited. Anything else is check.ErrInvalid, and
// what is longer than a time.Duration can be is check.ErrRange.
func (s *Span) UnmarshalText(text []byte) error {
	const op = "steps.Span"
	if string(text) == Unlimited.String() {
		*s = Unlimited
		return nil
	}
	rest, read, fits := string(text), uint64(0), true
	for _, unit := range spanUnits() {
		number, after, found := strings.Cut(rest, string(unit.name))
		if !found {
			continue
		}
		n, ok := unit.parse(number)
		if !ok {
			return notASpan(op, text)
		}
		fits = fits && n <= math.MaxInt64-1-read
		read += n
		rest = after
	}
	switch {
	case rest != "" || len(text) == 0:
		return notASpan(op, text)
	case !fits:
		return check.New(op, check.ErrRange, "", "span_too_long", string(text), "most", Span(math.MaxInt64-1))
	}
	*s = Span(read)
	return nil
}

func notASpan(op string, text []byte) error {
	return check.New(op, check.ErrInvalid, "", "not_a_span", string(text), "form", "14d, 1d12h, 90s or unlimited")
}

// parse gives so many of the unit in nanoseconds; what is too long for them
// is the greatest number there is.
func (u spanUnit) parse(number string) (nanos uint64, ok bool) {
	whole, part, dot := strings.Cut(number, ".")
	if dot && (u.name != 's' || len(part) == 0 || len(part) > 6) {
		return 0, false
	}
	n, err := strconv.ParseUint(whole, 10, 63)
	fraction, wrong := strconv.ParseUint((part + "000000000")[:9], 10, 63)
	switch {
	case err != nil || wrong != nil:
		return math.MaxUint64, isRange(err) && wrong == nil
	case n > math.MaxInt64/u.length:
		return math.MaxUint64, true
	}
	return n*u.length + fraction, true
}

func isRange(err error) bool { return errors.Is(err, strconv.ErrRange) }
