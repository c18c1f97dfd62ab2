package stat

// Without gives the share of [AalenJohansen] by one age without some of the
// records: of a table less many parts of it in turn, such as those of each
// owner, at a fraction of what the curves would take.
type Without struct {
	table            Table
	cause            Cause
	age              int64
	records, started int64
}

// NewWithout makes ready to leave out parts of a valid table.
func NewWithout(t Table, cause Cause, age int64) Without {
	return Without{t, cause, age, t.Records(), t.started()}
}

// Share gives what AalenJohansen(t.Less(part), cause).At(age) has as Share, to
// the bit, and its ok.
func (w Without) Share(part Table) (share float64, ok bool) {
	if w.records == part.Records() {
		return 0, false
	}
	seen, atRisk, now := w.seen(part), w.started-part.started(), state{open: 1}
	for _, r := range w.table {
		if r.Age > w.age && seen {
			break
		}
		if len(part) > 0 && part[0].Age == r.Age {
			r, part = r.less(part[0]), part[1:]
		}
		if all := AnyEnd.count(r); all > 0 {
			n := float64(atRisk)
			now.ended += float64(now.open * (float64(w.cause.count(r)) / n))
			now.open *= 1 - float64(all)/n
		}
		atRisk += r.Entered - r.ended()
	}
	return between(now.ended, 0, 1), seen || now.open == 0
}

// seen reports whether anybody else was seen at the age or later.
func (w Without) seen(part Table) bool {
	for i, p := len(w.table)-1, len(part)-1; i >= 0 && w.table[i].Age >= w.age; i-- {
		r := w.table[i]
		if p >= 0 && part[p].Age == r.Age {
			r, p = r.less(part[p]), p-1
		}
		if r != (Row{Age: r.Age}) {
			return true
		}
	}
	return false
}
