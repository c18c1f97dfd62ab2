package steps_test

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// anyEvent draws events of a few entities in a few hours, so that ties,
// repeats and events that cannot be used are common.
func anyEvent() *rapid.Generator[steps.Event] {
	return rapid.Custom(func(t *rapid.T) steps.Event {
		e := steps.Event{
			Entity: rapid.SampledFrom([]string{"", "u1", "u2", "u3", "u4"}).Draw(t, "entity"),
			Name:   rapid.SampledFrom([]string{"visit", "demo", "trial", "paid", "refund", "call", ""}).Draw(t, "name"),
			Seq:    rapid.Int64Range(0, 1).Draw(t, "seq"),
		}
		switch hour := rapid.IntRange(-2, 40).Draw(t, "hour"); hour {
		case -2:
			e.At = time.Date(1850, 1, 1, 0, 0, 0, 0, time.UTC)
		case -1:
		default:
			e.At = hours(hour)
		}
		if source := rapid.SampledFrom([]string{"-", "-", "", "ads", "fair"}).Draw(t, "source"); source != "-" {
			e.Attributes = map[string]string{"source": source}
		}
		return e
	})
}

func hours(n int) time.Time { return clockStart().Add(time.Duration(n) * time.Hour) }

func hourly(n int) steps.Span { return steps.Span(time.Duration(n) * time.Hour) }

func anyDefinition() *rapid.Generator[steps.Definition] {
	return rapid.Custom(func(t *rapid.T) steps.Definition {
		r := newDice(rapid.Uint64().Draw(t, "definition"))
		d := r.definition()
		for i := range d.Steps { // the names of these events
			d.Steps[i].Events = []string{[]string{"visit", "demo", "trial", "paid"}[i]}
			d.Steps[i].MinGap *= steps.Span(time.Hour / time.Microsecond)
			d.Steps[i].MaxGap *= steps.Span(time.Hour / time.Microsecond)
		}
		for i := range d.Exclusions {
			d.Exclusions[i].Events = []string{"refund"}
		}
		if d.Window != steps.Unlimited {
			d.Window *= steps.Span(time.Hour / time.Microsecond)
		}
		return d
	})
}

func anyQuestion(t *rapid.T, d steps.Definition) steps.Question {
	q := steps.Question{AsOf: hours(rapid.IntRange(0, 45).Draw(t, "as of")), Location: time.UTC}
	q.Trend = rapid.SampledFrom([]calendar.Grain{calendar.NoGrain, calendar.Daily, calendar.Weekly}).Draw(t, "trend")
	if rapid.Bool().Draw(t, "breakdown") {
		q.Breakdown.Attribute = "source"
		q.Breakdown.By = steps.Attribution(rapid.IntRange(0, 3).Draw(t, "by"))
		if q.Breakdown.By == steps.AtStep {
			q.Breakdown.Step = d.Steps[rapid.IntRange(0, len(d.Steps)-1).Draw(t, "step")].ID
			if d.Order == steps.Unordered {
				q.Breakdown = steps.Breakdown{}
			}
		}
	}
	return q
}

func journeysOf(events []steps.Event) *steps.Journeys {
	j := &steps.Journeys{}
	j.AddSeq(slices.Values(events))
	return j
}

func report(t interface{ Fatal(...any) }, j *steps.Journeys, d steps.Definition, q steps.Question) steps.Report {
	r, err := steps.Analyze(j, d, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The same events in any order, however often, give the same bytes and the
// same report, and stay as they are.
func TestOrderAndRepeatsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events")
		before := fmt.Sprint(events)
		other := rapid.Permutation(append(slices.Clone(events), events[:len(events)/2]...)).Draw(t, "permuted")
		d := anyDefinition().Draw(t, "d")
		q := anyQuestion(t, d)
		j, k := journeysOf(events), journeysOf(other)
		if !bytes.Equal(mustState(t, j), mustState(t, k)) {
			t.Fatal("other bytes")
		}
		if a, b := report(t, j, d, q), report(t, k, d, q); !reflect.DeepEqual(a, b) {
			t.Fatalf("other report\n%+v\n%+v", a, b)
		}
		if fmt.Sprint(events) != before {
			t.Fatal("the input was changed")
		}
	})
}

