package plan

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// HistoryView is what is known of the past of one owner and metric:
//
//	growth  the last period ÷ the same one a year before − 1
type HistoryView struct {
	Metric  string            `json:"metric"`
	Owner   string            `json:"owner"`
	N       int               `json:"n"` // figures
	First   calendar.Period   `json:"first"`
	Last    calendar.Period   `json:"last"`
	Missing []calendar.Period `json:"missing"` // between the first and the last
	Pairs   int               `json:"pairs"`   // periods of which the same one a year before is there too
	Latest  kpi.Value         `json:"latest"`
	Growth  kpi.Value         `json:"growth"`
}

// remembered gives the history by metric and owner.
func (p Preparation) remembered(cal calendar.Calendar) []HistoryView {
	views := []HistoryView{}
	figures := slices.SortedFunc(slices.Values(p.History.Figures), kpi.Figure.Compare)
	for len(figures) > 0 {
		n := slices.IndexFunc(figures, func(f kpi.Figure) bool { return f.Metric != figures[0].Metric || f.Owner != figures[0].Owner })
		if n < 0 {
			n = len(figures)
		}
		views = append(views, viewHistory(figures[:n], cal, p.History.Grain))
		figures = figures[n:]
	}
	return views
}

// viewHistory looks at the figures of one owner and metric, by time.
func viewHistory(figures []kpi.Figure, cal calendar.Calendar, grain calendar.Grain) HistoryView {
	first, last := figures[0], figures[len(figures)-1]
	v := HistoryView{Metric: first.Metric, Owner: first.Owner, N: len(figures), First: first.Period, Last: last.Period, Missing: []calendar.Period{}, Latest: last.Value}
	at := map[calendar.Period]kpi.Value{}
	for _, f := range figures {
		at[f.Period] = f.Value
	}
	year := calendar.LikeForLike{Calendar: cal, Against: calendar.YearBefore}
	before := func(p calendar.Period) (kpi.Value, bool) {
		earlier, err := year.Base(p)
		value, known := at[earlier]
		return value, err == nil && known
	}
	for _, f := range figures {
		if _, known := before(f.Period); known {
			v.Pairs++
		}
	}
	base, _ := before(last.Period)
	v.Growth = kpi.Growth(last.Value, base)
	for p := cal.PeriodOf(grain, first.Period.Start()); p.Start() < last.Period.Start(); p = cal.PeriodOf(grain, p.End()) {
		if _, known := at[p]; !known {
			v.Missing = append(v.Missing, p)
		}
	}
	return v
}

// findings says what is missing.
func (v HistoryView) findings(p Plan) []check.Finding {
	if len(v.Missing) == 0 {
		return nil
	}
	labels := make([]string, min(len(v.Missing), mostMissing))
	for i := range labels {
		labels[i] = p.Calendar.Text(v.Missing[i])
	}
	return []check.Finding{warning("history_gaps", v.Owner, append(p.metricCalled(v.Metric), "n", len(v.Missing), "periods", strings.Join(labels, ", "))...)}
}

// mostMissing is how many periods a finding names.
const mostMissing = 12

// checkHistory reports figures that are no period of the history's grain,
// which no outlook takes.
func (p Plan) checkHistory(problems *check.List) {
	h := p.Preparation.History
	for i, f := range h.Figures {
		if p.Calendar.PeriodOf(h.Grain, f.Period.Start()) != f.Period {
			problems.Add(check.ErrInvalid, check.At("preparation", "history", "figures", i, "period"), "off_boundary", f.Period, "grain", h.Grain)
		}
	}
}
