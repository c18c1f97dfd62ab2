package funnel_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// fuzzed takes events out of bytes: one byte a choice, from what is usual to
// what no record should hold.
type fuzzed []byte

func (b *fuzzed) choice(n int) int {
	if len(*b) == 0 {
		return 0
	}
	c := int((*b)[0]) % n
	*b = (*b)[1:]
	return c
}

func pick[T any](b *fuzzed, from ...T) T { return from[b.choice(len(from))] }

func (b *fuzzed) instant() time.Time {
	if n := b.choice(40); n > 10 {
		return on(n - 10)
	}
	return pick(b, time.Time{}, time.Unix(0, 0), time.Unix(-1, 0), time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 0),
		time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1899, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(1901, 2, 3, 0, 0, 0, 0, time.UTC),
		time.Date(2200, 12, 31, 23, 59, 59, 999999999, time.UTC), time.Date(2201, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC),
		time.Date(2026, 1, 9, 12, 0, 0, 1, time.FixedZone("far", 14*60*60)))
}

func (b *fuzzed) day() calendar.Day {
	if n := b.choice(40); n > 10 {
		return january(n - 10)
	}
	return pick(b, calendar.Day(0), calendar.Day(-1), calendar.Day(1), calendar.Day(math.MaxInt32), calendar.Day(math.MinInt32), calendar.MustDay("1900-01-01"), calendar.MustDay("2200-12-31"))
}

func (b *fuzzed) value() kpi.Value {
	return pick(b, kpi.Value{}, kpi.Int(100), kpi.Value{}, kpi.Int(0), kpi.Int(-7), kpi.Frac(1, 3), kpi.Int(math.MaxInt64), kpi.Int(math.MinInt64), kpi.Frac(1, math.MaxInt64),
		kpi.Undefined(kpi.NoAmount), kpi.Undefined(kpi.Unpriced), kpi.MustParse(strings.Repeat("9", 60)), kpi.Frac(1, 2))
}

func (b *fuzzed) event() funnel.Event {
	words := []string{"", "", "ann", "bob", "\x00", "\xff\xfe", strings.Repeat("x", 300)}
	e := funnel.Event{Deal: pick(b, "A", "B", "C", "A", "B", "", strings.Repeat("long ", 9), "\xff"), At: b.instant()}
	e.Stage = pick(b, "lead", "demo", "offer", "won", "lost", "duplicate", "", "legal", "ticket", "solved", "\x00")
	flags := b.choice(64)
	if flags&1 != 0 {
		e.Seq = pick(b, int64(1), 2, -1, math.MaxInt64, math.MinInt64)
		e.From = pick(b, "", "lead", "demo", "lost", "legal", "ticket", "\xff")
		e.Birth = b.choice(2) == 0
	}
	if flags&2 != 0 {
		e.Amount, e.ListPrice = b.value(), b.value()
	}
	if flags&4 != 0 {
		e.Probability, e.ExpectedClose, e.NextStep = b.value(), b.day(), b.day()
	}
	if flags&8 != 0 {
		e.Owner, e.Reason, e.Activity = pick(b, words...), pick(b, words...), pick(b, words...)
	}
	if flags&16 != 0 {
		e.Pipeline = pick(b, "", "hardware", "service", "none", "\x00")
		e.Category = funnel.Category(b.choice(256))
	}
	e.Removed = flags&48 == 48
	return e
}