func mustState(t *rapid.T, j *steps.Journeys) []byte {
	data, err := j.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Merging parts in any way is filling with everything; merging again changes
// nothing; what was merged in stays as it was; nothing is the identity.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events")
		i := rapid.IntRange(0, len(events)).Draw(t, "cut")
		k := rapid.IntRange(i, len(events)).Draw(t, "second cut")
		all := journeysOf(events)
		left, middle, right := journeysOf(events[:i]), journeysOf(events[i:k]), journeysOf(events[k:])
		before := mustState(t, left)
		for _, part := range []*steps.Journeys{middle, nil, left, {}, middle, left} {
			right.Merge(part)
		}
		right.Merge(right)
		d := anyDefinition().Draw(t, "d")
		q := anyQuestion(t, d)
		if !bytes.Equal(mustState(t, right), mustState(t, all)) || !reflect.DeepEqual(report(t, right, d, q), report(t, all, d, q)) {
			t.Fatal("the parts are not the whole")
		}
		if !bytes.Equal(before, mustState(t, left)) {
			t.Fatal("the other side was changed")
		}
		right.AddSeq(slices.Values(events)) // once more, behind what is settled
		if !bytes.Equal(mustState(t, right), mustState(t, all)) {
			t.Fatal("adding the same again changed it")
		}
	})
}

func TestStateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := journeysOf(rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events"))
		k := journeysOf([]steps.Event{{Entity: "old", Name: "visit"}})
		data := mustState(t, j)
		kept := bytes.Clone(data)
		if err := k.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		d := anyDefinition().Draw(t, "d")
		q := anyQuestion(t, d)
		if !bytes.Equal(data, kept) || !bytes.Equal(mustState(t, k), data) || !reflect.DeepEqual(report(t, j, d, q), report(t, k, d, q)) {
			t.Fatal("not the same")
		}
		more := rapid.SliceOfN(anyEvent(), 0, 5).Draw(t, "more")
		j.AddSeq(slices.Values(more))
		k.AddSeq(slices.Values(more))
		if !bytes.Equal(mustState(t, k), mustState(t, j)) {
			t.Fatal("grows otherwise")
		}
	})
}

// Everything that should add up does, and every rate is a share.
func TestReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events")
		d := anyDefinition().Draw(t, "d")
		j := journeysOf(events)
		r := report(t, j, d, anyQuestion(t, d))
		is := func(what string, a, b int64) {
			if a != b {
				t.Fatalf("%s: %d and %d", what, a, b)
			}
		}
		excluded := int64(0)
		for _, x := range r.Counts.Excluded {
			excluded += x.Entities
		}
		is("entities", r.Counts.Read, int64(j.Len()))
		is("counted", r.Counts.Read, r.Counts.Counted+excluded)
		is("entered", r.Counts.Counted, r.Steps[0].Entities)
		e := r.Events
		is("events", e.Read, e.Steps+e.Other+e.AfterAsOf+e.NoTime+e.OutOfRange+e.NoID)
		reconcile(t, is, r)
	})
}

func reconcile(t *rapid.T, is func(string, int64, int64), r steps.Report) {
	shares := func(c steps.Conversion) {
		is("conversion", c.Entered, c.Converted+c.NotConverted+c.StillOpen)
		for _, rate := range []kpi.Ratio{c.Observed, c.Mature} {
			if v := rate.Value(); v.Defined() && (v.Sign() < 0 || kpi.Int(1).Less(v)) {
				t.Fatalf("a rate of %s", rate)
			}
		}
	}
	last := r.Steps[0]
	for i, s := range r.Steps {
		is("from first", s.FromFirst.Converted, s.Entities)
		is("all from first", s.FromFirst.Entered, r.Counts.Counted)
		is("all from previous", s.FromPrevious.Entered, last.Entities)
		if s.Entities > s.Attempts {
			t.Fatalf("%d entities in %d attempts", s.Entities, s.Attempts)
		}
		if s.Entities > last.Entities || s.Attempts > last.Attempts {
			t.Fatalf("%s has more than %s, which stands before it", s.Step, last.Step)
		}
		shares(s.FromFirst)
		shares(s.FromPrevious)
		if !s.Optional {
			last = r.Steps[i]
		}
	}
	shares(r.Entities)
	shares(r.Attempts)
	started, attempts := int64(0), int64(0)
	for _, p := range r.Trend {
		shares(p.Entities)
		shares(p.Attempts)
		attempts += p.Attempts.Entered
		started += p.Attempts.Entered + p.Attempts.Dropped
	}
	if len(r.Trend) > 0 {
		is("attempts of the trend", attempts, r.Attempts.Entered)
		is("attempts of the trend, dropped ones too", started, r.Attempts.Entered+r.Attempts.Dropped)
	}
	if b := r.Breakdown; b != nil && b.Additive {
		entered := int64(0)
		for _, g := range b.Groups {
			entered += g.Entities.Entered
		}
		is("groups", entered, r.Entities.Entered)
	}
	timed := int64(0)
	for _, b := range r.Histogram {
		timed += b.N
	}
	is("histogram", timed, r.Time.N)
}

