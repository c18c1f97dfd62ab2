package main

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

//go:embed deals.csv
var dealsFile string

//go:embed moves.csv
var movesFile string

// deal is a line of deals.csv, with its lines of moves.csv. A day that is not
// known has not come.
type deal struct {
	ID, Seller, Customer                     string
	Amount                                   kpi.Value
	Qualified, Proposal, Negotiation, Closed calendar.Day
	Outcome, Reason                          string // won, lost or none; why it was lost
	Expected                                 calendar.Day
	Moves                                    []move
}

// move puts the expected close of a deal off.
type move struct{ On, Expected calendar.Day }

func deals() (all []deal) {
	moves := map[string][]move{}
	for _, r := range lines(movesFile) {
		moves[r[0]] = append(moves[r[0]], move{day(r[1]), day(r[2])})
	}
	for _, r := range lines(dealsFile) {
		all = append(all, deal{ID: r[0], Seller: r[1], Customer: r[2], Amount: kpi.MustParse(r[3]), Qualified: day(r[4]), Proposal: day(r[5]), Negotiation: day(r[6]),
			Closed: day(r[7]), Outcome: r[8], Reason: r[9], Expected: day(r[10]), Moves: moves[r[0]]})
	}
	return all
}

// lines gives the rows of a file below the names of its columns.
func lines(file string) [][]string {
	return must(csv.NewReader(strings.NewReader(file)).ReadAll())[1:]
}

// histories tells the story of every deal, as it was recorded.
func histories(all []deal) (*funnel.Histories, error) {
	h, err := funnel.New(funnel.Pipeline{ID: "sales", Stages: []funnel.Stage{
		{ID: "qualified", Probability: kpi.Frac(40, 100)}, {ID: "proposal", Probability: kpi.Frac(55, 100)}, {ID: "negotiation", Probability: kpi.Frac(75, 100)},
		{ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		d.record(h)
	}
	return h, nil
}

// record adds the events of a deal. It comes to a stage in the morning and is
// closed in the evening. The company keeps no next steps: the day for which
// the close is expected counts as one.
func (d deal) record(h *funnel.Histories) {
	h.Add(funnel.Event{Deal: d.ID, At: funnel.StartOf(d.Qualified, time.UTC), Stage: "qualified", Owner: d.Seller, Amount: d.Amount,
		ExpectedClose: d.Expected, NextStep: d.Expected})
	if !d.Proposal.IsZero() {
		h.Add(funnel.Event{Deal: d.ID, At: funnel.StartOf(d.Proposal, time.UTC), Stage: "proposal"})
	}
	if !d.Negotiation.IsZero() {
		h.Add(funnel.Event{Deal: d.ID, At: funnel.StartOf(d.Negotiation, time.UTC), Stage: "negotiation"})
	}
	for _, m := range d.Moves {
		h.Add(funnel.Event{Deal: d.ID, At: funnel.StartOf(m.On, time.UTC), ExpectedClose: m.Expected, NextStep: m.Expected})
	}
	if !d.Closed.IsZero() {
		h.Add(funnel.Event{Deal: d.ID, At: funnel.EndOf(d.Closed, time.UTC), Stage: d.Outcome, Reason: d.Reason})
	}
}

// day reads a day; an empty text is none.
func day(s string) (d calendar.Day) {
	if s != "" {
		d = calendar.MustDay(s)
	}
	return d
}

func quarter(year, n int) calendar.Period {
	return calendar.Calendar{}.MustParse(fmt.Sprintf("%d-Q%d", year, n))
}

func year(n int) calendar.Period { return calendar.Calendar{}.MustParse(fmt.Sprint(n)) }

func label(p calendar.Period) string { return calendar.Calendar{}.Label(p) }

// must is for what stands in this program and cannot be wrong.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
