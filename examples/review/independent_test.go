package main

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// sample reads the embedded files.
func sample(t *testing.T) *Records {
	t.Helper()
	files, err := fs.Sub(embedded, "sample")
	if err != nil {
		t.Fatal(err)
	}
	records, err := Read(files, calendar.Calendar{})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// cents gives an amount of the sample in cents.
func cents(t *testing.T, d Deal) int64 {
	t.Helper()
	v, _ := d.amount()
	n, ok := v.Minor(2, kpi.Down)
	if !ok {
		t.Fatalf("deal %s has no amount", d.ID)
	}
	return n
}

// What the report says of the sample is computed here again, by loops over
// the rows and in whole cents.
func TestFiguresOfTheSample(t *testing.T) {
	records := sample(t)
	wonAll, lostAll, yearAll, yearWon := int64(0), int64(0), int64(0), int64(0)
	q2, q3 := int64(0), int64(0) // of Q3 as many days as Q2 has: through 29 September
	bySeller, byMonth, cycles := map[string]int64{}, map[string]int64{}, []int{}
	for _, d := range records.Deals {
		if d.Stage == Lost {
			lostAll++
		}
		if d.Stage != Won {
			continue
		}
		wonAll++
		cycles = append(cycles, int(d.Closed)-int(d.Engaged))
		if d.Closed.Year() == 2026 {
			yearAll += cents(t, d)
			yearWon++
			switch day := d.Closed.String(); {
			case day >= "2026-07-01" && day <= "2026-09-29":
				q3 += cents(t, d)
			case day >= "2026-04-01" && day <= "2026-06-30":
				q2 += cents(t, d)
			}
			bySeller[d.Agent] += cents(t, d)
			byMonth[d.Closed.String()[:7]] += cents(t, d)
		}
	}
	slices.Sort(cycles)
	if len(cycles)%2 == 0 {
		t.Fatalf("the median of %d cycles is between two", len(cycles))
	}
	text := output(t)
	expect := func(format string, args ...any) {
		t.Helper()
		if line := fmt.Sprintf(format, args...); !strings.Contains(text, line) {
			t.Errorf("%q is missing", line)
		}
	}
	expect("%.1f %% by count: %d won of %d closed", 100*float64(wonAll)/float64(wonAll+lostAll), wonAll, wonAll+lostAll)
	expect("median %d days", cycles[len(cycles)/2])
	expect("Pace     %s of", money(yearAll))
	expect("Deal size    %s on average in 2026", money(yearAll/yearWon))
	if line := fmt.Sprintf("Trend    %s in the first 91 days of 2026-Q3, %.1f %% less than", money(q3), 100*float64(q2-q3)/float64(q2)); !strings.Contains(output(t, "-part", "review", "-asof", "2026-09-29"), line) {
		t.Errorf("%q is missing while the quarter runs", line) // once it is over, the evaluation has it
	}
	for seller, won := range bySeller {
		expect("%s", padRight(seller, 14)+"  "+padLeft(money(won), 9))
	}
	for month, won := range byMonth {
		if !strings.Contains(text, "\n"+month+"  ") || !strings.Contains(text, "  "+money(won)+"  ") {
			t.Errorf("%s: %s is missing", month, money(won))
		}
	}
}

// money writes cents as the report does: whole, grouped, ties to even.
func money(cents int64) string {
	units, rest := cents/100, cents%100
	if rest > 50 || rest == 50 && units%2 == 1 {
		units++
	}
	return whole(units)
}

// Whatever the day, every deal is counted or excluded, the sellers' sums are
// the company's, and deals after the day are not there.
func TestEveryDayAddsUp(t *testing.T) {
	t.Parallel()
	records := sample(t)
	for day := calendar.MustDay("2025-09-01"); day <= calendar.MustDay("2026-10-01"); day = day.Add(41) {
		r, err := compose(Options{AsOf: day, Lang: English}, records)
		if err != nil {
			t.Fatal(err)
		}
		var later, won int64
		wonBy := kpi.Int(0)
		for _, d := range records.Deals {
			if d.Engaged > day {
				later++
			}
			if d.Stage == Won && d.Closed <= day {
				won++
			}
		}
		for seller := range r.Company.sellers {
			wonBy = wonBy.Add(r.Sales.of(seller, "won_value"))
		}
		counts := r.Funnel.ByList.Counts
		if r.Reading.Read != r.Reading.Counted+r.Reading.Excluded || r.Reading.Excluded != later || counts.Won != won {
			t.Errorf("%s: %+v, want %d excluded and %d won, got %d won", day, r.Reading, later, won, counts.Won)
		}
		if total := r.Sales.won(wholeCompany); total != wonBy {
			t.Errorf("%s: the company won %v, its sellers %v", day, total, wonBy)
		}
	}
}

// Targets may stand at any level; the actuals go where the targets are.
func TestTargetsAtAnyLevel(t *testing.T) {
	deals := dealsHead + "1,王伟,MG,A,Won,2026-01-05,2026-02-01,100\n2,Ann,MG,A,Won,2026-01-05,2026-02-01,50.125\n"
	for name, test := range map[string]struct{ why, targets, owner, target, actual string }{
		"sellers":      {"the region is their sum", "王伟,2026,1200\nAnn,2026,600\n", "region:Hamburg", "600", "50.125"},
		"quarter":      {"a quarter is three months", "Ann,2026-Q1,30.5\n", "Ann", "30.5", "50.125"},
		"region alone": {"its sellers have none, their deals count for it", "Hamburg,2026,1200\n", "region:Hamburg", "1200", "50.125"},
		"manager":      {"a team may hold one, and its region sums", "Bob,2026,1200\n陈静,2026,24\n", wholeCompany, "1224", "150.125"},
		"both":         {"the seller's counts, and a finding says so", "Hamburg,2026,1200\nAnn,2026,24\n", "region:Hamburg", "24", "50.125"},
		"other year":   {"last year's target is not this year's", "Ann,2025,9\nAnn,2026,24\n", wholeCompany, "24", "150.125"},
		"fine":         {"amounts may have more places than cents", "Ann,2026,0.001\n", "Ann", "0.001", "50.125"},
	} {
		t.Run(name, func(t *testing.T) {
			r, err := compose(Options{AsOf: calendar.MustDay("2026-12-31"), Lang: English}, read(t, dealsFile, deals, targetsFile, targetsHead+test.targets))
			if err != nil {
				t.Fatal(err)
			}
			got, ok := r.Goals.of(test.owner)
			if !ok || got.PeriodTarget != kpi.MustParse(test.target) || got.Actual != kpi.MustParse(test.actual) {
				t.Errorf("%s: target %v, actual %v", test.why, got.PeriodTarget, got.Actual)
			}
			checkLines(t, r.page())
		})
	}
}

func TestTargetsThatCannotBePlaced(t *testing.T) {
	teams := teamsHead + "Ann,Bob,Hamburg\nCy,Bob,Oslo\n王伟,陈静,Shanghai\n"
	_, err := compose(Options{AsOf: calendar.MustDay("2026-12-31"), Lang: English}, read(t, teamsFile, teams, targetsFile, targetsHead+"Bob,2026,1\n"))
	if err == nil || !strings.Contains(err.Error(), "manager of several teams") {
		t.Errorf("Bob leads two teams: %v", err)
	}
	if _, err := Read(folder(targetsFile, targetsHead+"Ann,2026-W05,1\n"), calendar.Calendar{}); err == nil || !strings.Contains(err.Error(), "targets.csv:2:period") {
		t.Errorf("a week is no sum of months: %v", err)
	}
	if _, err := compose(Options{}, read(t, dealsFile, dealsHead)); err == nil || !strings.Contains(err.Error(), "-asof") {
		t.Errorf("without a day there is no year: %v", err)
	}
}
