package main

import "github.com/saleskpi/saleskpi/kpi/calendar"

// The company of the sample sells water treatment to plants and ports, with
// three sellers in the north and three in the south. It is made up, and so are
// its people.

type seller struct {
	id      string
	share   int  // of the deals, as a weight
	wins    int  // per cent of the deals that are decided
	course  bool // drawn by lot for the closing course of April 2026
	forgets int  // per cent of the deals that are never closed
	north   bool
}

// customers are those of a region.
func customers(north bool) []string {
	if north {
		return []string{"North Mill", "Fjord Foods", "Pine Paper", "Lake Dairy", "Polar Port", "Birch Brewery", "Ferry Dock", "Granite Works", "Hill Textiles", "Delta Supply"}
	}
	return []string{"Coast Paper", "Palm Port", "Sun Dairy", "River Steel", "Bay Shipyard", "Vine Cellars", "South Dock", "Olive Foods", "Salt Works", "Reef Chemicals"}
}

func sellers() []seller {
	return []seller{
		{id: "ann", share: 19, wins: 49, forgets: 1, north: true},
		{id: "bo", share: 17, wins: 44, course: true, forgets: 1, north: true},
		{id: "eva", share: 16, wins: 43, forgets: 2, north: true},
		{id: "cy", share: 17, wins: 45, course: true, forgets: 1},
		{id: "di", share: 16, wins: 45, forgets: 9},
		{id: "gus", share: 15, wins: 42, course: true, forgets: 2},
	}
}

// winsOn gives the chance to win in per cent: Di's falls in the spring of
// 2026, and that of those who had the course rises a little after it.
func (s seller) winsOn(decided calendar.Day) int {
	switch {
	case s.id == "di" && decided >= calendar.MustDay("2026-04-01"):
		return 24
	case s.course && decided >= calendar.MustDay("2026-05-01"):
		return s.wins + 8
	}
	return s.wins
}

// month is how many deals begin in one month.
type month struct{ year, month, deals int }

// months are those of the sample: many deals begin in autumn and few in
// summer, and every year brings a few more.
func months() (all []month) {
	usual, more := [12]int{14, 14, 16, 15, 14, 13, 12, 13, 19, 20, 17, 10}, [4]int{90, 93, 100, 106}
	for n := 7; n < 4*12; n++ {
		all = append(all, month{2023 + n/12, n%12 + 1, usual[n%12] * more[n/12] / 100})
	}
	return all
}

// told are the two deals that the year is remembered for: the distributor who
// was signed, and the plant that closed.
func told() []deal {
	day := calendar.MustDay
	return []deal{
		{seller: "bo", customer: "Delta Supply", amount: 40_000, qualified: day("2026-02-10"), proposal: day("2026-02-26"), negotiation: day("2026-03-19"),
			closed: day("2026-04-14"), outcome: "won", expected: day("2026-04-30")},
		{seller: "cy", customer: "Coast Paper", amount: 80_000, qualified: day("2026-06-22"), proposal: day("2026-07-20"), negotiation: day("2026-09-08"),
			closed: day("2026-10-12"), outcome: "lost", reason: "plant closed", expected: day("2026-11-16")},
	}
}
