package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// deal is one row to be; days are empty where they are not known.
type deal struct {
	id, seller, product, account, stage string
	engaged, closed                     calendar.Day
	value                               int // in cents; 0 for none
}

// deals makes the deals that begin in each month, in order of their IDs. No
// day lies after asOf: what would close later is still open.
func deals(d *dice, asOf calendar.Day) ([]deal, error) {
	var all []deal
	for _, m := range months() {
		days, err := beginnings(d, m)
		if err != nil {
			return nil, err
		}
		for _, day := range days {
			one := story(d, day, asOf)
			one.id = fmt.Sprintf("OP-%04d", 1001+len(all))
			all = append(all, one)
		}
	}
	return all, nil
}

// beginnings gives the working days of a month on which deals begin.
func beginnings(d *dice, m month) ([]calendar.Day, error) {
	first, err := calendar.NewDay(m.year, time.Month(m.month), 1)
	if err != nil {
		return nil, err
	}
	var working, days []calendar.Day
	for day := first; day.Month() == first.Month(); day = day.Add(1) {
		if weekday(day) {
			working = append(working, day)
		}
	}
	for range m.deals {
		days = append(days, working[d.below(len(working))])
	}
	slices.Sort(days)
	return days, nil
}

func weekday(day calendar.Day) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// story tells how one deal goes: who works on what, and how it ends.
func story(d *dice, day, asOf calendar.Day) deal {
	team, catalog := sellers(), products()
	shares, weights := make([]int, len(team)), make([]int, len(catalog))
	for i, s := range team {
		shares[i] = s.share
	}
	for i, p := range catalog {
		weights[i] = p.weight
	}
	s, p := team[d.pick(shares)], catalog[d.pick(weights)]
	one := deal{seller: s.name, product: p.name, engaged: day, stage: "Engaging"}
	customers := accounts(s.region)
	one.account = customers[d.below(len(customers))]
	won, value := d.percent(s.wins), price(d, p.price)
	closed := closing(d, day, won, p.slow)
	forgotten, unfinished := d.percent(6), d.percent(14)
	switch {
	case asOf.Sub(day) < 45 && d.percent(30):
		one.stage, one.engaged = "Prospecting", 0
	case closed > asOf, forgotten: // a forgotten deal stays open for ever
	case won:
		one.stage, one.closed, one.value = "Won", closed, value
	default:
		one.stage, one.closed, one.value = "Lost", closed, value
	}
	if one.closed == 0 && unfinished {
		one.account = ""
	}
	if d.percent(2) { // typed by hand
		one.product = strings.ReplaceAll(one.product, " ", "")
	}
	return one
}

// closing gives the working day on which a deal closes. What would be won in
// the first days of a quarter is pulled into the one before, as sellers do.
func closing(d *dice, begun calendar.Day, won bool, slow int) calendar.Day {
	closed := begun.Add(cycle(d, won, slow))
	if early := closed.DayOfMonth() <= 6 && closed.Month()%3 == 1; won && early {
		closed = max(begun, closed.Add(-closed.DayOfMonth()))
		for !weekday(closed) {
			closed = closed.Add(-1)
		}
	}
	for !weekday(closed) {
		closed = closed.Add(1)
	}
	return closed
}

// cycle gives 10 to 120 days, most often near the middle; what is lost is
// given up sooner.
func cycle(d *dice, won bool, slow int) int {
	days := 10 + d.below(41) + d.below(40) + slow
	if !won {
		days = days * 4 / 5
	}
	return max(10, days)
}

// price takes a discount of up to 15 % off four deals in ten, to the cent.
func price(d *dice, list int) int {
	if !d.percent(40) {
		return list
	}
	off := int64(100 + d.below(1401)) // in hundredths of a per cent
	return list - int(int64(list)*off/10_000)
}
