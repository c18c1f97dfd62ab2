package funnel

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// CohortAges is the deals that started in each period and how many of them
// were won by which age: each column asks every cohort the same question.
type CohortAges struct {
	Ages    []int         `json:"ages"` // days, rising
	Cohorts []CohortByAge `json:"cohorts"`
	Unknown int64         `json:"unknown"` // deals whose start is not known
}

// CohortByAge is one cohort.
type CohortByAge struct {
	Period calendar.Period `json:"period"`
	Label  string          `json:"label"`
	Deals  int64           `json:"deals"`

	// Won is, for each age, the deals won by then of all deals: undefined
	// (Immature) where the youngest of the cohort have not come to that age by
	// the as-of day, and (NotApplicable) where the period began before
	// closings were on record. Deals won at a time that is not known are not
	// won by any age.
	Won []kpi.Ratio `json:"won"`
}

// CohortAges gives the matrix of cohorts, as long as the question's Cohorts
// are, by age. Ages that do not rise or are below 0 are check.ErrInvalid, no
// ages check.ErrMissing.
func (a *Analysis) CohortAges(ages ...int) (CohortAges, error) {
	problems := check.List{Op: "funnel.CohortAges"}
	if len(ages) == 0 {
		problems.Add(check.ErrMissing, "ages", "missing_ages", nil)
	}
	for i, age := range ages {
		if age < 0 || i > 0 && age <= ages[i-1] {
			problems.Add(check.ErrInvalid, check.At("ages", i), "not_rising", age)
		}
	}
	if err := problems.Err(); err != nil {
		return CohortAges{}, err
	}
	cohorts, unknown := a.cohorts()
	m := CohortAges{Ages: slices.Clone(ages), Cohorts: make([]CohortByAge, len(cohorts)), Unknown: unknown}
	index, won := map[calendar.Period]int{}, make([][]int64, len(cohorts))
	for i, c := range cohorts {
		index[c.Period], won[i] = i, make([]int64, len(ages))
	}
	for _, l := range a.lives {
		i, known := index[a.q.Calendar.PeriodOf(a.q.Cohorts, l.startedDay)]
		if !known || l.outcome != Won || l.cycle < 0 {
			continue
		}
		for j, age := range ages {
			if l.cycle <= age {
				won[i][j]++
			}
		}
	}
	for i, c := range cohorts {
		m.Cohorts[i] = CohortByAge{c.Period, c.Label, c.Deals, a.byAge(c, ages, won[i])}
	}
	return m, nil
}

func (a *Analysis) byAge(c Cohort, ages []int, won []int64) []kpi.Ratio {
	rates := make([]kpi.Ratio, len(ages))
	for j, age := range ages {
		rates[j] = kpi.RatioOf(won[j], c.Deals)
		switch {
		case c.LeftTruncated:
			rates[j] = without(rates[j], kpi.NotApplicable)
		case a.day.Sub(c.Period.Last()) < age:
			rates[j] = without(rates[j], kpi.Immature)
		}
	}
	return rates
}
