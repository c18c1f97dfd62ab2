package plan

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/action"
)

// DefaultPlaybook gives rules for the usual problems of sales, over the
// standard metrics of kpi.Standard and the findings of this package. Its
// effects are rules of thumb and say so (Assumed): put your own in their
// place once you have measured them. Money missed is a goal of won_value,
// bookings, revenue and the like: name metrics of your own in that condition.
//
//	rule                 where                                                   then
//	win_rate             win rate under 80 % of usual, activity as usual         training      conversion  +10 %
//	missed_alone         money missed, with activity and win rate as usual       coaching      deal size    +5 %
//	activity             activities under 80 % of usual                          coaching      leads       +10 %
//	discount             discount above 125 % of usual                           pricing       deal size    +5 %
//	deal_size            deals under 80 % of the usual size, discount as usual   training      deal size    +5 %
//	cycle                cycle above 125 % of usual                              process       cycle       −10 %
//	response             leads answered 50 % later than usual                    process       conversion   +5 %
//	leads                leads under 80 % of usual                               marketing     leads       +15 %
//	coverage             coverage short of what was needed before                marketing     leads       +10 %
//	stale                more than 30 % of open deals stale or untidy            process
//	capacity             more to reach than people can do                        coverage      conversion   +5 %
//	late_quarter         over half of the wins in the last month                 incentives
//	few_met              fewer than 55 % of sellers at target                    incentives
//	retention            retention under 95 % of usual                           care          retention    +3 %
//	satisfaction         CSAT under 90 % of usual                                care          retention    +2 %
//	collection           less than 90 % of what is due collected                 process
func DefaultPlaybook() Playbook {
	low := func(metric string, hundredths int64) Condition {
		return Condition{Metric: &Limit{Metric: metric, Below: kpi.Frac(hundredths, 100), OfUsual: true}}
	}
	high := func(metric string, hundredths int64) Condition {
		return Condition{Metric: &Limit{Metric: metric, Above: kpi.Frac(hundredths, 100), OfUsual: true}}
	}
	found := func(code string, of ...string) Condition { return Condition{Finding: code, Of: of} }
	// What is not known is not as usual: a rule that needs it does not apply.
	asUsual := func(metric string) Condition { return high(metric, 80) }
	noMore := func(metric string) Condition { return low(metric, 125) }
	do := func(kind Measure, name, zh string, lever action.Lever, hundredths int64, days int) Template {
		t := Template{Kind: kind, Name: name, NameZH: zh, Lever: lever, LeadDays: days}
		if lever != action.NoLever {
			t.Effect = kpi.Frac(hundredths, 100)
		}
		return t
	}
	return Playbook{ID: "default", Rules: []Rule{
		{"win_rate", Condition{All: []Condition{low("win_rate", 80), asUsual("activities")}},
			do(Training, "Train discovery and closing", "培训需求挖掘与成交技巧", action.Conversion, 10, 60)},
		{"missed_alone", Condition{All: []Condition{found("goal_missed", soldMetrics()...), asUsual("activities"), asUsual("win_rate")}},
			do(Coaching, "Go along to customers and coach on deals", "陪访并辅导商机", action.DealSize, 5, 45)},
		{"activity", low("activities", 80),
			do(Coaching, "Weekly look at calls and meetings", "每周检查拜访与电话量", action.Leads, 10, 30)},
		{"discount", high("discount_rate", 125),
			do(Pricing, "Limit discounts and have them approved", "收紧折扣权限并审批", action.DealSize, 5, 30)},
		{"deal_size", Condition{All: []Condition{low("average_deal_size", 80), noMore("discount_rate")}},
			do(Training, "Train selling value and bundles", "培训价值销售与组合销售", action.DealSize, 5, 60)},
		{"cycle", high("sales_cycle", 125),
			do(Process, "Shorten offers and approvals", "缩短报价与审批流程", action.Cycle, -10, 45)},
		{"response", high("lead_response_time", 150),
			do(Process, "Answer leads within a working day", "线索一个工作日内响应", action.Conversion, 5, 14)},
		{"leads", low("lead_count", 80),
			do(Marketing, "Campaign for the segments with room", "面向有空间的细分市场开展推广", action.Leads, 15, 60)},
		{"coverage", found("coverage_short"),
			do(Marketing, "Create pipeline for the coming period", "为下一期补充商机", action.Leads, 10, 60)},
		{"stale", Condition{Any: []Condition{{Metric: &Limit{Metric: "stale_share", Above: kpi.Frac(30, 100)}}, found("deals_untidy")}},
			do(Process, "Clean the pipeline every week", "每周清理僵尸商机", action.NoLever, 0, 14)},
		{"capacity", Condition{Any: []Condition{found("capacity_short"), found("over_capacity")}},
			do(Coverage, "Redraw territories or hire", "调整客户覆盖或增加人手", action.Conversion, 5, 90)},
		{"late_quarter", Condition{Any: []Condition{{Metric: &Limit{Metric: "last_month_share", Above: kpi.Frac(1, 2)}}, found("late_wins")}},
			do(Incentives, "Reward early closings", "奖励提前成交", action.NoLever, 0, 90)},
		{"few_met", found("few_met"),
			do(Incentives, "Review targets and thresholds of pay", "复核目标与提成门槛", action.NoLever, 0, 90)},
		{"retention", low("customer_retention", 95),
			do(Care, "Visit the customers at risk", "走访流失风险客户", action.Retention, 3, 90)},
		{"satisfaction", low("csat", 90),
			do(Care, "Answer what customers complained of", "整改客户投诉问题", action.Retention, 2, 90)},
		{"collection", Condition{Metric: &Limit{Metric: "collection_rate", Below: kpi.Frac(90, 100)}},
			do(Process, "Chase overdue receivables weekly", "每周催收逾期应收", action.NoLever, 0, 30)},
	}}
}

// soldMetrics are the standard metrics of money that larger deals bring more
// of.
func soldMetrics() []string {
	return []string{"won_value", "bookings", "revenue", "invoiced_value", "gross_profit", "won_new_value", "won_expansion_value", "won_renewal_value",
		"tcv_value", "acv_value", "won_per_seller", "average_deal_size"}
}
