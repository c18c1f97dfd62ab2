package main

import (
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Forecast is where the quarter will land that holds the day after the as-of
// day, at list price: open deals carry no amounts.
type Forecast struct {
	Landing  forecast.Landing  `json:"landing"`
	Changed  forecast.Change   `json:"changed"` // since a week before
	Decisive forecast.Decisive `json:"decisive"`

	// Asked and Target are the quarter's target as it stands in the plan, and
	// at list price.
	Asked  kpi.Value `json:"asked"`
	Target kpi.Value `json:"target"`

	Landed kpi.Value `json:"landed"` // the landing at the price that deals are won at
}

// shortfall gives what the landing lacks to the quarter's target; undefined
// where it lacks nothing, and where either is not known.
func (f *Forecast) shortfall() kpi.Value {
	if lacks := f.Asked.Sub(f.Landed); lacks.Sign() > 0 {
		return lacks
	}
	return kpi.Undefined(kpi.NotApplicable)
}

// moreDeals says how many deals must still be engaged to reach the year's
// target: in its last quarter that is what the quarter takes.
func (r *Review) moreDeals() string {
	if way := r.Evidence.Way; way != nil && way.New.Defined() && r.Forecast.Landing.Period.Last() == r.Year.Last() {
		if first := way.Stages[len(way.Stages)-1]; !first.Late && first.Enter.Sign() > 0 {
			return r.say("engage %s more deals by %s", "在 %[2]s 前新接洽 %[1]s 个商机", number(first.Enter, 0), first.By)
		}
	}
	return r.say("win more of the open deals", "提高在途商机的赢单")
}

func newForecast(r *Review) (*Forecast, error) {
	quarter := r.Options.Calendar.PeriodOf(calendar.Quarterly, r.AsOf.Add(1))
	f := &Forecast{Asked: r.quarterTarget(quarter)}
	f.Target = f.Asked.Div(r.Funnel.ByList.RealisedPrice.Value())
	aim := forecast.Aim{Period: quarter, Target: f.Target, AnyClose: true}
	now, err := forecast.New(r.Funnel.histories, r.question(r.AsOf), aim)
	if err != nil {
		return nil, err
	}
	before, err := forecast.New(r.Funnel.histories, r.question(r.AsOf.Add(-7)), aim)
	if err != nil {
		return nil, err
	}
	f.Landing = now.Landing()
	f.Landed = f.Landing.Total.Value.Mul(r.Funnel.ByList.RealisedPrice.Value())
	if f.Changed, err = forecast.Changed(before, now); err != nil {
		return nil, err
	}
	f.Decisive, err = now.Decisive(3)
	return f, err
}

// question asks about deals at list price as of the end of a day.
func (r *Review) question(day calendar.Day) funnel.Question {
	return funnel.Question{
		AsOf: funnel.EndOf(day, time.UTC), Location: time.UTC, Start: Engaging,
		Calendar: r.Options.Calendar, Cohorts: calendar.Quarterly, ValueBy: funnel.ByListPrice,
	}
}

// quarterTarget gives the company's target of a quarter, undefined where it
// has none.
func (r *Review) quarterTarget(quarter calendar.Period) kpi.Value {
	if r.Goals.Plan == nil || !r.Year.Covers(quarter) {
		return kpi.Undefined(kpi.NoTarget)
	}
	months := r.Goals.Plan.Breakdowns[0]
	return months.Cell(months.Goal().Owner, quarter)
}

// forecastSection says where the quarter will land, what changed, and which
// deals decide.
func (r *Review) forecastSection() string {
	f := r.Forecast
	s := heading(r.say("Forecast: %s by the open deals", "预测：%s，按在途商机", r.label(f.Landing.Period)))
	if !f.Landing.Total.Value.Defined() {
		return s + paragraph(r.say("Too few earlier quarters are on record to say where this one will land.", "可用的历史季度太少，无法预测本季度。"))
	}
	if f.Asked.Defined() && f.Landed.Defined() {
		s += paragraph(r.say("At the price that deals are won at (%[4]s of list) %[1]s of the %[2]s asked: %[3]s. At list price:", "按成交价（目录价的 %[4]s）可达 %[1]s，目标 %[2]s，达成率 %[3]s。按目录价：",
			number(f.Landed, 0), number(f.Asked, 0), attained(kpi.Attainment(kpi.HigherIsBetter, f.Landed, f.Asked)), percent(r.Funnel.ByList.RealisedPrice.Value())))
	}
	return s + r.sentences(landed(f.Landing.Findings), 3) + r.moved() + r.decisive()
}

// sentences prints the first findings, each a paragraph.
func (r *Review) sentences(found []check.Finding, most int) (s string) {
	for _, f := range found[:min(most, len(found))] {
		s += paragraph(r.lang().sentence(f, forecast.Findings()))
	}
	return s
}

// landed keeps what is said of the landing itself and of how sure it is. The
// range of independent deals is left out where nothing can be said of it.
func landed(found []check.Finding) (kept []check.Finding) {
	few := has(found, "too_few_landings")
	for _, f := range found {
		switch f.Code {
		case "landing", "no_past_periods", "reach", "range", "too_few_landings":
			kept = append(kept, f)
		case "deals_independent":
			if !few {
				kept = append(kept, f)
			}
		}
	}
	return kept
}

// moved says how far the landing moved since a week before, where both are
// known.
func (r *Review) moved() string {
	if found := r.Forecast.Changed.Findings; !has(found, "change_unknown") {
		return r.sentences(found, 1)
	}
	return ""
}

// decisive names the deals that decide the quarter: by customer, as the files
// do not name deals, or by product where the customer is not known.
func (r *Review) decisive() string {
	var named []string
	for _, d := range r.Forecast.Decisive.Deals {
		named = append(named, r.say("%s (%s, %s)", "%s（%s，%s）", r.customer(d.ID), d.Owner, number(d.Value, 0)))
	}
	if len(named) == 0 {
		return ""
	}
	return paragraph(r.say("It hangs most on %s.", "影响最大的商机：%s。", r.lang().join(named)))
}

func (r *Review) customer(id string) string {
	for i := range r.Records.Deals {
		if d := &r.Records.Deals[i]; d.ID == id {
			if d.Account == "" {
				return d.Product
			}
			return d.Account + ", " + d.Product
		}
	}
	return id
}
