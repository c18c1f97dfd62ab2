package funnel

import (
	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// Survival is the time by which a quarter, half and three quarters have
// ended, as the Kaplan–Meier curve says: whoever is still running counts as
// running up to now and not as ended. Where so many are running that the
// curve does not come down to a share, that time is undefined (Immature).
//
// Source: Kaplan and Meier, JASA 53 (1958).
type Survival struct {
	N       int64     `json:"n"`
	Running int64     `json:"running"` // of them
	P25     kpi.Value `json:"p25"`
	Median  kpi.Value `json:"median"`
	P75     kpi.Value `json:"p75"`
}

// survivalOf takes durations of which so many make a day.
func survivalOf(ended, running []int64, perDay int64) Survival {
	s := Survival{N: int64(len(ended) + len(running)), Running: int64(len(running))}
	if s.N == 0 {
		return s
	}
	rows := make([]stat.Row, 0, s.N)
	for _, age := range ended {
		rows = append(rows, stat.Row{Age: age, Won: 1})
	}
	for _, age := range running {
		rows = append(rows, stat.Row{Age: age, Censored: 1})
	}
	curve := stat.KaplanMeier(stat.NewTable(rows...), stat.Won)
	at := func(p float64) kpi.Value {
		age, ok := curve.Quantile(p)
		if !ok {
			return kpi.Undefined(kpi.Immature)
		}
		return kpi.Frac(age, perDay)
	}
	s.P25, s.Median, s.P75 = at(0.25), at(0.5), at(0.75)
	return s
}
