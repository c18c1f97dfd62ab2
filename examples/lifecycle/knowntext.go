package main

// knownText answers what was known in April.
func (l *Life) knownText(lang Lang) string {
	s := heading(lang.say("What did we know in April?", "4月时我们知道什么？"))
	t := table{{lang.say("Known on", "当时"), lang.say("plan", "计划"), lang.say("target of the year", "全年目标"), lang.say("of the quarter", "季度目标"),
		lang.say("expected", "季度预计"), lang.say("came", "季度实际"), lang.say("pace in June", "6月底进度")}}
	for _, k := range l.Closing.Known {
		t.row(k.Day.String(), lang.say("version %d", "第%d版", k.Version), amount(k.Target), amount(k.Quarter), about(k.Landing.Total.Value), amount(k.Came), attained(k.Pace))
	}
	return s + t.String() + paragraph(lang.say("Each line has the plan as it had been decided by that day, and the deals as they were on record.", "各行均按当日已作出的决定和已登记的商机计算。"))
}
