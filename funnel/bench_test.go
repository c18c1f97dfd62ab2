package funnel_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
)

// The benchmarks read a million stage events of 200,000 deals; -short takes a
// hundredth. internal/peers measures the same beside others.
//
//	go test -run '^$' -bench . -cpuprofile cpu.out ./funnel

// sixStages is a pipeline of six open stages.
func sixStages() funnel.Pipeline {
	return funnel.Pipeline{ID: "sales", Stages: []funnel.Stage{
		{ID: "new"}, {ID: "qualified"}, {ID: "meeting"}, {ID: "proposal"}, {ID: "negotiation"}, {ID: "contract"},
		{ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost},
	}}
}

// row is a row of a stage log.
type row struct {
	deal, stage string
	at          time.Time
}

func (r *row) event() funnel.Event { return funnel.Event{Deal: r.deal, At: r.at, Stage: r.stage} }

// stageLog gives five rows for each deal, deal after deal: it moves on three
// times of four, jumps over a stage, goes back or is lost else. Each row has
// string bytes of its own, as rows of a database have.
func stageLog(deals int) []row {
	random := rand.New(rand.NewPCG(1, 2))
	stages := sixStages().Stages
	first := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)
	log := make([]row, 0, 5*deals)
	for _, deal := range random.Perm(deals) {
		id := fmt.Sprintf("0068c000%010d", deal)
		at, stage := first.Add(time.Duration(random.Int64N(int64(600*24*time.Hour)))), 0
		for range 5 {
			log = append(log, row{strings.Clone(id), strings.Clone(stages[stage].ID), at})
			at = at.Add(time.Duration(random.Int64N(int64(30 * 24 * time.Hour)))).Truncate(time.Microsecond)
			stage = nextStage(random, stage)
		}
	}
	return log
}

func nextStage(random *rand.Rand, stage int) int {
	switch chance := random.IntN(20); {
	case chance < 15:
		return min(stage+1, 6)
	case chance < 17:
		return min(stage+2, 6)
	case chance < 18:
		return max(stage-1, 0)
	default:
		return 7
	}
}

type benchData struct {
	deals           int
	grouped, random []row
}

func readBenchData(b *testing.B) benchData {
	d := benchData{deals: 200_000}
	if testing.Short() {
		d.deals = 2_000
	}
	d.grouped = stageLog(d.deals)
	d.random = slices.Clone(d.grouped)
	rand.New(rand.NewPCG(3, 4)).Shuffle(len(d.random), func(i, j int) { d.random[i], d.random[j] = d.random[j], d.random[i] })
	for i := range d.random { // rows have their strings where they are read
		d.random[i].deal, d.random[i].stage = strings.Clone(d.random[i].deal), strings.Clone(d.random[i].stage)
	}
	return d
}

func (d benchData) fillRandom(b *testing.B) *funnel.Histories {
	h, err := funnel.New(sixStages())
	if err != nil {
		b.Fatal(err)
	}
	for i := range d.random {
		h.Add(d.random[i].event())
	}
	return h
}

func (d benchData) fillGrouped(b *testing.B) *funnel.Histories {
	h, err := funnel.New(sixStages())
	if err != nil {
		b.Fatal(err)
	}
	for i := 0; i < len(d.grouped); i += 5 {
		deal := d.grouped[i : i+5]
		h.AddDeal(deal[0].deal, func(yield func(funnel.Event) bool) {
			for i := range deal {
				if !yield(deal[i].event()) {
					return
				}
			}
		})
	}
	return h
}

func benchQuestion() funnel.Question {
	return funnel.Question{
		AsOf:     time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC),
		Location: time.UTC,
		Policy:   funnel.Policy{Skips: funnel.Strict},
	}
}

func analyse(b *testing.B, h *funnel.Histories) *funnel.Analysis {
	a, err := funnel.Analyze(h, benchQuestion())
	if err != nil {
		b.Fatal(err)
	}
	return a
}

// perEvent runs what is timed and gives nanoseconds an event.
func (d benchData) perEvent(b *testing.B, run func()) {
	b.ReportAllocs()
	for b.Loop() {
		run()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(d.random)), "ns/event")
}

func BenchmarkAddRandom(b *testing.B) {
	d := readBenchData(b)
	d.perEvent(b, func() { d.fillRandom(b) })
}

func BenchmarkAddGrouped(b *testing.B) {
	d := readBenchData(b)
	d.perEvent(b, func() { d.fillGrouped(b) })
}

func BenchmarkAnalyzeStages(b *testing.B) {
	d := readBenchData(b)
	h := d.fillRandom(b)
	d.perEvent(b, func() { analyse(b, h).Stages() })
}

func BenchmarkAnalyzeStagesGrouped(b *testing.B) {
	d := readBenchData(b)
	h := d.fillGrouped(b)
	d.perEvent(b, func() { analyse(b, h).Stages() })
}

func BenchmarkReport(b *testing.B) {
	d := readBenchData(b)
	a := analyse(b, d.fillRandom(b))
	d.perEvent(b, func() { a.Report() })
}

func BenchmarkConversionRandom(b *testing.B) {
	d := readBenchData(b)
	d.perEvent(b, func() { analyse(b, d.fillRandom(b)).Stages() })
}

func BenchmarkConversionGrouped(b *testing.B) {
	d := readBenchData(b)
	d.perEvent(b, func() { analyse(b, d.fillGrouped(b)).Stages() })
}

func BenchmarkMarshal(b *testing.B) {
	d := readBenchData(b)
	h := d.fillRandom(b)
	d.perEvent(b, func() {
		if _, err := h.MarshalBinary(); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkUnmarshal(b *testing.B) {
	d := readBenchData(b)
	state, err := d.fillRandom(b).MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	h, _ := funnel.New(sixStages())
	d.perEvent(b, func() {
		if err := h.UnmarshalBinary(state); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkMerge(b *testing.B) {
	d := readBenchData(b)
	h := d.fillRandom(b)
	d.perEvent(b, func() {
		sum, _ := funnel.New(sixStages())
		if err := sum.Merge(h); err != nil {
			b.Fatal(err)
		}
	})
}
