package main

import (
	"fmt"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"
)

// said is the page on one line, and a test that it says something.
func said(t *testing.T) func(format string, args ...any) {
	text := strings.Join(strings.Fields(output(t)), " ")
	return func(format string, args ...any) {
		t.Helper()
		if want := fmt.Sprintf(format, args...); !strings.Contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
}

// sum adds up what was won, of one seller or of all.
func sum(all []record, seller, first, last string) (won, deals, decided int64) {
	for _, r := range all {
		if r.outcome == "" || !inside(r.closed, first, last) || seller != "" && seller != r.seller {
			continue
		}
		decided++
		if r.outcome == "won" {
			won, deals = won+r.amount, deals+1
		}
	}
	return won, deals, decided
}

// weekdays counts Mondays to Fridays.
func weekdays(first, last string) (n int64) {
	day, _ := time.Parse(time.DateOnly, first)
	for ; day.Format(time.DateOnly) <= last; day = day.AddDate(0, 0, 1) {
		if day.Weekday() != time.Saturday && day.Weekday() != time.Sunday {
			n++
		}
	}
	return n
}

func whole(r *big.Rat) string {
	digits := strings.Replace(r.FloatString(0), "-", "", 1)
	var n int64
	fmt.Sscan(digits, &n)
	return grouped(n)
}

// The promise: of 261 working days the fair's 6 % count from 60 days after 16
// March on, the course's 5 % from 30 days after 1 May on, and both at once from
// then on.
func TestPromise(t *testing.T) {
	expect := said(t)
	won, _, _ := sum(independent(t), "", "2025-01-01", "2025-12-31")
	fair, course := weekdays("2026-05-15", "2026-12-31"), weekdays("2026-05-31", "2026-12-31")
	// in 10,000ths of the days of the year: 1, 1.06, and 1.06 × 1.05 = 1.113
	days := (261-fair)*10_000 + (fair-course)*10_600 + course*11_130
	landing := big.NewRat(won*days, 261*10_000)
	left := new(big.Rat).Sub(big.NewRat(2_360_000, 1), landing)
	expect("Without the strategies the year would bring %s, with them %s: %s are still to be found.", grouped(won), whole(landing), whole(left))
	thousands := func(part, n int64) string { return whole(big.NewRat(won*part*n, 261*100*1000)) }
	expect("35,500 of 36,000 spent, about %s,000 of revenue promised", thousands(6, fair))
	expect("11,500 of 12,000 spent, about %s,000 of revenue promised", thousands(5, course))
}

// The visits take as many working days as planned and begin on the day after
// the review, at the earliest.
func TestVisitsAreLate(t *testing.T) {
	expect, days, end := said(t), weekdays("2026-05-04", "2026-08-28"), "2026-10-27"
	if weekdays("2026-07-01", end) != days {
		t.Errorf("%d working days from July on, want %d", weekdays("2026-07-01", end), days)
	}
	expect("will be reached on %s at the earliest", end)
	expect("is not done, %d working days later", weekdays("2026-08-29", "2026-09-30"))
}

// A quarter's target of a seller: 26, 22 and 29 hundredths of 2,360,000 by the
// seller's weight (what was won in 2025, and a sixth of what all won), and what
// the revisions add: 40,000 over May to December by the same hundredths (two
// thirds of the second quarter's), 80,000 less in November and December.
// Attainments are cut.
func TestQuartersAlone(t *testing.T) {
	all, expect, sections := independent(t), said(t), reviews(t)
	year25, _, _ := sum(all, "", "2025-01-01", "2025-12-31")
	rest := int64(26*2 + 22*3 + 29*3)
	added := []*big.Rat{big.NewRat(40_000*26*2, rest), big.NewRat(40_000*22*3, rest), new(big.Rat).Sub(big.NewRat(40_000*29*3, rest), big.NewRat(80_000, 1))}
	for i, hundredths := range []int64{26, 22, 29} {
		target := new(big.Rat).Add(big.NewRat(23_600*hundredths, 1), added[i])
		first, last := quarters()[i+1][0], quarters()[i+1][1]
		won, _, _ := sum(all, "", first, last)
		expect("The quarter alone: %s of its target of %s, ", grouped(won), whole(target))
		for _, who := range []string{"ann", "bo", "eva", "cy", "di", "gus"} {
			before, _, _ := sum(all, who, "2025-01-01", "2025-12-31")
			won, _, _ := sum(all, who, first, last)
			part := new(big.Rat).Mul(target, big.NewRat(6*before+year25, 12*year25))
			share, _ := new(big.Rat).Quo(big.NewRat(1000*won, 1), part).Float64()
			// targets are whole cents, so a share on the edge of a tenth may go either way
			low, high := int64(math.Floor(max(share-0.001, 0))), int64(math.Floor(share+0.001))
			if !strings.Contains(sections[i+1], fmt.Sprintf("%s %d.%d %%", English.name(who), low/10, low%10)) {
				expect("%s %d.%d %%", English.name(who), high/10, high%10)
			}
		}
	}
}

// The year in September, if things go on: as many deals as were decided in the
// last quarter of 2025 at the rate and size of four quarters. What is missing
// can be made up from 30 days later on alone.
func TestWhatWouldDo(t *testing.T) {
	all, expect := independent(t), said(t)
	won, deals, decided := sum(all, "", "2025-10-01", "2026-09-30")
	_, _, again := sum(all, "", "2025-10-01", "2025-12-31")
	soFar, _, _ := sum(all, "", "2026-01-01", "2026-09-30")
	comes := big.NewRat(again*deals*won, decided*deals)
	year := new(big.Rat).Add(big.NewRat(soFar, 1), comes)
	short := new(big.Rat).Sub(big.NewRat(2_400_000, 1), year)
	thousands := func(r *big.Rat) string { return whole(new(big.Rat).Quo(r, big.NewRat(1000, 1))) + ",000" }
	change := new(big.Rat).Quo(short, comes)
	change.Mul(change, big.NewRat(100*weekdays("2026-10-01", "2026-12-31"), weekdays("2026-10-31", "2026-12-31")))
	expect("The year: about %s as things go, %s short. This would do: deal size +%s %%.", thousands(year), thousands(short), change.FloatString(1))
}

// What the suggestions are worth: 10 % of what Di and 5 % of what Gus wins in
// a year, from 60 and 45 days after the year's beginning and another 30 on. The
// year has 261 working days.
func TestWorth(t *testing.T) {
	all, expect := independent(t), said(t)
	worth := func(who, from string, percent int64) string {
		won, _, _ := sum(all, who, "2026-01-01", "2026-12-31")
		return whole(big.NewRat(won*percent*weekdays(from, "2027-12-31"), 100*261*1000)) + ",000"
	}
	expect("conversion +10 %%, worth about %s in 2027", worth("di", "2027-04-01", 10))
	expect("deal size +5 %%, worth about %s in 2027", worth("gus", "2027-03-17", 5))
}

// Growth is the geometric mean over all quarters of which the one a year
// before is known.
func TestGrowth(t *testing.T) {
	all, expect := independent(t), said(t)
	won := []int64{318, 391, 330, 462, 361, 372, 398, 447, 352, 455, 371, 541, 431, 430, 462, 520, 409, 523, 428, 537}
	for _, year := range []string{"2024", "2025", "2026"} {
		for _, q := range quarters() {
			amount, _, _ := sum(all, "", year+q[0][4:], year+q[1][4:])
			won = append(won, amount/500) // in half thousands
		}
	}
	for i := range 20 {
		won[i] *= 2
	}
	logs := 0.0
	for i := 4; i < len(won); i++ {
		logs += math.Log(float64(won[i]) / float64(won[i-4]))
	}
	pairs := len(won) - 4
	expect("grew by %.1f %% a year on average (%d pairs of quarters)", 100*(math.Exp(logs/float64(pairs))-1), pairs)
}

// Untidy is a deal past its day, one older than any of the company's deals was
// when it closed, one without a move for 30 days, or one put off twice; over
// 30 % of five deals or more is an alarm.
func TestToCleanUp(t *testing.T) {
	all := independent(t)
	for q, section := range reviews(t) {
		asOf := quarters()[q][1]
		open, untidy := map[string]int{}, map[string]int{}
		for _, r := range all {
			if r.qualified > asOf || r.closed != "" && r.closed <= asOf {
				continue
			}
			open[r.seller], open[""] = open[r.seller]+1, open[""]+1
			if isUntidy(all, r, asOf) {
				untidy[r.seller], untidy[""] = untidy[r.seller]+1, untidy[""]+1
			}
		}
		if want := fmt.Sprintf("To clean up: %d of %d open deals;", untidy[""], open[""]); !strings.Contains(section, want) {
			t.Errorf("%s: %q is missing", asOf, want)
		}
		_, alarms, _ := strings.Cut(section, "open deals to clean up: ")
		alarms, _, _ = strings.Cut(alarms, " To talk about")
		for who, n := range open {
			if who == "" {
				continue
			}
			want := fmt.Sprintf("%s (%s, ", English.name(who), tenths(int64(untidy[who]), int64(n)))
			if is := strings.Contains(alarms, want); is != (n >= 5 && 10*untidy[who] > 3*n) {
				t.Errorf("%s: %d of %d of %s, and %q", asOf, untidy[who], n, who, alarms)
			}
		}
	}
}

func isUntidy(all []record, r record, asOf string) bool {
	age := func(r record, until string) int64 {
		from, _ := time.Parse(time.DateOnly, r.qualified)
		to, _ := time.Parse(time.DateOnly, until)
		return int64(to.Sub(from).Hours() / 24)
	}
	oldest := int64(0)
	for _, other := range all {
		if other.closed != "" && other.closed <= asOf {
			oldest = max(oldest, age(other, other.closed))
		}
	}
	moved, at, expected, pushes := r.qualified, "", "", 0
	for _, day := range []string{r.proposal, r.negotiation} {
		if day != "" && day <= asOf {
			moved = day
		}
	}
	for day, when := range r.expected {
		if day > asOf {
			continue
		}
		if day != r.qualified {
			pushes++
		}
		if day > at {
			at, expected = day, when
		}
	}
	quiet := age(record{qualified: moved}, asOf) >= 30
	return expected < asOf || age(r, asOf) > oldest || quiet || pushes >= 2
}
