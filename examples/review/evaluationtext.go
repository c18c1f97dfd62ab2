package main

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/plan/action"
)

// evaluationPart says how the last quarter that is over went, and why.
func (r *Review) evaluationPart() string {
	c := r.Closed
	switch {
	case r.Goals.Plan == nil:
		return paragraph(r.say("No target, so nothing was reached or missed.", "没有目标，因此无所谓达成与未达成。"))
	case c == nil:
		return paragraph(r.say("No quarter of this year with a target is over and wholly on record.", "本年度尚无已结束、有目标且记录完整的季度。"))
	}
	g := c.Evaluation.Goals[0]
	s := paragraph(r.say("%s: %s of %s was won, %s; %s.", "%s：目标 %[3]s，赢单 %[2]s，%[4]s，%[5]s。", r.label(c.Quarter), number(g.Tracking.Actual, 0),
		number(g.Tracking.Target, 0), attained(g.Tracking.Attainment), r.lang().status(g.Tracking.Status)))
	return s + r.spreadText(g) + r.reachedTable(g) + r.driverText() + r.foundText() + r.changedText() + r.chanceText()
}

// spreadText says how the attainments of the sellers lie.
func (r *Review) spreadText(g plan.GoalEvaluation) string {
	d := g.Sellers
	if d == nil {
		return ""
	}
	return paragraph(r.say("%s of %s reached their targets; half of all came to %s or more. Who was above made up %s, who was below lacked %s.",
		"%[2]s 人中 %[1]s 人达成；达成率中位数 %[3]s。超额部分合计 %[4]s，不足部分合计 %[5]s。",
		whole(d.Met), whole(d.Owners), attained(d.Median), signed(g.ByOwner.Up), signed(g.ByOwner.Down)))
}

// reachedTable says who reached what, by what it made of the gap.
func (r *Review) reachedTable(g plan.GoalEvaluation) string {
	if g.ByOwner == nil {
		return ""
	}
	s := heading(r.say("Who reached what", "各人达成情况"))
	t := newTable(left(r.say("Who", "负责人")).atMost(26), right(r.say("Target", "目标")), right(r.say("Won", "赢单")), right(r.say("Attained", "达成率")), right(r.say("Of the gap", "差额")), left(""))
	parts := slices.Clone(g.ByOwner.Parts)
	slices.SortStableFunc(parts, func(a, b bridge.Part) int { return b.Amount.Compare(a.Amount) })
	var full kpi.Value
	for _, p := range parts {
		full = largest(full, p.Values.Base, p.Values.Current)
	}
	for i, p := range parts {
		if len(parts) > mostRows && i == shownEnd {
			t.row(r.say("… %s more", "… 另有 %s 人", whole(len(parts)-2*shownEnd)))
		}
		if len(parts) > mostRows && i >= shownEnd && i < len(parts)-shownEnd {
			continue
		}
		t.row(r.name(p.ID), number(p.Values.Base, 0), number(p.Values.Current, 0), attained(kpi.Attainment(kpi.HigherIsBetter, p.Values.Current, p.Values.Base)),
			signed(p.Amount), barWithTarget(30, p.Values.Current, p.Values.Base, full))
	}
	return s + t.String()
}

// driverText says what made the change from the quarter before.
func (r *Review) driverText() string {
	b := r.Closed.ByDriver
	s := heading(r.say("Why it is not what the quarter before was", "与上一季度相比的变化原因"))
	if b == nil {
		return s + paragraph(r.say("The quarter before is not wholly on record.", "上一季度的记录不完整。"))
	}
	t := newTable(left(r.say("Driver", "驱动因素")), right(b.Question.Base.Name), right(b.Question.Current.Name), right(r.say("Makes", "影响")))
	for _, p := range b.Parts {
		before, now := number(p.Values.Base, 0), number(p.Values.Current, 0)
		if p.ID == "win_rate" {
			before, now = percent(p.Values.Base), percent(p.Values.Current)
		}
		t.row(capital(r.driver(p.ID)), before, now, signed(p.Amount))
	}
	t.rule()
	t.row(r.say("Won value", "赢单金额"), number(b.Values.Base, 0), number(b.Values.Current, 0), signed(b.Gap))
	return s + t.String()
}

