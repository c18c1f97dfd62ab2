package steps_test

import (
	"cmp"
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
)

// The definition of a step funnel, evaluated word by word: every question of
// "is there an event for it" is answered by trying all of them. It shares no
// code with the package, and takes time without bound.

// bruteEvent is an event with its instant in microseconds, and what it may be.
type bruteEvent struct {
	at, seq  int64
	name, p  string // p is its only attribute; empty: missing
	step     []bool
	bar      []bool
	instant  int // counted from 0 in the order of the entity
	position int
}

// bruteAttempt is one way through the steps. row holds the instant of each
// step, −1 for none.
type bruteAttempt struct {
	start    int64
	row      []int
	level    int
	excluded bool
	broken   bool
	end      int64
}

// brute is one entity under one definition.
type brute struct {
	d        steps.Definition
	events   []bruteEvent
	at       []int64 // of the instants
	attempts []bruteAttempt
}

const never = int64(1) << 60

// micros gives a span in microseconds, the unit of time there is.
func micros(s steps.Span) int64 {
	if s == steps.Unlimited {
		return never
	}
	return int64(s) / int64(time.Microsecond)
}

func newBrute(d steps.Definition, events []bruteEvent, asOf int64) *brute {
	b := &brute{d: d}
	for _, e := range events {
		if e.at > asOf {
			continue
		}
		for _, s := range d.Steps {
			names := s.Events
			if len(names) == 0 {
				names = []string{s.ID}
			}
			e.step = append(e.step, slices.Contains(names, e.name) && bruteHolds(s.Where, e))
		}
		for _, x := range d.Exclusions {
			e.bar = append(e.bar, slices.Contains(x.Events, e.name) && bruteHolds(x.Where, e))
		}
		if d.Order == steps.Strict || slices.Contains(e.step, true) || slices.Contains(e.bar, true) {
			b.events = append(b.events, e)
		}
	}
	same := func(a, b bruteEvent) bool { return a.at == b.at && a.seq == b.seq && a.name == b.name && a.p == b.p }
	slices.SortFunc(b.events, func(a, b bruteEvent) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.seq, b.seq), cmp.Compare(a.name, b.name), cmp.Compare(a.p, b.p))
	})
	b.events = slices.CompactFunc(b.events, same)
	for i := range b.events {
		e := &b.events[i]
		apart := i == 0 || e.at != b.events[i-1].at || d.Ties == steps.BySequence && e.seq != b.events[i-1].seq
		if apart {
			b.at = append(b.at, e.at)
		}
		e.instant, e.position = len(b.at)-1, i
	}
	b.run()
	return b
}

func bruteHolds(where []steps.Condition, e bruteEvent) bool {
	for _, c := range where {
		value := ""
		if c.Attribute == "p" {
			value = e.p
		}
		if c.Missing && value != "" || !c.Missing && (value == "" || !slices.Contains(c.Is, value)) {
			return false
		}
	}
	return true
}

// last gives the last microsecond that is in time.
func (b *brute) last(at, span int64) int64 {
	if span == never {
		return never
	}
	return at + span - int64(b.d.Edge)
}

func (b *brute) gap(step int) (least, most int64) {
	s := b.d.Steps[step]
	if s.MaxGap == 0 {
		return micros(s.MinGap), never
	}
	return micros(s.MinGap), micros(s.MaxGap)
}

func (b *brute) main() []int {
	var main []int
	for i, s := range b.d.Steps {
		if !s.Optional {
			main = append(main, i)
		}
	}
	return main
}

// before gives the last mandatory step before a step, and how many there are.
func (b *brute) before(step int) (before, place int) {
	for i, s := range b.d.Steps[:step] {
		if !s.Optional {
			before, place = i, place+1
		}
	}
	return before, place
}

func (b *brute) run() {
	if b.d.Order == steps.Unordered {
		b.runUnordered()
		return
	}
	for i, e := range b.events {
		if e.step[0] {
			b.attempts = append(b.attempts, b.follow(i))
		}
	}
}

// assignable reports whether there are different events for all the steps of
// a row, each in its instant, the first being the event of the entry.
func (b *brute) assignable(row []int, entry int) bool {
	used := make([]bool, len(b.events))
	used[entry] = true
	var try func(step int) bool
	try = func(step int) bool {
		if step == len(row) {
			return true
		}
		if row[step] < 0 {
			return try(step + 1)
		}
		for i, e := range b.events {
			if e.instant == row[step] && e.step[step] && !used[i] {
				used[i] = true
				if try(step + 1) {
					return true
				}
				used[i] = false
			}
		}
		return false
	}
	return try(1)
}

