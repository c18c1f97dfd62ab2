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
	s := heading(r.say("Forecast: %s at list price", "预测：%s，按目录价", r.label(f.Landing.Period)))
	if !f.Landing.Total.Value.Defined() {
		return s + paragraph(r.say("Too few earlier quarters are on record to say where this one will land.", "可用的历史季度太少，无法预测本季度。"))
	}
	if f.Target.Defined() && f.Target != f.Asked {
		s += paragraph(r.say("The target of %s is %s at list price: deals were won at %s of it.", "目标 %s 折合目录价 %s：历史成交价为目录价的 %s。",
			number(f.Asked, 0), number(f.Target, 0), percent(r.Funnel.ByList.RealisedPrice.Value())))
	}
	return s + r.sentences(f.Landing.Findings, 9) + r.sentences(f.Changed.Findings, 5) + r.sentences(f.Decisive.Findings, 4)
}

// sentences prints the first findings, each a paragraph.
func (r *Review) sentences(found []check.Finding, most int) (s string) {
	for _, f := range found[:min(most, len(found))] {
		s += paragraph(r.lang().sentence(f, forecast.Findings()))
	}
	return s
}