// An entity's figures hang on nobody else's events: with those of another, all
// counts are the sum of both.
func TestForeignEntitiesChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := rapid.SliceOfN(anyEvent(), 0, 12).Draw(t, "own")
		foreign := rapid.SliceOfN(anyEvent(), 0, 12).Draw(t, "foreign")
		for i := range own {
			own[i].Entity = "me"
		}
		for i := range foreign {
			foreign[i].Entity = "other"
		}
		d := anyDefinition().Draw(t, "d")
		q := steps.Question{AsOf: hours(rapid.IntRange(0, 45).Draw(t, "as of"))}
		mine, theirs, both := journeysOf(own), journeysOf(foreign), journeysOf(slices.Concat(foreign, own))
		a, b, c := report(t, mine, d, q), report(t, theirs, d, q), report(t, both, d, q)
		for i := range c.Steps {
			if c.Steps[i].Entities != a.Steps[i].Entities+b.Steps[i].Entities || c.Steps[i].Attempts != a.Steps[i].Attempts+b.Steps[i].Attempts {
				t.Fatal("counts are not the sum")
			}
		}
		if len(own) == 0 {
			return
		}
		x, err := steps.Explain(mine, d, q, "me")
		y, again := steps.Explain(both, d, q, "me")
		if err != nil || again != nil || !reflect.DeepEqual(x, y) {
			t.Fatalf("explained otherwise: %v %v\n%+v\n%+v", err, again, x, y)
		}
	})
}

// Without exclusions a longer window never takes a step away, nor does a
// longer gap. (In an unordered funnel two attempts may become one.)
func TestMoreTimeNeverLowersLevels(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := journeysOf(rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events"))
		d := anyDefinition().Draw(t, "d")
		d.Exclusions = nil
		for i := range d.Steps { // furthest attempts may have fewer of these
			d.Steps[i].Optional = false
		}
		q := steps.Question{AsOf: hours(100)}
		short := report(t, j, d, q)
		if d.Window != steps.Unlimited {
			d.Window += hourly(rapid.IntRange(0, 20).Draw(t, "longer"))
		}
		for i := range d.Steps {
			if d.Steps[i].MaxGap > 0 {
				d.Steps[i].MaxGap += hourly(rapid.IntRange(0, 5).Draw(t, "longer gap"))
			}
		}
		long := report(t, j, d, q)
		for i := range short.Steps {
			fewer := d.Order != steps.Unordered && long.Steps[i].Attempts < short.Steps[i].Attempts
			if long.Steps[i].Entities < short.Steps[i].Entities || fewer {
				t.Fatalf("step %d: %d of %d entities left", i, long.Steps[i].Entities, short.Steps[i].Entities)
			}
		}
	})
}

// An optional step changes nothing but its own row.
func TestOptionalStepsChangeNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := journeysOf(rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events"))
		d := anyDefinition().Filter(func(d steps.Definition) bool { return d.Order == steps.Ordered }).Draw(t, "d")
		q := steps.Question{AsOf: hours(rapid.IntRange(0, 45).Draw(t, "as of"))}
		with := report(t, j, d, q)
		d.Steps = slices.DeleteFunc(slices.Clone(d.Steps), func(s steps.Step) bool { return s.Optional })
		without := report(t, j, d, q)
		with.Steps = slices.DeleteFunc(with.Steps, func(s steps.StepCount) bool { return s.Optional })
		with.Hash, without.Hash = "", ""
		with.Events, without.Events = steps.EventCounts{}, steps.EventCounts{}
		with.Findings, without.Findings = nil, nil
		if !reflect.DeepEqual(with, without) {
			t.Fatalf("\n%+v\n%+v", with, without)
		}
	})
}

// What the trend says of a period is what the question says whose entries are
// that period.
func TestTrendIsEntries(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := journeysOf(rapid.SliceOfN(anyEvent(), 1, 40).Draw(t, "events"))
		d := anyDefinition().Draw(t, "d")
		q := anyQuestion(t, d)
		q.Trend, q.Breakdown = calendar.Daily, steps.Breakdown{}
		q.Location = time.FixedZone("", rapid.IntRange(-14, 14).Draw(t, "zone")*3600)
		for _, p := range report(t, j, d, q).Trend {
			alone := q
			alone.Entries, alone.Trend = p.Period, calendar.NoGrain
			r := report(t, j, d, alone)
			if !reflect.DeepEqual(r.Entities, p.Entities) || !reflect.DeepEqual(r.Attempts, p.Attempts) {
				t.Fatalf("%s\n%+v\n%+v", p.Label, p, r)
			}
		}
	})
}