// with reports whether a step can be added to a row at an instant.
func (b *brute) with(row []int, entry, step, instant int) bool {
	if b.d.Ties == steps.LaterInstants && slices.Contains(row, instant) {
		return false
	}
	longer := slices.Clone(row)
	longer[step] = instant
	return b.assignable(longer, entry)
}

// follow goes from an entry and takes each mandatory step as early as it may
// happen.
func (b *brute) follow(entry int) bruteAttempt {
	a := bruteAttempt{start: b.events[entry].at, row: make([]int, len(b.d.Steps)), level: 1}
	for i := range a.row {
		a.row[i] = -1
	}
	a.row[0] = b.events[entry].instant
	if b.d.Order == steps.Strict {
		b.strictly(&a, entry)
	} else {
		b.orderly(&a, entry)
	}
	for i := range b.d.Exclusions {
		a.excluded = a.excluded || b.excludes(&a, i)
	}
	return a
}

// inTime reports whether an instant suits a step after the mandatory one
// before.
func (b *brute) inTime(a *bruteAttempt, step, instant int) bool {
	before, _ := b.before(step)
	least, most := b.gap(step)
	at, from := b.at[instant], b.at[a.row[before]]
	return instant >= a.row[before] && at >= from+least && at <= b.last(from, most) && at <= b.last(a.start, micros(b.d.Window))
}

func (b *brute) orderly(a *bruteAttempt, entry int) {
	main := b.main()
next:
	for _, step := range main[1:] {
		for instant := range b.at {
			if b.inTime(a, step, instant) && b.with(a.row, entry, step, instant) {
				a.row[step] = instant
				a.level++
				continue next
			}
		}
		break
	}
	for step, s := range b.d.Steps {
		_, place := b.before(step)
		if !s.Optional || place > a.level {
			continue
		}
		for instant := range b.at {
			if place < a.level && instant > a.row[main[place]] {
				break
			}
			if b.inTime(a, step, instant) && b.with(a.row, entry, step, instant) {
				a.row[step] = instant
				break
			}
		}
	}
}

// strictly takes instant by instant: as many mandatory steps as it can, then
// the optional ones before the next; what is left over then ends the attempt,
// but in the instant of the entry it came before.
func (b *brute) strictly(a *bruteAttempt, entry int) {
	main := b.main()
	lastOptional := b.d.Steps[len(b.d.Steps)-1].Optional
	for instant := a.row[0]; instant < len(b.at); instant++ {
		if a.level == len(main) && !lastOptional || b.at[instant] > b.last(a.start, micros(b.d.Window)) {
			return
		}
		furthest := 0
		for step, in := range a.row {
			if in >= 0 && in < instant {
				furthest = step
			}
		}
		for a.level < len(main) && b.inTime(a, main[a.level], instant) && b.with(a.row, entry, main[a.level], instant) {
			a.row[main[a.level]] = instant
			a.level++
		}
		for step, s := range b.d.Steps {
			if _, place := b.before(step); s.Optional && step > furthest && place <= a.level &&
				b.inTime(a, step, instant) && b.with(a.row, entry, step, instant) {
				a.row[step] = instant
			}
		}
		there, used := 0, 0
		for _, e := range b.events {
			if e.instant == instant {
				there++
			}
		}
		for _, in := range a.row {
			if in == instant {
				used++
			}
		}
		if instant > a.row[0] && used < there {
			a.broken = a.level < len(main) || lastOptional
			return
		}
	}
}

// excludes reports whether an exclusion lies strictly between two mandatory
// steps, or between the last that was reached and the end of the time for the
// next.
func (b *brute) excludes(a *bruteAttempt, index int) bool {
	main, x := b.main(), b.d.Exclusions[index]
	from, to := 0, len(main)-1
	for place, step := range main {
		if b.d.Steps[step].ID == x.From {
			from = place
		}
		if b.d.Steps[step].ID == x.To {
			to = place
		}
	}
	for place := from + 1; place <= to && place <= a.level; place++ {
		begin := a.row[main[place-1]]
		for _, e := range b.events {
			if !e.bar[index] || e.instant <= begin {
				continue
			}
			if place < a.level && e.instant < a.row[main[place]] {
				return true
			}
			_, most := b.gap(main[place])
			if place == a.level && e.at < a.start+micros(b.d.Window) && e.at < b.at[begin]+most {
				return true
			}
		}
	}
	return false
}

// matched gives how many events of a list can each be another step.
func (b *brute) matched(list []int) int {
	used := make([]bool, len(b.d.Steps))
	var most func(list []int) int
	most = func(list []int) int {
		if len(list) == 0 {
			return 0
		}
		best := most(list[1:])
		for step, may := range b.events[list[0]].step {
			if may && !used[step] {
				used[step] = true
				best = max(best, 1+most(list[1:]))
				used[step] = false
			}
		}
		return best
	}
	return most(list)
}

