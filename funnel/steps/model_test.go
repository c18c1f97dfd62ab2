package steps_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
)

// bruteSum adds up what a report says of a step or of two.
type bruteSum struct {
	Entities, Attempts int64
	Fates              [4]int64 // from the first step
	Since              [4]int64 // from the mandatory step before
	Visits             [4]int64 // attempts, from the first step
	Ripe, There        [3]int64 // mature, and of them converted: from first, from before, attempts
	Times              []int64  // since the mandatory step before
}

// sums evaluates the definition for every step.
func (b *brute) sums(asOf int64, into []bruteSum) {
	if len(b.attempts) == 0 {
		return
	}
	for step := range into {
		s := &into[step]
		before, _ := b.before(step)
		stands, _ := b.stands(b.attempts, step)
		if stands != nil {
			s.Entities++
		}
		b.fate(&s.Fates, 0, step, asOf)
		b.fate(&s.Since, before, step, asOf)
		b.visits(s, before, step, asOf)
		if b.d.Clock != steps.EachVisit && stands != nil && step > 0 {
			s.Times = append(s.Times, b.at[stands.row[step]]-b.at[stands.row[before]])
		}
		b.ripe(s, before, step, asOf)
	}
}

func (b *brute) fate(fates *[4]int64, from, to int, asOf int64) {
	any, level := b.stands(b.attempts, 0)
	entered, _ := b.stands(b.attempts, from)
	there, _ := b.stands(b.attempts, to)
	switch {
	case any == nil: // all that got furthest are excluded
		if slices.ContainsFunc(b.attempts, func(a bruteAttempt) bool { return a.level == level && a.row[from] >= 0 }) {
			fates[steps.Dropped]++
		}
	case entered == nil:
	case there != nil:
		fates[steps.Converted]++
	default:
		for i, a := range b.attempts {
			if !a.excluded && b.mayReach(a, i, to, asOf) {
				fates[steps.StillOpen]++
				return
			}
		}
		fates[steps.NotConverted]++
	}
}

func (b *brute) visits(s *bruteSum, before, step int, asOf int64) {
	for i, a := range b.attempts {
		there := a.row[step] >= 0
		switch {
		case a.excluded:
			s.Visits[steps.Dropped]++
			continue
		case there:
			s.Attempts++
			s.Visits[steps.Converted]++
		case b.mayReach(a, i, step, asOf):
			s.Visits[steps.StillOpen]++
		default:
			s.Visits[steps.NotConverted]++
		}
		if b.d.Clock == steps.EachVisit && step > 0 && there {
			s.Times = append(s.Times, b.at[a.row[step]]-b.at[a.row[before]])
		}
	}
}

// ripe judges the attempts that had all their time, and no others.
func (b *brute) ripe(s *bruteSum, before, step int, asOf int64) {
	var mature []bruteAttempt
	for _, a := range b.attempts {
		if !b.mature(a, step, asOf) {
			continue
		}
		mature = append(mature, a)
		if !a.excluded {
			s.Ripe[2]++
		}
		if !a.excluded && a.row[step] >= 0 {
			s.There[2]++
		}
	}
	there, _ := b.stands(mature, step)
	for i, from := range []int{0, before} {
		if entered, _ := b.stands(mature, from); entered != nil {
			s.Ripe[i]++
		}
		if there != nil {
			s.There[i]++
		}
	}
}

// reported gives the same sums as the package reports them.
func reported(t *testing.T, j *steps.Journeys, d steps.Definition, asOf int64) []bruteSum {
	q := steps.Question{AsOf: clockStart().Add(time.Duration(asOf) * time.Microsecond)}
	r, err := steps.Analyze(j, d, q)
	if err != nil {
		t.Fatal(err)
	}
	fates := func(c steps.Conversion) [4]int64 {
		return [4]int64{c.Converted, c.NotConverted, c.StillOpen, c.Dropped}
	}
	var sums []bruteSum
	for _, s := range r.Steps {
		sum := bruteSum{Entities: s.Entities, Attempts: s.Attempts, Fates: fates(s.FromFirst), Since: fates(s.FromPrevious)}
		q.From, q.To = r.Steps[0].Step, s.Step
		to, err := steps.Analyze(j, d, q)
		if err != nil {
			t.Fatal(err)
		}
		sum.Visits = fates(to.Attempts)
		for i, c := range []steps.Conversion{s.FromFirst, s.FromPrevious, to.Attempts} {
			sum.Ripe[i], _ = c.Mature.Den().Int64()
			sum.There[i], _ = c.Mature.Num().Int64()
		}
		sum.Times = describedAs(s.Time)
		sums = append(sums, sum)
	}
	return sums
}