// A group of AllEvents is the funnel of the events that have the value, and
// one of AtStep that of a history whose other events of the step are taken
// away.
func TestGroupsAreFunnelsOfTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 1, 40).Draw(t, "events")
		d := anyDefinition().Draw(t, "d")
		q := anyQuestion(t, d)
		q.Trend, q.Breakdown = calendar.NoGrain, steps.Breakdown{Attribute: "source", By: steps.AllEvents}
		at := ""
		if d.Order != steps.Unordered && rapid.Bool().Draw(t, "at step") {
			s := d.Steps[rapid.IntRange(0, len(d.Steps)-1).Draw(t, "step")]
			q.Breakdown.By, q.Breakdown.Step, at = steps.AtStep, s.ID, s.Events[0]
		}
		for _, g := range report(t, journeysOf(events), d, q).Breakdown.Groups {
			if g.Missing && at != "" {
				continue // beside the events without a value those who did not come there
			}
			var own []steps.Event
			for _, e := range events {
				value, has := e.Attributes["source"]
				step := slices.ContainsFunc(d.Steps, func(s steps.Step) bool { return s.Events[0] == e.Name })
				if (at == "" && step || at == e.Name) && (has == g.Missing || value != g.Value) {
					e.Name = "another" // it is still there, which matters where steps are strict
				}
				own = append(own, e)
			}
			plain := q
			plain.Breakdown = steps.Breakdown{}
			r := report(t, journeysOf(own), d, plain)
			if at == "" && (!reflect.DeepEqual(r.Entities, g.Entities) || !reflect.DeepEqual(r.Attempts, g.Attempts)) {
				t.Fatalf("%q\n%+v\n%+v", g.Value, g, r)
			}
			for i, s := range g.Steps { // those who do not come to the step stand elsewhere
				if d.Steps[i].ID == q.Breakdown.Step && s.Entities != r.Steps[i].Entities {
					t.Fatalf("%q: %d at %s, %d alone", g.Value, s.Entities, s.Step, r.Steps[i].Entities)
				}
			}
		}
	})
}

// The pages of a figure hold each entity once, in order, as many as the report
// counts.
func TestPagesHoldTheFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		j := journeysOf(rapid.SliceOfN(anyEvent(), 1, 40).Draw(t, "events"))
		d := anyDefinition().Draw(t, "d")
		q := anyQuestion(t, d)
		r := report(t, j, d, q)
		all := func(f steps.Figure) []string {
			ids, after, size := []string{}, "", rapid.IntRange(1, 3).Draw(t, "size")
			for {
				page, err := steps.Behind(j, d, q, f, kpi.Page{After: after, Limit: size})
				if err != nil {
					t.Fatal(err)
				}
				ids = append(ids, page.IDs...)
				if len(ids) > page.Total || page.Next == "" {
					return ids
				}
				after = page.Next
			}
		}
		is := func(what string, f steps.Figure, want int64) {
			ids := all(f)
			if int64(len(ids)) != want || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
				t.Fatalf("%s: %q are not %d", what, ids, want)
			}
		}
		for _, s := range r.Steps {
			is(s.Step, steps.Figure{From: r.Steps[0].Step, To: s.Step}, s.Entities)
		}
		conversion := func(what string, f steps.Figure, c steps.Conversion) {
			for fate, n := range map[steps.Fate]int64{steps.Converted: c.Converted, steps.NotConverted: c.NotConverted, steps.StillOpen: c.StillOpen, steps.Dropped: c.Dropped} {
				f.Fate = fate
				is(what+" "+fate.String(), f, n)
			}
			if n, ok := c.Mature.Num().Int64(); ok {
				f.Fate, f.Mature = steps.Converted, true
				is(what+" mature", f, n)
			}
		}
		conversion("whole", steps.Figure{}, r.Entities)
		for _, p := range r.Trend {
			conversion(p.Label, steps.Figure{Period: p.Period}, p.Entities)
		}
		if r.Breakdown != nil {
			for _, g := range r.Breakdown.Groups {
				conversion("group "+g.Value, steps.Figure{InGroup: true, Value: g.Value, Missing: g.Missing}, g.Entities)
			}
		}
		for _, x := range r.Counts.Excluded {
			is(x.Fate.String(), steps.Figure{Fate: x.Fate, From: r.Steps[0].Step}, x.Entities)
		}
	})
}

// Whoever is counted at a step has nothing to explain there, and everybody
// else has.
func TestWhyNotIsEmptyForWhoIsCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 1, 40).Draw(t, "events")
		j, d := journeysOf(events), anyDefinition().Draw(t, "d")
		q := steps.Question{AsOf: hours(rapid.IntRange(0, 45).Draw(t, "as of"))}
		r := report(t, j, d, q)
		for _, s := range r.Steps {
			page, err := steps.Behind(j, d, q, steps.Figure{From: r.Steps[0].Step, To: s.Step}, kpi.Page{Limit: 100})
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				x, err := steps.Explain(j, d, q, e.Entity)
				if err != nil {
					t.Fatal(err)
				}
				if counted, why := slices.Contains(page.IDs, e.Entity), x.WhyNot(s.Step); counted == (len(why) > 0) {
					t.Fatalf("%s at %s: counted %v, why not: %v", e.Entity, s.Step, counted, why)
				}
			}
		}
	})
}
