package calendar

import (
	"encoding/json"
	"time"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// weekday is a day of the week as a word: time.Weekday has none in JSON.
type weekday uint8

func weekdayWords() []string {
	return []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
}

const codeWeekday = "not_a_weekday"

func isWeekday(w time.Weekday) bool { return w >= time.Sunday && w <= time.Saturday }

func (w weekday) String() string { return enum.String(weekdayWords(), w) }

func (w weekday) MarshalText() ([]byte, error) {
	return enum.Marshal("calendar.Weekday", weekdayWords(), w)
}

func (w *weekday) UnmarshalText(text []byte) error {
	return enum.Unmarshal("calendar.Weekday", weekdayWords(), text, w)
}

// Weekdays is a set of days of the week, such as a weekend. It is a value:
// comparable, == is equality. The zero Weekdays is "not said", which is not
// the same as the empty set that WeekdaysOf() gives: where a weekend must be
// said, nobody works on Sundays because a field was forgotten.
type Weekdays struct{ bits uint8 } // Sunday is bit 0; bit 7 where it was said

const said = 1 << 7

// WeekdaysOf gives the set of some days of the week, the empty one for none.
// What is no day of the week is left out.
func WeekdaysOf(days ...time.Weekday) Weekdays {
	set := Weekdays{said}
	for _, d := range days {
		if isWeekday(d) {
			set.bits |= 1 << d
		}
	}
	return set
}

// IsZero reports whether the set was not said.
func (w Weekdays) IsZero() bool { return w.bits == 0 }

// Has reports whether the day is in the set.
func (w Weekdays) Has(d time.Weekday) bool { return isWeekday(d) && w.bits&(1<<d) != 0 }

// Days gives the days of the set from Monday to Sunday.
func (w Weekdays) Days() []time.Weekday {
	var days []time.Weekday
	for n := range uint8(7) {
		if d := fromMonday(n); w.Has(d) {
			days = append(days, d)
		}
	}
	return days
}

// Equal reports whether both hold the same days. It is ==.
func (w Weekdays) Equal(o Weekdays) bool { return w == o }

// MarshalJSON gives ["saturday","sunday"], from Monday on, and null where the
// set was not said.
func (w Weekdays) MarshalJSON() ([]byte, error) {
	if w.IsZero() {
		return []byte("null"), nil
	}
	words := []weekday{}
	for _, d := range w.Days() {
		words = append(words, weekday(d))
	}
	return json.Marshal(words)
}

// UnmarshalJSON reads what MarshalJSON writes, in any order; null leaves the
// set as it is. A word twice is check.ErrDuplicate.
func (w *Weekdays) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	const op = "calendar.Weekdays"
	var words []weekday
	if err := check.Decode(op, data, &words); err != nil {
		return err
	}
	problems, set := check.List{Op: op}, WeekdaysOf()
	for i, word := range words {
		if set.Has(time.Weekday(word)) {
			problems.Add(check.ErrDuplicate, check.At(i), "weekday_twice", word)
		}
		set.bits |= 1 << word
	}
	if err := problems.Err(); err != nil {
		return err
	}
	*w = set
	return nil
}