// describedAs gives what a description tells of times: number, least, middle,
// mean and greatest, in microseconds, the middle and the mean of twelve parts.
func describedAs(d steps.Durations) []int64 {
	if d.N == 0 {
		return nil
	}
	parts := []int64{d.N}
	for _, v := range []kpi.Value{d.Min, d.Median, d.Mean, d.Max} {
		n, _ := v.Mul(kpi.Int(12e6)).Minor(0, kpi.HalfEven)
		parts = append(parts, n)
	}
	return parts
}

func describeSlowly(times []int64) []int64 {
	if len(times) == 0 {
		return nil
	}
	slices.Sort(times)
	n, total := int64(len(times)), int64(0)
	for _, t := range times {
		total += t
	}
	mean, _ := kpi.Frac(12*total, n).Minor(0, kpi.HalfEven)
	return []int64{n, 12 * times[0], 6 * (times[(n-1)/2] + times[n/2]), mean, 12 * times[n-1]}
}

func slowly(d steps.Definition, histories [][]bruteEvent, asOf int64) []bruteSum {
	sums := make([]bruteSum, len(d.Steps))
	for _, events := range histories {
		newBrute(d, events, asOf).sums(asOf, sums)
	}
	for i := range sums {
		sums[i].Times = describeSlowly(sums[i].Times)
	}
	return sums
}

func filled(histories [][]bruteEvent) *steps.Journeys {
	j := &steps.Journeys{}
	for i, events := range histories {
		for _, e := range events {
			j.Add(e.event(fmt.Sprint("e", i)))
		}
	}
	return j
}

// The package gives what the definition says, for every step: entities,
// attempts, what became of them, which are mature, and times. An ordinary run
// takes 20,000 histories; STEPS_HISTORIES sets another number.
func TestAgainstTheDefinition(t *testing.T) {
	total := 20_000
	if text := os.Getenv("STEPS_HISTORIES"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil {
			t.Fatal(err)
		}
		total = n
	}
	const together = 40
	seed := uint64(0)
	for n := 0; n < total; n += together {
		seed++
		r := newDice(seed)
		d, asOf := r.definition(), r.Int64N(16)
		if err := d.Validate(); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		var histories [][]bruteEvent
		for range together {
			histories = append(histories, r.history())
		}
		if diff := cmp.Diff(slowly(d, histories, asOf), reported(t, filled(histories), d, asOf)); diff != "" {
			t.Fatal(smallest(t, seed, d, histories, asOf))
		}
	}
	t.Logf("%d histories", total)
}

// smallest names the first single history that differs.
func smallest(t *testing.T, seed uint64, d steps.Definition, histories [][]bruteEvent, asOf int64) string {
	for _, events := range histories {
		one := [][]bruteEvent{events}
		if diff := cmp.Diff(slowly(d, one, asOf), reported(t, filled(one), d, asOf)); diff != "" {
			for len(one[0]) > 0 {
				i := -1
				for k := range one[0] {
					fewer := [][]bruteEvent{slices.Delete(slices.Clone(one[0]), k, k+1)}
					if cmp.Diff(slowly(d, fewer, asOf), reported(t, filled(fewer), d, asOf)) != "" {
						one, i = fewer, k
						break
					}
				}
				if i < 0 {
					break
				}
			}
			diff = cmp.Diff(slowly(d, one, asOf), reported(t, filled(one), d, asOf))
			text := fmt.Sprintf("seed %d, as of %d\n%+v\n", seed, asOf, d)
			for _, e := range one[0] {
				text += fmt.Sprintf("%d/%d %s %s\n", e.at, e.seq, e.name, e.p)
			}
			return text + "(-definition +package):\n" + diff
		}
	}
	return fmt.Sprintf("seed %d: the sums differ, and no single history does", seed)
}
