package cube

import (
	"slices"

	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Standing says what a balance gives for a period. A balance is fed with
// readings: what the amount of a key was on a day, such as the value of an
// open deal or the headcount of a team. A reading holds until the next one
// of its key; one of 0 stands as 0. Readings of one key on one day add up.
//
//	closing  the sum, over the keys, of the last reading not after the period's end
//	opening  the same before the period's first day
//	average  the mean, over the days of the period, of what stood at each day's end
//
// So balances add over keys and never over periods. A key stands where its
// last reading put it: one that moves from one owner to another stands with
// the one and no longer with the other, whichever of them a query selects.
// The period is what a row gathers, so that the opening of a year to date is
// what stood before the year. In an average a day before a key's first
// reading counts as 0. Before the first reading of any key a balance is no data. The zero
// Standing is Closing.
type Standing uint8

const (
	Closing Standing = iota // what stands at the end
	Opening                 // what stood before the first day
	Average                 // the mean over the days
)

func standingWords() []string { return []string{"closing", "opening", "average"} }

// String gives closing, opening or average.
func (s Standing) String() string { return enum.String(standingWords(), s) }

// MarshalText gives the word; a standing outside the constants is an error.
func (s Standing) MarshalText() ([]byte, error) {
	return enum.Marshal("cube.Standing", standingWords(), s)
}

// UnmarshalText reads the word.
func (s *Standing) UnmarshalText(text []byte) error {
	return enum.Unmarshal("cube.Standing", standingWords(), text, s)
}

// placed is a reading and the cell in which it stands.
type placed struct {
	reading
	cell int
}

// history gives all readings of a measure by key and day.
func (c *cells) history(col column) []placed {
	var all []placed
	for cell := range c.len() {
		r := c.readings(cell, col)
		r.sort()
		for _, one := range r.list {
			all = append(all, placed{one, cell})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return a.compare(b.reading) })
	return all
}

// balances puts into an answer what stands in its periods.
func (s *selection) balances(from *cells, standing Standing) {
	for _, col := range from.layout {
		if col.kind != Balance {
			continue
		}
		for _, stretch := range stretches(from.history(col)) {
			for nth, span := range s.spans {
				num, den := stretch.share(span, standing)
				if num == 0 {
					continue
				}
				for _, r := range stretch.readings {
					s.stand(from, col, r, nth, num, den)
				}
			}
		}
	}
}

// stand adds a part of a reading to the answer's nth period.
func (s *selection) stand(from *cells, col column, r placed, nth int, num, den int64) {
	codes := from.key(r.cell)
	if !s.keeps(codes) {
		return
	}
	into, cell := s.place(codes, nth)
	at := cell*into.width + col.at
	into.addValue(at+1, r.value.Mul(kpi.Frac(num, den)), col.scale)
	into.words[at]++
}

// stretch is the days on which the readings of one key and day hold.
type stretch struct {
	readings   []placed
	start, end int64 // of the window; the end is not included
}

// stretches cuts a history, which is sorted by key and day.
func stretches(all []placed) (cut []stretch) {
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].compare(all[0].reading) == 0 {
			n++
		}
		end := int64(1) << 31
		if n < len(all) && all[n].reading.key == all[0].reading.key {
			end = int64(all[n].day)
		}
		cut = append(cut, stretch{all[:n], int64(all[0].day), end})
		all = all[n:]
	}
	return cut
}

// share says how much of a period's balance the stretch is: all or nothing,
// and for an average its share of the days.
func (s stretch) share(span days, standing Standing) (num, den int64) {
	switch {
	case span.start == span.end: // not known
	case standing == Average:
		num, den = min(s.end, span.end)-max(s.start, span.start), span.end-span.start
		return max(num, 0), den
	case standing == Closing && s.start < span.end && span.end <= s.end,
		standing == Opening && s.start < span.start && span.start <= s.end:
		return 1, 1
	}
	return 0, 1
}

// days are days of the window, from 0; the end is not included.
type days struct{ start, end int64 }

// daysOf places a period in the window; what is not wholly inside has none.
func daysOf(window, p calendar.Period) days {
	if !window.Covers(p) {
		return days{}
	}
	return days{int64(p.Start() - window.Start()), int64(p.End() - window.Start())}
}
