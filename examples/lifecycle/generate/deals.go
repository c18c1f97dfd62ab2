package main

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// deal is one row of deals.csv to be; days are empty where they are not known.
type deal struct {
	id, seller, customer                     string
	amount                                   int
	qualified, proposal, negotiation, closed calendar.Day
	outcome, reason                          string
	expected                                 calendar.Day // as it was said first
	moves                                    []move
}

// move is a row of moves.csv: on that day the seller expected the close on
// another one.
type move struct{ on, expected calendar.Day }

// last is the day on which the records end: what would come later is not
// known yet.
func last() calendar.Day { return calendar.MustDay("2026-12-31") }

// deals makes all deals, in the order in which they began.
func deals(d *dice) ([]deal, error) {
	all := told()
	for _, m := range months() {
		days, err := workingDays(m)
		if err != nil {
			return nil, err
		}
		for range m.deals {
			all = append(all, story(d, days[d.below(len(days))]))
		}
	}
	slices.SortStableFunc(all, func(a, b deal) int { return cmp.Compare(a.qualified, b.qualified) })
	for i := range all {
		all[i].id = fmt.Sprintf("D%03d", i+1)
		if all[i].customer == "" {
			all[i].customer = customerOf(all[i].seller, i)
		}
	}
	return all, nil
}

// customerOf gives each deal one of the seller's nine old customers in turn.
func customerOf(id string, i int) string {
	for _, s := range sellers() {
		if s.id == id {
			return customers(s.north)[i*5%9]
		}
	}
	return ""
}

func workingDays(m month) (days []calendar.Day, err error) {
	first, err := calendar.NewDay(m.year, time.Month(m.month), 1)
	for day := first; err == nil && day.Month() == first.Month(); day = day.Add(1) {
		if working(day) {
			days = append(days, day)
		}
	}
	return days, err
}

func working(day calendar.Day) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// after gives the first working day after so many days.
func after(day calendar.Day, n int) calendar.Day {
	for day = day.Add(n); !working(day); {
		day = day.Add(1)
	}
	return day
}

// story tells how one deal goes. Small deals are the most.
func story(d *dice, begun calendar.Day) deal {
	team, shares := sellers(), []int{}
	for _, s := range team {
		shares = append(shares, s.share)
	}
	s := team[d.pick(shares)]
	one := deal{seller: s.id, amount: 5_000 + 500*(d.below(40)+d.below(40)+d.below(18)), qualified: begun}
	one.expected = after(begun, 35+d.below(45))
	one.stages(d, s)
	one.move(d)
	one.cut()
	return one
}

// stages takes the deal through them, to where it is won, lost or forgotten.
func (one *deal) stages(d *dice, s seller) {
	one.proposal = after(one.qualified, 6+d.below(28))
	one.negotiation = after(one.proposal, 8+d.below(30))
	one.closed = after(one.negotiation, 6+d.below(32))
	won, forgotten := d.percent(s.winsOn(one.closed)), d.percent(s.forgets)
	lostIn, reason := d.pick([]int{40, 35, 25}), d.pick([]int{35, 25, 25, 15})
	if won && !forgotten {
		one.outcome = "won"
		return
	}
	one.outcome, one.reason = "lost", []string{"price", "competitor", "no decision", "no budget"}[reason]
	switch lostIn {
	case 0:
		one.closed, one.proposal, one.negotiation = one.negotiation, 0, 0 // a quotation was never asked for
	case 1:
		one.negotiation = 0
	}
	if forgotten {
		one.closed, one.outcome, one.reason = 0, "", ""
	}
}

// move puts the expected close off as its day comes near, three times in
// four; what is forgotten keeps its day.
func (one *deal) move(d *dice) {
	for expected := one.expected; one.outcome != "" && expected < one.closed; {
		on := after(expected, d.below(9)-6)
		expected = after(expected, 20+d.below(40))
		if on < one.closed && d.percent(75) {
			one.moves = append(one.moves, move{on, expected})
		}
	}
}

// cut takes away what lies after the last day.
func (one *deal) cut() {
	if one.closed > last() {
		one.closed, one.outcome, one.reason = 0, "", ""
	}
	for _, day := range []*calendar.Day{&one.proposal, &one.negotiation} {
		if *day > last() {
			*day = 0
		}
	}
	one.moves = slices.DeleteFunc(one.moves, func(m move) bool { return m.on > last() })
}
