package main

import (
	"encoding/json"
	"io"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/plan"
)

// schema names the JSON form, and its version.
const schema = "saleskpi/example_review/1"

// Document is the whole cycle in JSON. What the packages gave stands in it as
// it is, each part once; beside that stand figures by group. A name is added
// within a version, and never changed or taken away.
type Document struct {
	Schema string `json:"schema"`
	Reading
	AsOf   calendar.Day `json:"as_of"`
	Period string       `json:"period"`
	Target kpi.Value    `json:"target"` // of the period; undefined, no_target, where there is none

	Overall        Summary            `json:"overall"`
	ByAgent        map[string]Summary `json:"by_agent"`
	ByManager      map[string]Summary `json:"by_manager"`
	ByRegion       map[string]Summary `json:"by_region"`
	ByProduct      map[string]Summary `json:"by_product"`
	ByCloseMonth   map[string]Summary `json:"by_close_month"`
	ByCloseQuarter map[string]Summary `json:"by_close_quarter"`

	Plan         *Planned          `json:"plan"` // null without a target
	Execution    *Execution        `json:"execution"`
	Monitor      *Monitor          `json:"monitor"`
	Closed       *Closed           `json:"evaluation"` // null where no quarter of the year is over, or without a target
	Improvement  *Improvement      `json:"improvement"`
	Next         *Next             `json:"proposal"`    // null without history.csv
	PlanReview   *plan.Review      `json:"plan_review"` // likewise
	Funnel       funnel.Report     `json:"funnel"`      // deals worth their amount
	FunnelByList funnel.Report     `json:"funnel_by_list_price"`
	Evidence     *Evidence         `json:"evidence"`
	Bridges      *Bridges          `json:"bridges"`
	Forecast     *Forecast         `json:"forecast"`
	Cards        []scorecard.Card  `json:"cards"`
	Ranking      scorecard.Ranking `json:"ranking"`
	WinRates     scorecard.Ranking `json:"win_rates"`
}

func newDocument(r *Review) Document {
	d := Document{
		Schema: schema, Reading: r.Reading, AsOf: r.AsOf, Period: r.Options.Calendar.Label(r.Year), Target: kpi.Undefined(kpi.NoTarget),
		Overall: newSummary(r.Funnel.ByList), ByAgent: summaries(r.Funnel.Sellers),
		ByManager: summaries(r.Funnel.Managers), ByRegion: summaries(r.Funnel.Regions), ByProduct: summaries(r.Funnel.Products),
		ByCloseMonth: summaries(r.Funnel.Months), ByCloseQuarter: summaries(r.Funnel.Quarters),
		Plan: r.Planned, Execution: r.Execution, Monitor: r.Monitor, Closed: r.Closed, Improvement: r.Improvement, Next: r.Next,
		PlanReview: r.Goals.Review, Funnel: r.Funnel.ByAmount, FunnelByList: r.Funnel.ByList, Evidence: r.Evidence, Bridges: r.Bridges, Forecast: r.Forecast,
		Cards: append([]scorecard.Card{}, r.People.Cards...), Ranking: r.People.Ranking, WinRates: r.People.WinRates,
	}
	if r.Goals.Plan != nil {
		d.Target = r.Goals.Plan.Goals[0].Target
	}
	return d
}

func summaries(by funnel.Groups) map[string]Summary {
	all := map[string]Summary{}
	for _, group := range by.Groups {
		all[group.Key] = newSummary(group.Report)
	}
	return all
}

func (d Document) write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(d)
}
