package main

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// Quarter is the review on the last evening of a quarter.
type Quarter struct {
	Period   calendar.Period   `json:"period"`
	Review   plan.Review       `json:"review"`          // of the year so far
	Alone    plan.Review       `json:"alone"`           // of the quarter, as a goal of its own
	Since    *plan.Since       `json:"since,omitempty"` // since the quarter before
	Alerts   []plan.Alert      `json:"alerts"`
	Levers   *action.LeverPlan `json:"levers,omitempty"` // what it takes to reach the target still; none in the last
	Pipeline Pipeline          `json:"pipeline"`
	Followed []plan.Followed   `json:"followed"` // what was decided before, and what became of it
	Agenda   []plan.AgendaItem `json:"agenda"`
}

// review holds the next quarter's review, knowing those before it.
func (l *Life) review() error {
	q := Quarter{Period: quarter(2026, len(l.Quarters)+1)}
	for _, step := range []func(*Quarter) error{l.pipeline, l.compare, l.since, l.levers, l.follow} {
		if err := step(&q); err != nil {
			return err
		}
	}
	l.Quarters = append(l.Quarters, q)
	return nil
}

// compare sets the plan against what was reached, in the year so far and in
// the quarter alone.
func (l *Life) compare(q *Quarter) error {
	in, err := l.input(*q)
	if err != nil {
		return err
	}
	if q.Review, err = l.Document.Review(in); err != nil {
		return err
	}
	q.Alone, err = l.Document.Review(plan.Input{AsOf: in.AsOf, Part: q.Period, Known: in.Known, Actuals: in.Actuals})
	return err
}

// input is what the plan is reviewed with on the evening of a quarter's last
// day.
func (l *Life) input(q Quarter) (in plan.Input, err error) {
	in = plan.Input{AsOf: q.Period.Last(), Known: year(2026), Actuals: won(l.deals, through(q.Period)), Drivers: l.madeOf(through(q.Period))}
	for _, before := range l.Quarters {
		if before.Period.Last() < in.AsOf {
			in.Earlier = append(in.Earlier, before.Review.Stood()...)
		}
	}
	in.Beside.Execution = &action.Input{AsOf: in.AsOf, Records: records(), Costs: costs(), Gains: l.Promise.Gains(), Work: work()}
	in.Beside.Funnels = []plan.FunnelView{q.Pipeline.view}
	in.Beside.Metrics = untidyShares(*q.Pipeline.view.Hygiene)
	in.Beside.Cards, err = l.cards(q.Period)
	return in, err
}

// through is the year until the end of a quarter.
func through(q calendar.Period) calendar.Period {
	return must(calendar.Through(year(2026).Start(), q.Last()))
}

// since says what changed since the quarter before, and tries the alerts.
func (l *Life) since(q *Quarter) (err error) {
	var alerts []plan.Alert
	if n := len(l.Quarters); n > 0 {
		since, err := q.Review.Since(l.Quarters[n-1].Review)
		if err != nil {
			return err
		}
		q.Since, alerts = &since, l.Quarters[n-1].Alerts
	}
	q.Alerts, err = q.Review.Alerts(rules(), alerts)
	return err
}

// follow says what became of what was decided, and what to talk about.
func (l *Life) follow(q *Quarter) (err error) {
	if q.Followed, err = l.Minutes.Follow(l.Document, q.Review.Beside.Execution); err != nil {
		return err
	}
	q.Agenda = plan.Meeting{Review: q.Review, Since: q.Since, Alerts: q.Alerts, Followed: q.Followed, Feedback: l.Minutes.Unanswered()}.Agenda()
	return nil
}

// rules are the usual alert about who is behind, and one about who has to
// clean up: by the limit of the finding deals_untidy, which forgets at every
// review since when.
func rules() (all []plan.AlertRule) {
	for _, rule := range plan.DefaultAlerts() {
		if rule.ID == "behind" {
			all = append(all, rule)
		}
	}
	return append(all, plan.AlertRule{ID: "untidy", Signal: plan.OfMetric, Metric: "untidy_share", Above: plan.DefaultRiskLimits().Untidy, Severity: check.Warning})
}
