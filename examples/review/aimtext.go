package main

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// assessment gives the SMART assessment of the year's goal.
func (r *Review) assessment() target.Assessment { return r.Goals.Plan.Assessments[0] }

// letters gives the criteria of SMART with what they are called.
func (r *Review) letters() []struct {
	name string
	target.Criterion
} {
	a := r.assessment()
	return []struct {
		name string
		target.Criterion
	}{
		{r.say("Specific", "具体"), a.Specific}, {r.say("Measurable", "可衡量"), a.Measurable}, {r.say("Achievable", "可达成"), a.Achievable},
		{r.say("Relevant", "相关"), a.Relevant}, {r.say("Time-bound", "有时限"), a.TimeBound},
	}
}

// letter gives what a criterion is called, by its name in a finding.
func (r *Review) letter(name string) string {
	switch name {
	case "specific":
		return r.say("is specific", "是否具体")
	case "measurable":
		return r.say("can be measured", "能否衡量")
	case "achievable":
		return r.say("can be reached", "能否达成")
	case "relevant":
		return r.say("is relevant", "是否相关")
	}
	return r.say("is bound in time", "是否有时限")
}

// failed gives what the assessment fails the goal by.
func (r *Review) failed() (found []check.Finding) {
	for _, l := range r.letters() {
		for _, f := range l.Findings {
			if f.Severity == check.Critical {
				found = append(found, f)
			}
		}
	}
	return found
}

// sentences joins whole sentences.
func (l Lang) sentences(all []string) string { return strings.Join(all, l.say(" ", "")) }

// aimSection says what is aimed at, how likely that is, and how good a goal it
// is.
func (r *Review) aimSection() string {
	goal, a := r.Goals.Plan.Goals[0], r.assessment()
	s := heading(r.say("The goal: won value %s", "目标：%s 赢单金额", r.label(r.Year)))
	t := newTable(left(""), right(r.say("Amount", "金额")), right(r.say("Chance", "达成概率")))
	row := func(name string, amount kpi.Value, chance kpi.Estimate) {
		if amount.Defined() {
			t.row(name, number(amount, 0), r.likely(chance))
		}
	}
	row(r.say("Base", "保底"), goal.Base, a.BaseChance)
	row(r.say("Target", "目标"), goal.Target, a.Chance)
	row(r.say("Stretch", "冲刺"), goal.Stretch, a.StretchChance)
	s += t.String() + r.without(historyFile, "how likely the goal is cannot be said", "无法估计达成概率")
	if a.Outlook.Growth.Defined() && goal.Baseline.Defined() {
		asked := r.say("%s more", "增长 %s", percent(a.Needed))
		if a.Needed.Sign() < 0 {
			asked = r.say("%s less", "减少 %s", percent(a.Needed.Abs()))
		}
		s += paragraph(r.say("The year before brought %s; the target asks for %s. Over %s pairs of like quarters the growth was %s on average, and half of such years would bring %s or more.",
			"上年实绩 %s，目标要求%s；%s 组同比季度平均增长 %s，此类年度有一半可达 %s 以上。",
			number(goal.Baseline, 0), asked, whole(a.Outlook.Pairs), r.share(a.Outlook.Growth), r.estimate(a.Outlook.P50)))
	}
	return s + r.smart()
}

// estimate writes an amount that is a statistic, in whole units.
func (r *Review) estimate(e kpi.Estimate) string {
	f, ok := e.Float64()
	if !ok {
		return r.lang().orWhy(kpi.Undefined(e.Reason()), "")
	}
	return number(kpi.Int(int64(f+0.5)), 0)
}

// smart says which letters of SMART the goal passes, and why it does not pass
// the others.
func (r *Review) smart() string {
	var passed []string
	s := ""
	for _, l := range r.letters() {
		if l.Verdict == target.Pass {
			passed = append(passed, l.name)
			continue
		}
		word := map[target.Verdict]string{target.Warn: r.say("with doubts", "存疑"), target.Fail: r.say("no", "否")}[l.Verdict]
		why := []string{r.say("%s: %s.", "%s：%s。", l.name, word)}
		for _, f := range l.Findings {
			if f.Severity > check.Info || f.Code == "share_implied" {
				why = append(why, r.tell(f, target.Findings()))
			}
		}
		s += paragraph(r.lang().sentences(why))
	}
	if len(passed) > 0 {
		s = paragraph(r.say("SMART: %s: yes.", "SMART：%s：是。", r.lang().join(passed))) + s
	}
	return s
}

const mostCommitted = 14 // owners in the table of the breakdown, beyond which sellers are left out

// breakdownSection splits the goal over people and quarters, and sets beside
// it what they commit to. The months stand in the review.
func (r *Review) breakdownSection() string {
	months := r.Goals.Plan.Breakdowns[0]
	quarters, _ := r.Options.Calendar.Split(r.Year, calendar.Quarterly)
	columns := []column{left(r.say("Who", "负责人")).atMost(26), right(r.say("Year", "全年"))}
	for _, q := range quarters {
		columns = append(columns, right(strings.TrimPrefix(r.label(q), r.label(r.Year)+"-")))
	}
	if r.Planned.Reconciled != nil {
		columns = append(columns, right(r.say("Commits to", "承诺")), right(r.say("Gap", "差额")))
	}
	t := newTable(columns...)
	for _, row := range r.inTree(months) {
		owner := row.owner
		cells := []string{row.shown, number(months.Cell(owner, r.Year), 0)}
		for _, q := range quarters {
			cells = append(cells, number(months.Cell(owner, q), 0))
		}
		t.row(append(cells, r.committed(owner)...)...)
	}
	s := heading(r.say("Breakdown to people, and what they commit to", "分解到人，以及各人承诺")) + t.String()
	s += r.without(commitmentsFile, "what the team commits to is not known", "团队承诺未知")
	if len(months.Owners()) > 2*mostCommitted {
		s += paragraph(r.say("Each seller's part stands in the rows of -format csv.", "每名销售的目标见 -format csv。"))
	}
	return s
}

// placed is an owner in a table of the breakdown, as deep as he stands.
type placed struct{ owner, shown string }

// inTree gives the owners with parents before their children. A team that is
// alone in its region stands for it; where there are many sellers they are
// left out.
func (r *Review) inTree(months *target.Breakdown) (rows []placed) {
	many := len(months.Owners()) > 2*mostCommitted
	var visit func(owner string, depth int)
	visit = func(owner string, depth int) {
		children := months.Children(owner)
		if stands := len(children) == 1 && r.isTeam(children[0]); !stands && !(many && r.Company.isSeller(owner)) {
			rows = append(rows, placed{owner, strings.Repeat("  ", depth) + r.name(owner)})
			depth++
		}
		for _, child := range children {
			visit(child, depth)
		}
	}
	visit(months.Goal().Owner, 0)
	return rows
}

func (r *Review) committed(owner string) []string {
	if r.Planned.Reconciled == nil {
		return nil
	}
	for _, g := range r.Planned.Reconciled.Gaps {
		if g.Owner == owner {
			return []string{number(g.Committed, 0), signed(g.Gap)}
		}
	}
	return []string{none, none}
}
