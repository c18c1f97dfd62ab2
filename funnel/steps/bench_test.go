package steps_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

const benchEvents = 1_000_000

func stages() []string { return []string{"lead", "contact", "demo", "offer", "contract", "won"} }

// makeEvents gives so many events over two years, five for each entity, IDs of
// 18 characters with bytes of their own, as a scan of rows gives them. Four of
// five stages follow the one before within two months.
func makeEvents(n int) []steps.Event {
	r := rand.New(rand.NewPCG(1, 2))
	start := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	events := make([]steps.Event, 0, n)
	for len(events) < n {
		id := fmt.Sprintf("%018d", r.Int64N(1e18))
		at, stage := start.Add(time.Duration(r.Int64N(int64(700*24*time.Hour)))), 0
		for range 5 {
			events = append(events, steps.Event{Entity: strings.Clone(id), Name: stages()[stage], At: at})
			at = at.Add(time.Duration(r.Int64N(int64(60 * 24 * time.Hour))))
			if stage = stage + 1; stage == len(stages()) || r.IntN(5) == 0 {
				stage = r.IntN(3)
			}
		}
	}
	return events
}

func shuffled(events []steps.Event) []steps.Event {
	other := slices.Clone(events)
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
	return other
}

func benchDefinition() steps.Definition {
	d := steps.Definition{ID: "bench", Window: steps.Days(180)}
	for _, stage := range stages() {
		d.Steps = append(d.Steps, steps.Step{ID: stage})
	}
	return d
}

func benchQuestion() steps.Question {
	return steps.Question{AsOf: time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)}
}

// groupSortScan is what one would write by hand: the levels of the same
// funnel, chained first entries within the window of the first.
func groupSortScan(events []steps.Event) [6]int64 {
	type row struct {
		at   time.Time
		name string
	}
	groups := map[string][]row{}
	for _, e := range events {
		groups[e.Entity] = append(groups[e.Entity], row{e.At, e.Name})
	}
	names := stages()
	var reached [6]int64
	for _, rows := range groups {
		slices.SortFunc(rows, func(a, b row) int { return a.at.Compare(b.at) })
		best := 0
		for i, first := range rows {
			if first.name != names[0] {
				continue
			}
			level, end := 1, first.at.Add(180*24*time.Hour)
			for _, next := range rows[i+1:] {
				if level == len(names) || next.at.After(end) {
					break
				}
				if next.name == names[level] {
					level++
				}
			}
			best = max(best, level)
		}
		for k := range best {
			reached[k]++
		}
	}
	return reached
}

func TestBenchmarkedTheSame(t *testing.T) {
	events := shuffled(makeEvents(50_000))
	want := groupSortScan(events)
	r := analyzed(t, events, benchQuestion())
	for i, s := range r.Steps {
		if s.Entities != want[i] {
			t.Errorf("%s: %d, by hand %d", s.Step, s.Entities, want[i])
		}
	}
}

func analyzed(t testing.TB, events []steps.Event, q steps.Question) steps.Report {
	var j steps.Journeys
	j.AddSeq(slices.Values(events))
	r, err := steps.Analyze(&j, benchDefinition(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func perEvent(b *testing.B) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/benchEvents, "ns/event")
	b.ReportMetric(0, "ns/op")
}

func BenchmarkGroupSortScan(b *testing.B) {
	events := shuffled(makeEvents(benchEvents))
	b.ReportAllocs()
	for b.Loop() {
		groupSortScan(events)
	}
	perEvent(b)
}

func BenchmarkRandomOrder(b *testing.B) {
	events := shuffled(makeEvents(benchEvents))
	b.ReportAllocs()
	for b.Loop() {
		analyzed(b, events, benchQuestion())
	}
	perEvent(b)
}

// Grouped by entity, the entities in any order.
func BenchmarkGrouped(b *testing.B) {
	benchmarkInOrder(b, makeEvents(benchEvents))
}

// In the order of the entities' IDs, as ORDER BY gives them.
func BenchmarkSorted(b *testing.B) {
	events := makeEvents(benchEvents)
	slices.SortStableFunc(events, func(a, b steps.Event) int { return strings.Compare(a.Entity, b.Entity) })
	benchmarkInOrder(b, events)
}

func benchmarkInOrder(b *testing.B, events []steps.Event) {
	b.ReportAllocs()
	for b.Loop() {
		analyzed(b, events, benchQuestion())
	}
	perEvent(b)
}

// The full report: trend by month, breakdown and histogram.
func BenchmarkFullReport(b *testing.B) {
	events := shuffled(makeEvents(benchEvents))
	for i := range events {
		events[i].Attributes = map[string]string{"source": []string{"ads", "fair", "web"}[i%3]}
	}
	q := benchQuestion()
	q.Location, q.Trend = time.UTC, calendar.Monthly
	q.Breakdown = steps.Breakdown{Attribute: "source"}
	b.ReportAllocs()
	for b.Loop() {
		analyzed(b, events, q)
	}
	perEvent(b)
}

func benchJourneys(events []steps.Event) *steps.Journeys {
	j := &steps.Journeys{}
	j.AddSeq(slices.Values(events))
	return j
}

func BenchmarkAdd(b *testing.B) {
	events := shuffled(makeEvents(benchEvents))
	b.ReportAllocs()
	for b.Loop() {
		var j steps.Journeys
		for i := range events {
			j.Add(events[i])
		}
	}
	perEvent(b)
}

func BenchmarkAddSeq(b *testing.B) {
	events := shuffled(makeEvents(benchEvents))
	b.ReportAllocs()
	for b.Loop() {
		benchJourneys(events)
	}
	perEvent(b)
}

func BenchmarkAnalyze(b *testing.B) {
	j := benchJourneys(shuffled(makeEvents(benchEvents)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := steps.Analyze(j, benchDefinition(), benchQuestion()); err != nil {
			b.Fatal(err)
		}
	}
	perEvent(b)
}

func BenchmarkMarshal(b *testing.B) {
	j := benchJourneys(shuffled(makeEvents(benchEvents)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := j.MarshalBinary(); err != nil {
			b.Fatal(err)
		}
	}
	perEvent(b)
}

func BenchmarkMerge(b *testing.B) {
	events := shuffled(makeEvents(benchEvents))
	left, right := events[:benchEvents/2], benchJourneys(events[benchEvents/2:])
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		j := benchJourneys(left)
		b.StartTimer()
		j.Merge(right)
	}
	perEvent(b)
}
