package main

import (
	"strings"
	"time"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// goalSection sets actuals against targets, by month and by team.
func (r *Review) goalSection() string {
	s := heading(r.say("Goal and actual: won value %s", "目标与实际：%s 赢单金额", r.label(r.Year)))
	if r.Goals.Review == nil {
		return s + paragraph(r.say("No target: neither targets.csv for this year nor -target, so there is no attainment. Actuals alone:",
			"未设目标：没有本年度的 targets.csv，也没有 -target，因此没有达成率，只列实际：")) +
			"\n" + r.unknownMonths() + r.monthTable() + "\n" + r.teamActuals()
	}
	return s + r.standing() + "\n" + r.unknownMonths() + r.monthTable() + "\n" + r.teamTable()
}

// standing says in words where the company is and where it would land.
func (r *Review) standing() string {
	t := r.Goals.owners()[0].Tracking
	var lines facts
	lines.add(r.say("Target", "目标"), r.aim(t))
	if t.Actual.Defined() {
		lines.add(r.say("Pace", "进度"), r.say("%s of %s due by %s: %s, %s", "截至 %[3]s 应达 %[2]s，实际 %[1]s，%[4]s，%[5]s",
			number(t.Actual, 0), number(t.Expected, 0), t.Through, attained(t.Pace), r.lang().status(t.Status)))
	} else {
		lines.add(r.say("Pace", "进度"), r.lang().orWhy(t.Actual, ""))
	}
	r.landing(&lines, t)
	if trend := r.trend(); trend != "" && r.Closed.isNot(r.AsOf) {
		lines.add(r.say("Trend", "趋势"), trend)
	}
	r.gapFacts(&lines)
	r.sinceFact(&lines)
	return lines.String()
}

// aim names the target, where it is from, and how much of it is reached.
func (r *Review) aim(t target.Tracking) string {
	source := r.say("from -target, split evenly over sellers with deals and months", "来自 -target，在有商机的销售和各月之间均分")
	if r.Goals.FromFile {
		source = r.say("from targets.csv", "来自 targets.csv")
	}
	s := r.say("%s for %s, %s", "%[2]s %[1]s，%[3]s", number(t.PeriodTarget, 0), r.label(t.Period), source)
	if t.Period == r.Year {
		s = r.say("%s for %s, %s", "%[2]s 全年 %[1]s，%[3]s", number(t.PeriodTarget, 0), r.label(t.Period), source)
	}
	switch {
	case t.Target != t.PeriodTarget && t.Target.Defined():
		s += r.say("; %s of it falls on the days on record", "；其中有记录的期间 %s", number(t.Target, 0))
	case t.Attainment.Defined() && t.Elapsed < t.Days:
		s += r.say("; %s of it is reached", "；已达成 %s", attained(t.Attainment))
	}
	return s
}

// landing gives where the year would end, each method by its name.
func (r *Review) landing(lines *facts, t target.Tracking) {
	head := r.say("Landing", "预计完成")
	if t.Elapsed >= t.Days {
		lines.add(head, r.say("the year is over", "本年度已结束"))
		return
	}
	if !t.Actual.Defined() {
		lines.add(head, r.lang().orWhy(t.Landing.RunRate, ""))
		return
	}
	of := func(v kpi.Value) string { return attained(kpi.Attainment(kpi.HigherIsBetter, v, t.Target)) }
	lines.add(head, r.say("%s (%s) if it goes on as so far: run rate", "%s（%s）：按目前日均推算", number(t.Landing.RunRate, 0), of(t.Landing.RunRate)))
	lines.add("", r.say("%s (%s) if the rest goes as planned: actual and rest of plan", "%s（%s）：实际加剩余计划", number(t.Landing.RestOfPlan, 0), of(t.Landing.RestOfPlan)))
	if t.Required.Sign() <= 0 {
		lines.add(r.say("Needed", "尚需"), r.say("nothing more: the target is reached", "无需更多：目标已达成"))
		return
	}
	lines.add(r.say("Needed", "尚需"), r.say("%s a day for the %s days left; so far %s a day", "剩余 %[2]s 天，每天 %[1]s；目前每天 %[3]s",
		number(t.Required, 0), whole(t.Days-t.Elapsed), number(t.Actual.Div(kpi.Int(int64(t.Elapsed))), 0)))
}

// unknownMonths says which months lie before the record of closings, and
// which after the last day in the files.
func (r *Review) unknownMonths() string {
	var before, after []string
	known := r.known()
	for _, m := range r.months() {
		if m.Actual.Reason() != kpi.NoData {
			continue
		}
		name := r.lang().month(m.Period.Start().Month())
		if m.Period.Start() < known.Start() {
			before = append(before, name)
		} else {
			after = append(after, name)
		}
	}
	if known.Start() > r.AsOf {
		return paragraph(r.say("No deal has closed by %s, so what was won is no data and not zero.", "截至 %s 没有任何商机关闭，赢单金额为无数据，不是零。", r.AsOf))
	}
	s := ""
	if len(before) > 0 {
		s += paragraph(r.say("Closings are known from %s only: %s are no data, not a missed target.", "关闭记录自 %s 起才有：%s为无数据，不算未达成目标。",
			known.Start(), r.lang().join(before)))
	}
	if len(after) > 0 {
		s += paragraph(r.say("The files end on %s: %s are no data, not a missed target.", "文件中的记录截至 %s：%s为无数据，不算未达成目标。",
			known.Last(), r.lang().join(after)))
	}
	return s
}

func (l Lang) month(m time.Month) string {
	return l.say(m.String(), whole(int(m))+" 月")
}

// join writes a list: January, February and March.
func (l Lang) join(names []string) string {
	last := len(names) - 1
	if last < 1 || l == Chinese {
		return strings.Join(names, "、")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// months gives the months of the year: of the review, or, where there is no
// target, of the cube.
func (r *Review) months() []plan.PeriodReview {
	if owners := r.Goals.owners(); len(owners) > 0 {
		return owners[0].Periods
	}
	periods, _ := r.Options.Calendar.Split(r.Year, calendar.Monthly)
	all := make([]plan.PeriodReview, len(periods))
	for i, p := range periods {
		all[i] = plan.PeriodReview{Period: p, Attainment: kpi.Undefined(kpi.NoTarget)}
		switch {
		case p.Start() > r.AsOf:
			all[i].Actual = kpi.Undefined(kpi.NotYetDue)
		case r.known().Contains(p.Start()):
			all[i].Actual = r.Sales.Months.Value("won_value", p).Or(kpi.Int(0)) // on record, and nothing won
			all[i].Running = p.Last() > r.AsOf
		}
	}
	return all
}

func (r *Review) monthTable() string {
	var full kpi.Value
	for _, m := range r.months() {
		full = largest(full, m.Target, m.Actual)
	}
	lines := newTable(left(r.say("Month", "月份")), right(r.say("Target", "目标")), right(r.say("Actual", "实际")),
		right(r.say("Attained", "达成率")), left(""), left(""))
	for _, m := range r.months() {
		note := ""
		if m.Running {
			note = r.say("running", "进行中")
		}
		if r.known().Start() > m.Period.Last() {
			note = r.say("not on record", "没有记录")
		}
		lines.row(r.label(m.Period), number(m.Target, 0), number(m.Actual, 0), r.attainment(m.Actual, m.Attainment),
			barWithTarget(28, m.Actual, m.Target, full), note)
	}
	return lines.String()
}

// attainment gives the share, or why there is none: first for want of an
// actual, then for want of a target.
func (r *Review) attainment(actual, attainment kpi.Value) string {
	switch {
	case !actual.Defined():
		return r.lang().reason(actual.Reason())
	case !attainment.Defined():
		return r.lang().reason(attainment.Reason())
	}
	return attained(attainment)
}

// units gives the company, its regions and their teams. The only team of a
// region is left out: it is the region.
func (r *Review) units() []string {
	tree, units := r.Company.Tree, []string{wholeCompany}
	for _, region := range tree.Children(wholeCompany) {
		units = append(units, region)
		if teams := tree.Children(region); len(teams) > 1 {
			units = append(units, teams...)
		}
	}
	return units
}

// unit gives a unit's name as deep as it stands; a region with one team has
// its manager's name beside its own.
func (r *Review) unit(id string) string {
	name := strings.Repeat("  ", len(r.Company.Tree.Path(id))-1) + r.name(id)
	if teams := r.Company.Tree.Children(id); len(teams) == 1 && id != wholeCompany {
		name += r.say(" (%s)", "（%s）", r.name(teams[0]))
	}
	return name
}

// teamTable sets what was won against what was due.
func (r *Review) teamTable() string {
	var full kpi.Value
	for _, unit := range r.units()[1:] {
		t, _ := r.Goals.of(unit)
		full = largest(full, t.Expected, t.Actual)
	}
	lines := newTable(left(r.say("Team", "团队")).atMost(28), right(r.say("Due so far", "应达")), right(r.say("Actual", "实际")),
		right(r.say("Of due", "进度")), right(r.say("Vs due", "差额")), left(""), left(r.say("Status", "状态")))
	for _, unit := range r.units()[1:] { // how the company stands is said above
		if t, ok := r.Goals.of(unit); ok {
			lines.row(strings.TrimPrefix(r.unit(unit), "  "), number(t.Expected, 0), number(t.Actual, 0), attained(t.Pace), signed(t.Variance),
				barWithTarget(12, t.Actual, t.Expected, full), r.lang().status(t.Status))
		}
	}
	return lines.String()
}

// teamActuals is the table of teams where there is no target.
func (r *Review) teamActuals() string {
	lines := newTable(left(r.say("Team", "团队")).atMost(40), right(r.say("Actual", "实际")), left(""))
	for _, unit := range r.units() {
		lines.row(r.unit(unit), number(r.Sales.won(unit), 0), bar(40, r.Sales.won(unit), r.Sales.won(wholeCompany)))
	}
	return lines.String()
}

// largest gives the largest of the numbers that are there.
func largest(values ...kpi.Value) (most kpi.Value) {
	for _, v := range values {
		if !most.Defined() || most.Less(v) {
			most = v
		}
	}
	return most
}

// status says how a target stands.
func (l Lang) status(s target.Status) string {
	switch s {
	case target.NotStarted:
		return l.say("not started", "未开始")
	case target.TooEarly:
		return l.say("too early", "为时尚早")
	case target.OnTrack:
		return l.say("on track", "正常")
	case target.AtRisk:
		return l.say("at risk", "有风险")
	case target.Behind:
		return l.say("behind", "落后")
	case target.Met:
		return l.say("met", "已达成")
	case target.Missed:
		return l.say("missed", "未达成")
	}
	return l.say("no data", "无数据")
}
