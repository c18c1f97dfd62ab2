package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// Bridges say why a number is not another one.
type Bridges struct {
	ToTarget  *bridge.Bridge `json:"to_target"`  // what was due to what came, by seller; null without a target
	ToQuarter *bridge.Bridge `json:"to_quarter"` // this quarter to as many days of the one before, by drivers; null without one
}

func newBridges(r *Review) (b *Bridges, err error) {
	b = &Bridges{}
	if b.ToTarget, err = r.toTarget(); err != nil {
		return nil, err
	}
	b.ToQuarter, err = r.toQuarter()
	return b, err
}

func (r *Review) money() kpi.Unit { return r.Sales.Year.Columns[0].Unit }

// toTarget is the review's bridge from what was due so far to what was won,
// with the largest parts alone.
func (r *Review) toTarget() (*bridge.Bridge, error) {
	if r.Goals.Review == nil || r.Goals.Review.Goals[0].Gap == nil {
		return nil, nil
	}
	return shown(r.Goals.Review.Goals[0].Gap.Largest(mostNamed), nil)
}

// shown gives a bridge in whole units, as it is printed: its parts still add
// up.
func shown(b bridge.Bridge, err error) (*bridge.Bridge, error) {
	if err != nil || !b.Gap.Defined() {
		return nil, err
	}
	b, err = b.Minor(0)
	return &b, err
}

// toQuarter bridges from as many days of the quarter before to this one, by
// how many deals were closed, how many of them won, and how large these were.
func (r *Review) toQuarter() (*bridge.Bridge, error) {
	pair, ok := r.quarters()
	if !ok {
		return nil, nil
	}
	return r.byDrivers(pair.Then, pair.Now)
}

// byDrivers bridges from some days to others.
func (r *Review) byDrivers(then, now calendar.Period) (*bridge.Bridge, error) {
	formula, err := kpi.ParseFormula("closed_count * win_rate * average_deal_size")
	if err != nil {
		return nil, err
	}
	quarter := func(days calendar.Period) string {
		return r.label(r.Options.Calendar.PeriodOf(calendar.Quarterly, days.Start()))
	}
	return shown(bridge.Drivers{Formula: formula}.Bridge(bridge.Question{
		Metric: "won_value", Unit: r.money(), Base: bridge.Side{Name: quarter(then)}, Current: bridge.Side{Name: quarter(now)},
	}, r.drivers(then), r.drivers(now)))
}

func (r *Review) drivers(days calendar.Period) []kpi.Figure {
	count := func(measure string) kpi.Value { return r.Sales.between(days, measure).Or(kpi.Int(0)) }
	value, won, closed := count("won_value"), count("won_count"), count("closed_count")
	figure := func(metric string, v kpi.Value) kpi.Figure {
		return kpi.Figure{Metric: metric, Owner: wholeCompany, Period: days, Value: v}
	}
	return []kpi.Figure{figure("closed_count", closed), figure("win_rate", won.Div(closed)), figure("average_deal_size", value.Div(won))}
}

// gapFacts says who made the gap to what was due, and what made the change
// since the quarter before.
func (r *Review) gapFacts(lines *facts) {
	if b := r.Bridges.ToTarget; b != nil && b.Gap.Sign() != 0 {
		lines.add(r.say("Gap", "差额"), r.say("%s against due: %s", "较应达 %s：%s", signed(b.Gap), r.parts(b, func(id string) string { return plain(r.name(id)) })))
	}
	if b := r.Bridges.ToQuarter; b != nil && b.Gap.Sign() != 0 && r.Closed.isNot(r.AsOf) {
		lines.add(r.say("Change", "变化"), r.say("%s against as many days of %s: %s", "较 %[2]s 同期 %[1]s：%[3]s",
			signed(b.Gap), b.Question.Base.Name, r.parts(b, r.driver)))
	}
}

func (r *Review) driver(id string) string {
	switch id {
	case "closed_count":
		return r.say("deals closed", "关闭商机数")
	case "win_rate":
		return r.say("win rate", "赢单率")
	}
	return r.say("deal size", "单均金额")
}

// parts lists what a gap is made of.
func (r *Review) parts(b *bridge.Bridge, name func(string) string) string {
	var parts []string
	for _, p := range b.Parts {
		if p.Rest > 0 {
			parts = append(parts, r.say("%s others %s", "其余 %s 人 %s", whole(int64(p.Rest)), signed(p.Amount)))
		} else {
			parts = append(parts, name(p.ID)+" "+signed(p.Amount))
		}
	}
	return r.lang().join(parts)
}

// signed gives a whole number with its sign, a plus too.
func signed(v kpi.Value) string {
	if v.Sign() > 0 {
		return "+" + number(v, 0)
	}
	return number(v, 0)
}