// FuzzHistories reads events of whatever is in the bytes. Their state is the
// same in any order and comes back; under every policy what is counted adds
// up, and no question panics or gives what JSON cannot write.
func FuzzHistories(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte("a deal goes from lead to won, or is lost on the way, or opened again"))
	f.Add(bytes.Repeat([]byte{1, 20, 3, 0, 2, 30, 1, 63}, 20))
	f.Fuzz(func(t *testing.T, data []byte) {
		b := fuzzed(data[:min(len(data), 600)])
		q := funnel.Question{AsOf: pick(&b, on(20), on(5), time.Date(2200, 12, 31, 0, 0, 0, 0, time.UTC), time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)),
			Location: pick(&b, time.UTC, time.FixedZone("far", 14*60*60), time.FixedZone("odd", -12345)), Pipeline: pick(&b, "hardware", "service"),
			ValueBy: pick(&b, funnel.ByAmount, funnel.ByListPrice), Stale: funnel.Stale{AtLeast: 1}, Horizon: b.choice(9)}
		if q.Pipeline == "hardware" {
			q.Start = pick(&b, "", "demo")
		}
		var events []funnel.Event
		for len(b) > 0 {
			events = append(events, b.event())
		}
		h := fuzzHistories(t, events)
		for i, policy := range everyPolicy() {
			q.Policy = policy
			a, err := funnel.Analyze(h, q)
			if err != nil {
				t.Fatal(err)
			}
			r, quality := a.Report(), a.Quality()
			if r.Counts.Read != quality.Counted+quality.Excluded || r.Counts.Lives != r.Counts.Open+r.Counts.Won+r.Counts.Lost+r.Counts.Disqualified {
				t.Fatalf("%+v\n%+v", r.Counts, quality)
			}
			if i == len(events)%len(everyPolicy()) {
				askEverything(t, a)
			}
		}
	})
}

func fuzzHistories(t *testing.T, events []funnel.Event) *funnel.Histories {
	service := funnel.Pipeline{ID: "service", Stages: []funnel.Stage{{ID: "ticket"}, {ID: "solved", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}}
	fill := func(events []funnel.Event) *funnel.Histories {
		h, err := funnel.New(hardware(), service)
		if err != nil {
			t.Fatal(err)
		}
		h.AddSeq(slices.Values(events))
		return h
	}
	h, reversed := fill(events), slices.Clone(events)
	slices.Reverse(reversed)
	half := fill(events[:len(events)/2])
	if err := half.Merge(fill(reversed)); err != nil {
		t.Fatal(err)
	}
	state, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	again, err := half.MarshalBinary()
	if err != nil || !bytes.Equal(state, again) {
		t.Fatal("the state depends on the order: ", err)
	}
	read := fill(nil)
	if err := read.UnmarshalBinary(state); err != nil {
		t.Fatal(err)
	}
	return read
}

// askEverything asks all there is to ask. What cannot be answered is an error,
// which is no matter here.
func askEverything(t *testing.T, a *funnel.Analysis) {
	month, _ := calendar.NewPeriod(january(1), january(32))
	parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "" })
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range append(parts, funnel.Part{Analysis: a}) {
		a := part.Analysis
		answers := []any{a.Report(), a.Quality(), a.Stages(), a.Deals(), a.Rework()}
		add := func(answer any, _ error) { answers = append(answers, answer) }
		add(a.Behind(funnel.Figure{Stage: "demo"}, kpi.Page{Limit: 2}))
		add(a.Behind(funnel.Figure{Started: month, Reason: "ann"}, kpi.Page{}))
		add(a.Behind(funnel.Figure{Closed: month, Due: month}, kpi.Page{}))
		add(a.Why("A", funnel.Figure{Which: funnel.DecidedInWindow}))
		add(a.Affected("moved_back", kpi.Page{}))
		add(a.Flow(month))
		add(a.Moves(month))
		add(a.Created(month))
		add(a.CreateAndClose(month))
		add(a.Concentration(2))
		add(a.Slippage(funnel.SlipRule{}))
		add(a.Conversion(funnel.ConversionRule{Within: 5}))
		add(a.StageConversions(funnel.Sampling{}))
		add(a.Curve(funnel.ConversionRule{Within: 5}))
		add(a.CohortAges(1, 5, 30))
		add(a.WinRates(funnel.WinRateRule{Within: 5}))
		add(a.Bottleneck(funnel.BottleneckRule{Period: month}))
		add(a.Velocity(funnel.VelocityRule{Reference: month}))
		add(a.Coverage(funnel.CoverageRule{Period: month, Target: kpi.Int(100)}))
		add(a.Reverse(funnel.Aim{Amount: kpi.Int(100), Period: month}))
		add(a.Times(funnel.Measure{By: funnel.Elapsed}))
		add(a.Stalled(funnel.StallRule{AtLeast: 1, ActivityCounts: true}))
		add(a.Reasons(funnel.Lost))
		for _, answer := range answers {
			if _, err := json.Marshal(answer); err != nil {
				t.Fatalf("%T: %v", answer, err)
			}
		}
	}
}