// foundText gives what the evaluation found, but for who reached what.
func (r *Review) foundText() string {
	s := ""
	for _, f := range r.Closed.Evaluation.Findings {
		if !slices.Contains(saidElsewhere(), f.Finding.Code) {
			s += item(r.tell(f.Finding, plan.Findings()))
		}
	}
	if n := len(r.Closed.Evaluation.Goals); n > 0 && s == "" && r.Closed.Evaluation.Goals[0].Sellers != nil && r.Closed.Evaluation.Goals[0].Sellers.Owners < 10 {
		s = paragraph(r.say("Under ten sellers, how many reach their targets says nothing of whether these were right.", "销售不足十人，达成人数不足以说明目标定得是否合适。"))
	}
	return s
}

// saidElsewhere are findings that the tables of the part, or those before it,
// have.
func saidElsewhere() []string {
	return []string{"goal_met", "goal_missed", "goal_over", "actions_undone", "action_holds_up", "assumption_overdue", "assumption_fails", "missed_unchecked", "missed_on_assumption",
		"strategy_unmeasured", "execution_not_tracked"}
}

// changedText says what changed after what was done for some sellers: never
// that it was brought about by that.
func (r *Review) changedText() string {
	changes := r.Closed.Evaluation.Changes
	if len(changes) == 0 {
		return ""
	}
	s := heading(r.say("What changed after earlier actions", "先前行动之后的变化"))
	for _, c := range changes {
		s += item(r.changed(c))
	}
	return s
}

func (r *Review) changed(c action.Evaluation) string {
	i := slices.IndexFunc(r.Plan.Strategies, func(s Strategy) bool { return s.ID == c.ID })
	strategy := r.Plan.Strategies[i]
	metric, write := r.say("win rate", "赢单率"), percent
	if strategy.Effects[0].Lever == action.DealSize {
		metric, write = r.say("deal size", "单均金额"), func(v kpi.Value) string { return number(v, 0) }
	}
	s := r.say("After “%s” (%s) the %s by quarters changed from %s to %s; promised was %s. Of the others it changed from %s to %s.",
		"“%s”（%s）之后，各季度%s由 %s 变为 %s，当时承诺 %s；其他人由 %s 变为 %s。", r.Plan.called(c.ID, r.lang()), r.lang().join(strategy.Sellers), metric,
		write(c.Units.Before), write(c.Units.After), changeOf(strategy.Effects[0].Change), write(c.Others.Before), write(c.Others.After))
	switch {
	case c.Verdict == kpi.Distinguishable:
		s += r.say(" The difference of %s is more than chance.", "两者相差 %s，超出偶然波动。", signedBy(write, c.Net))
	case c.Verdict == kpi.WithinChance:
		s += r.say(" The difference of %s is within chance.", "两者相差 %s，在偶然波动范围内。", signedBy(write, c.Net))
	default:
		s += r.say(" Whether that is more than would have come without it cannot be said: too few sellers or quarters.", "是否超出没有该行动时的变动，无法判断：人数或季度太少。")
	}
	if strategy.ChosenLow {
		s += r.say(" They were chosen because they stood low, and such come up by themselves in part.", "他们因水平偏低而被选中，这类人本来就会部分回升。")
	}
	return s
}

func signedBy(write func(kpi.Value) string, v kpi.Value) string {
	if v.Sign() > 0 {
		return "+" + write(v)
	}
	return write(v)
}

// chanceText says whether the sellers' win rates in the quarter differ by more
// than chance.
func (r *Review) chanceText() string {
	spread := r.Closed.WinRates.Spread
	if spread == nil || !spread.ByChance.Defined() {
		return ""
	}
	if share, _ := spread.ByChance.Float64(); share >= 1 {
		return paragraph(r.say("The sellers' win rates in the quarter differ no more than by chance.", "本季度各人赢单率的差异未超出偶然波动。"))
	}
	return paragraph(r.say("Of the spread between the sellers' win rates in the quarter chance alone would give %s.", "本季度各人赢单率的差异中，仅凭偶然就会出现 %s。", r.share(spread.ByChance)))
}

// verdict says whether a seller's win rate in the quarter differs from the
// others' by more than chance.
func (c *Closed) verdict(seller string) kpi.Chance {
	for _, p := range c.WinRates.Places {
		if p.Owner == seller && p.Evidence != nil {
			return p.Evidence.Verdict
		}
	}
	return kpi.Chance(0)
}