func (b *brute) runUnordered() {
	taken := make([]int, len(b.events))
	for i, e := range b.events {
		if !slices.Contains(e.step, true) {
			continue
		}
		a := bruteAttempt{start: e.at, row: make([]int, len(b.d.Steps)), level: 1, end: b.last(e.at, micros(b.d.Window))}
		for k := range a.row {
			a.row[k] = -1
		}
		a.row[0] = e.instant
		for _, x := range b.events {
			if slices.Contains(x.bar, true) && x.instant > e.instant {
				a.end = min(a.end, x.at)
			}
		}
		list := []int{i}
		for k, next := range b.events {
			if k == i || next.instant < e.instant || next.at > a.end || a.level == len(a.row) {
				continue
			}
			if b.matched(append(slices.Clone(list), k)) > a.level {
				a.row[a.level] = next.instant
				a.level++
				list = append(list, k)
			}
		}
		if taken[i] >= a.level {
			continue
		}
		for _, k := range list {
			taken[k] = max(taken[k], a.level)
		}
		b.attempts = append(b.attempts, a)
	}
}

// stands gives the attempt by which the entity reached a step, if any, and the
// highest level: of those that got furthest and are not excluded.
func (b *brute) stands(attempts []bruteAttempt, step int) (stands *bruteAttempt, level int) {
	for _, a := range attempts {
		level = max(level, a.level)
	}
	for i := range attempts {
		a := &attempts[i]
		if a.level == level && !a.excluded && a.row[step] >= 0 && (stands == nil || b.less(a, stands)) {
			stands = a
		}
	}
	return stands, level
}

func (b *brute) less(a, c *bruteAttempt) bool {
	arrival := func(a *bruteAttempt) int64 { return b.at[a.row[b.main()[a.level-1]]] }
	reached := func(a *bruteAttempt) (n int) {
		for _, in := range a.row {
			if in >= 0 {
				n++
			}
		}
		return n
	}
	order := cmp.Compare(a.start, c.start)
	if b.d.Clock == steps.LastEntry {
		order = cmp.Or(cmp.Compare(arrival(a), arrival(c)), -order)
	}
	return cmp.Or(order, cmp.Compare(reached(c), reached(a)), slices.Compare(a.row, c.row)) < 0
}

// mature reports whether an attempt had all its time to reach a step.
func (b *brute) mature(a bruteAttempt, step int, asOf int64) bool {
	whole := b.last(0, micros(b.d.Window))
	sum := int64(0)
	for s := 1; s <= step && b.d.Order != steps.Unordered; s++ {
		if _, most := b.gap(s); !b.d.Steps[s].Optional || s == step {
			sum = min(never, sum+b.last(0, most))
		}
	}
	if b.d.Order == steps.Unordered {
		sum = never
	}
	return min(whole, sum) < never && a.start+min(whole, sum) <= asOf
}

// mayReach reports whether events to come could bring an attempt to a step:
// it lets them come, each as early as it can, and follows the attempt anew.
func (b *brute) mayReach(a bruteAttempt, index, step int, asOf int64) bool {
	if a.row[step] >= 0 {
		return false
	}
	if b.d.Order == steps.Unordered {
		return a.end > asOf
	}
	if a.broken {
		return false
	}
	_, place := b.before(step)
	future := slices.Clone(b.events)
	main := b.main()
	if a.level > place {
		return false
	}
	at := b.at[a.row[main[a.level-1]]]
	for k := a.level; k <= place; k++ {
		s := step
		if k < place {
			s = main[k]
		}
		least, _ := b.gap(s)
		if b.d.Ties == steps.LaterInstants {
			least = max(least, 1)
		}
		at = max(at+least, asOf+1)
		e := bruteEvent{at: at, seq: 100 + int64(k), step: make([]bool, len(b.d.Steps)), bar: make([]bool, len(b.d.Exclusions))}
		e.step[s] = true
		future = append(future, e)
	}
	later := &brute{d: b.d, events: future}
	for i := range later.events {
		e := &later.events[i]
		if i == 0 || e.at != later.events[i-1].at || b.d.Ties == steps.BySequence && e.seq != later.events[i-1].seq {
			later.at = append(later.at, e.at)
		}
		e.instant = len(later.at) - 1
	}
	entries := 0
	for i, e := range later.events {
		if e.step[0] {
			if entries == index {
				return later.follow(i).row[step] >= 0
			}
			entries++
		}
	}
	return false
}
