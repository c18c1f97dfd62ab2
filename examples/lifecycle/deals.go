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

// deal is a line of deals.csv.
type deal struct {
	ID, Seller                string
	Created, Expected, Closed calendar.Day // no day of closing: open
	Stage                     string       // open, won or lost
	Amount                    kpi.Value
}

func deals() (all []deal) {
	for _, r := range must(csv.NewReader(strings.NewReader(dealsFile)).ReadAll())[1:] {
		d := deal{ID: r[0], Seller: r[1], Created: calendar.MustDay(r[2]), Expected: calendar.MustDay(r[3]), Stage: r[5], Amount: kpi.MustParse(r[6])}
		if r[4] != "" {
			d.Closed = calendar.MustDay(r[4])
		}
		all = append(all, d)
	}
	return all
}

// won gives what each seller won on each day of a period.
func won(all []deal, in calendar.Period) []kpi.Figure {
	type key struct {
		seller string
		day    calendar.Day
	}
	at, figures := map[key]int{}, []kpi.Figure{}
	for _, d := range all {
		if d.Stage != "won" || !in.Contains(d.Closed) {
			continue
		}
		k := key{d.Seller, d.Closed}
		if i, twice := at[k]; twice {
			figures[i].Value = figures[i].Value.Add(d.Amount)
			continue
		}
		at[k] = len(figures)
		figures = append(figures, kpi.Figure{Metric: "won_value", Owner: d.Seller, Period: must(calendar.Through(d.Closed, d.Closed)), Value: d.Amount})
	}
	return figures
}

// wholeOf gives what the company won in a period.
func wholeOf(all []deal, in calendar.Period) kpi.Figure {
	sum := kpi.Int(0)
	for _, f := range won(all, in) {
		sum = sum.Add(f.Value)
	}
	return kpi.Figure{Metric: "won_value", Owner: company, Period: in, Value: sum}
}

// tally counts the deals that were closed in a period, of one seller or, with
// the company's ID, of all.
func tally(all []deal, owner string, in calendar.Period) (wins, losses int64) {
	for _, d := range all {
		switch {
		case owner != company && owner != d.Seller, !in.Contains(d.Closed):
		case d.Stage == "won":
			wins++
		case d.Stage == "lost":
			losses++
		}
	}
	return wins, losses
}

func winRate(all []deal, owner string, in calendar.Period) kpi.Value {
	wins, losses := tally(all, owner, in)
	return kpi.Int(wins).Div(kpi.Int(wins + losses))
}

func histories(all []deal) (*funnel.Histories, error) {
	h, err := funnel.New(funnel.Pipeline{ID: "sales", Stages: []funnel.Stage{
		{ID: "open", Probability: kpi.Frac(1, 2)}, {ID: "won", Outcome: funnel.Won}, {ID: "lost", Outcome: funnel.Lost}}})
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		h.Add(funnel.Event{Deal: d.ID, At: funnel.StartOf(d.Created, time.UTC), Stage: "open", Owner: d.Seller, Amount: d.Amount, ExpectedClose: d.Expected})
		if d.Stage != "open" {
			h.Add(funnel.Event{Deal: d.ID, At: funnel.EndOf(d.Closed, time.UTC), Stage: d.Stage})
		}
	}
	return h, nil
}

func day(s string) calendar.Day { return calendar.MustDay(s) }

func quarter(year, n int) calendar.Period {
	return calendar.Calendar{}.MustParse(fmt.Sprintf("%d-Q%d", year, n))
}

func year(n int) calendar.Period { return calendar.Calendar{}.MustParse(fmt.Sprint(n)) }

// must is for what stands in this program and cannot be wrong.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
