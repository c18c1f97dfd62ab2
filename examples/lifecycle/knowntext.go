package main

// knownText answers what was known in April.
func (l *Life) knownText(lang Lang) string {
	s := heading(lang.say("What did we know in April?", "4月时我们知道什么？"))
	t := table{{lang.say("On", "截至"), lang.say("plan", "计划"), lang.say("target of the year", "全年目标"), lang.say("pace to date", "当时进度"),
		lang.say("target of the quarter", "季度目标"), lang.say("expected then", "当时预计"), lang.say("came", "实际")}}
	for _, k := range l.Closing.Known {
		t.row(k.Day.String(), lang.say("version %d", "第%d版", k.Version), amount(k.Target), attained(k.Pace), amount(k.Quarter), about(k.Landing.Total.Value), amount(k.Came))
	}
	return s + t.String() + paragraph(lang.say("Each line has the plan as it was decided by that day and the deals as they were on record.", "各行均按当日已决定的计划和当日已登记的商机计算。"))
}
