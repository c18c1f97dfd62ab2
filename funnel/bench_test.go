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

// stageLog gives rows of so many deals, deal after deal, five for each on the
// average: a deal mostly moves on, at times jumps over a stage, goes back or
// is edited where it is, and ends won, lost or open. Each row has string bytes
// of its own, as rows of a database have.
func stageLog(deals int) []row {
	random := rand.New(rand.NewPCG(1, 2))
	rows := make([]int, deals) // of each deal
	for i := range rows {
		rows[i]++
		for range 4 {
			rows[random.IntN(deals)]++
		}
	}
	first, stages := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), sixStages().Stages
	log := make([]row, 0, 5*deals)
	for _, deal := range random.Perm(deals) {
		id := fmt.Sprintf("0068c000%010d", deal)
		at, stage := first.Add(time.Duration(random.Int64N(int64(500*24*time.Hour)))), 0
		for i := range rows[deal] {
			if i > 0 {
				stage = nextStage(random, stage, i == rows[deal]-1)
			}
			log = append(log, row{strings.Clone(id), strings.Clone(stages[stage].ID), at.Truncate(time.Microsecond)})
			at = at.Add(time.Duration(random.Int64N(int64(30 * 24 * time.Hour))))
		}
	}
	return log
}

func nextStage(random *rand.Rand, stage int, last bool) int {
	if end := random.IntN(10); last && end < 7 {
		return 6 + end/3%2
	}
	return min(max(stage+[]int{1, 1, 1, 1, 1, 1, 1, 2, 0, -1}[random.IntN(10)], 0), 5)
}

// record is a deal with its list of changes.
type record struct {
	deal    string
	changes []edit
}

type edit struct {
	stage string
	at    time.Time
}

func (e *edit) event() funnel.Event { return funnel.Event{At: e.at, Stage: e.stage} }

type benchData struct {
	random  []row    // in no order
	records []record // in no order either, the changes of each in theirs
	sorted  []record // by deal
}

func readBenchData() benchData {
	deals := 200_000
	if testing.Short() {
		deals = 2_000
	}
	log := stageLog(deals)
	d := benchData{random: inDisorder(log), records: records(log)}
	slices.SortStableFunc(log, func(r, s row) int { return strings.Compare(r.deal, s.deal) })
	d.sorted = records(log)
	return d
}

// inDisorder gives the same rows in random order, each with its strings where
// it is read.
func inDisorder(log []row) []row {
	rows := make([]row, len(log))
	for i, from := range rand.New(rand.NewPCG(3, 4)).Perm(len(log)) {
		r := log[from]
		rows[i] = row{strings.Clone(r.deal), strings.Clone(r.stage), r.at}
	}
	return rows
}

func records(log []row) []record {
	changes := make([]edit, len(log))
	for i, r := range log {
		changes[i] = edit{strings.Clone(r.stage), r.at}
	}
	var all []record
	for begin := 0; begin < len(log); {
		end := begin
		for end < len(log) && log[end].deal == log[begin].deal {
			end++
		}
		all = append(all, record{strings.Clone(log[begin].deal), changes[begin:end]})
		begin = end
	}
	return all
}

func (d benchData) fillRandom(b *testing.B) *funnel.Histories { return fillRows(b, d.random) }

func fillRows(t testing.TB, rows []row) *funnel.Histories {
	h, err := funnel.New(sixStages())
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		h.Add(rows[i].event())
	}
	return h
}

func fillRecords(t testing.TB, records []record) *funnel.Histories {
	h, err := funnel.New(sixStages())
	if err != nil {
		t.Fatal(err)
	}
	for i := range records {
		changes := records[i].changes
		h.AddDeal(records[i].deal, func(yield func(funnel.Event) bool) {
			for i := range changes {
				if !yield(changes[i].event()) {
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

func analyse(t testing.TB, h *funnel.Histories) *funnel.Analysis {
	a, err := funnel.Analyze(h, benchQuestion())
	if err != nil {
		t.Fatal(err)
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
	d := readBenchData()
	d.perEvent(b, func() { d.fillRandom(b) })
}

func BenchmarkAddGrouped(b *testing.B) {
	d := readBenchData()
	d.perEvent(b, func() { fillRecords(b, d.records) })
}

func BenchmarkAddSorted(b *testing.B) {
	d := readBenchData()
	d.perEvent(b, func() { fillRecords(b, d.sorted) })
}

func BenchmarkAnalyzeStages(b *testing.B) {
	d := readBenchData()
	h := d.fillRandom(b)
	d.perEvent(b, func() { analyse(b, h).Stages() })
}

func BenchmarkAnalyzeStagesGrouped(b *testing.B) {
	d := readBenchData()
	h := fillRecords(b, d.records)
	d.perEvent(b, func() { analyse(b, h).Stages() })
}

func BenchmarkReport(b *testing.B) {
	d := readBenchData()
	a := analyse(b, d.fillRandom(b))
	d.perEvent(b, func() { a.Report() })
}

func BenchmarkConversionRandom(b *testing.B) {
	d := readBenchData()
	d.perEvent(b, func() { analyse(b, d.fillRandom(b)).Stages() })
}

func BenchmarkConversionGrouped(b *testing.B) {
	d := readBenchData()
	d.perEvent(b, func() { analyse(b, fillRecords(b, d.records)).Stages() })
}

func BenchmarkMarshal(b *testing.B) {
	d := readBenchData()
	h := d.fillRandom(b)
	d.perEvent(b, func() {
		if _, err := h.MarshalBinary(); err != nil {
			b.Fatal(err)
		}
	})
}

func BenchmarkUnmarshal(b *testing.B) {
	d := readBenchData()
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
	d := readBenchData()
	h := d.fillRandom(b)
	d.perEvent(b, func() {
		sum, _ := funnel.New(sixStages())
		if err := sum.Merge(h); err != nil {
			b.Fatal(err)
		}
	})
}
