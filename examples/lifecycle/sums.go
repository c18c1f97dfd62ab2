package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// won gives what each seller won on each day of a period.
func won(all []deal, in calendar.Period) []kpi.Figure {
	type key struct {
		seller string
		day    calendar.Day
	}
	at, figures := map[key]int{}, []kpi.Figure{}
	for _, d := range all {
		if d.Outcome != "won" || !in.Contains(d.Closed) {
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

// wonBy gives what a seller won in a period or, with the company's ID, all.
func wonBy(all []deal, owner string, in calendar.Period) kpi.Value {
	sum := kpi.Int(0)
	for _, d := range all {
		if d.Outcome == "won" && in.Contains(d.Closed) && (owner == company || owner == d.Seller) {
			sum = sum.Add(d.Amount)
		}
	}
	return sum
}

// wholeOf gives what the company won in a period.
func wholeOf(all []deal, in calendar.Period) kpi.Figure {
	return kpi.Figure{Metric: "won_value", Owner: company, Period: in, Value: wonBy(all, company, in)}
}

// drivers are what the revenue of a period is made of: deals that were
// decided × the share of them that was won × the mean amount of these.
type drivers struct{ Deals, WinRate, Size kpi.Value }

func driversOf(all []deal, owner string, in calendar.Period) drivers {
	wins, losses := tally(all, owner, in)
	return drivers{kpi.Int(wins + losses), kpi.Int(wins).Div(kpi.Int(wins + losses)), wonBy(all, owner, in).Div(kpi.Int(wins))}
}

func formula() kpi.Formula { return must(kpi.ParseFormula("deals * win_rate * deal_size")) }

// tally counts the deals that were closed in a period, of one seller or, with
// the company's ID, of all.
func tally(all []deal, owner string, in calendar.Period) (wins, losses int64) {
	for _, d := range all {
		switch {
		case owner != company && owner != d.Seller, !in.Contains(d.Closed):
		case d.Outcome == "won":
			wins++
		case d.Outcome == "lost":
			losses++
		}
	}
	return wins, losses
}

func winRate(all []deal, owner string, in calendar.Period) kpi.Value {
	return driversOf(all, owner, in).WinRate
}
