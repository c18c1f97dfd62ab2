package kpi

// Populations that more than one measure has.
const (
	invoices = "invoices and credit notes, on their own day"
	unpaid   = "invoices unpaid at the end of the period"
	atStart  = "customers at the start of the period"
)

func (s *standard) moneyMeasures() {
	s.measure(Metric{ID: "invoiced_value", Name: "Invoiced value", NameZH: "开票金额",
		Meaning: "sum of invoices less credit notes", Population: invoices, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "returned_value", Name: "Returned value", NameZH: "退货金额",
		Meaning: "value of returns, above zero", Population: "credit notes for returns, on their own day", Unit: s.money, Direction: LowerIsBetter, Kind: Hygiene, Source: practice})
	s.measure(Metric{ID: "cost_value", Name: "Cost of sales", NameZH: "销售成本",
		Meaning: "cost of what was invoiced", Population: invoices, Unit: s.money, Direction: LowerIsBetter, Source: practice})
	s.measure(Metric{ID: "collected_value", Name: "Collected value", NameZH: "已收金额",
		Meaning: "payments received", Population: "payments, on the day of receipt", Unit: s.money, Source: practice})
	s.measure(Metric{ID: "due_value", Name: "Value due", NameZH: "到期应收金额",
		Meaning: "what was due for payment", Population: "invoices, on the day they fall due", Unit: s.money, Source: practice})
	s.measure(Metric{ID: "receivable_value", Name: "Receivables", NameZH: "应收账款",
		Meaning: "invoiced and not yet paid", Population: unpaid, Unit: s.money, Direction: LowerIsBetter, Additivity: Level, Source: receivable})
	for _, age := range []struct{ id, name, zh, over string }{
		{"overdue_value", "Overdue receivables", "逾期应收账款", "past their due day"},
		{"overdue_30_value", "Receivables over 30 days overdue", "逾期30天以上应收账款", "more than 30 days past their due day"},
		{"overdue_60_value", "Receivables over 60 days overdue", "逾期60天以上应收账款", "more than 60 days past their due day"},
		{"overdue_90_value", "Receivables over 90 days overdue", "逾期90天以上应收账款", "more than 90 days past their due day"},
	} {
		s.measure(Metric{ID: age.id, Name: age.name, NameZH: age.zh, Meaning: "receivables " + age.over, Population: unpaid,
			Unit: s.money, Direction: LowerIsBetter, Additivity: Level, Kind: Hygiene, Source: receivable})
	}
	s.measure(Metric{ID: "period_days", Name: "Days of the period", NameZH: "本期天数",
		Meaning: "number of days of the period, up to the as-of day; the same for every owner", Population: "days", Unit: s.days, Additivity: Distinct, Source: practice})
	s.measure(Metric{ID: "market_value", Name: "Market", NameZH: "市场总额",
		Meaning: "sales of all suppliers in the market served", Population: "a market study for the same period, region and products", Unit: s.money, Source: farris})
	s.measure(Metric{ID: "headcount", Name: "Headcount", NameZH: "销售人数",
		Meaning: "number of sellers", Population: "sellers at the end of the period", Unit: s.count, Additivity: Level, Source: practice})
}

func (s *standard) customerMeasures() {
	s.measure(Metric{ID: "new_customer_count", Name: "New customers", NameZH: "新客户数",
		Meaning: "customers who bought for the first time", Population: "customers, on the day of their first purchase", Unit: s.count, Source: farris})
	s.measure(Metric{ID: "active_customer_count", Name: "Active customers", NameZH: "活跃客户数",
		Meaning: "customers who bought in the period, each once", Population: "customers with a purchase in the period", Unit: s.count, Additivity: Distinct, Source: farris})
	s.measure(Metric{ID: "start_customer_count", Name: "Customers at the start", NameZH: "期初客户数",
		Meaning: "customers when the period began", Population: atStart, Unit: s.count, Additivity: Level, Source: farris})
	s.measure(Metric{ID: "lost_customer_count", Name: "Customers lost", NameZH: "流失客户数",
		Meaning: "customers of the start who left", Population: atStart + " who left in it", Unit: s.count, Direction: LowerIsBetter, Source: farris})
	s.measure(Metric{ID: "arr_value", Name: "Annual recurring revenue", NameZH: "年度经常性收入（ARR）",
		Meaning: "recurring revenue of contracts in force, for a year", Population: "contracts in force at the end of the period", Unit: s.money, Additivity: Level, Source: saas})
	s.measure(Metric{ID: "start_recurring_value", Name: "Recurring revenue at the start", NameZH: "期初经常性收入",
		Meaning: "recurring revenue when the period began", Population: atStart, Unit: s.money, Additivity: Level, Source: saas})
	s.measure(Metric{ID: "expansion_recurring_value", Name: "Recurring revenue added", NameZH: "扩容经常性收入",
		Meaning: "what customers of the start added", Population: atStart, Unit: s.money, Source: saas})
	s.measure(Metric{ID: "contraction_recurring_value", Name: "Recurring revenue reduced", NameZH: "缩减经常性收入",
		Meaning: "what customers of the start reduced without leaving, above zero", Population: atStart, Unit: s.money, Direction: LowerIsBetter, Source: saas})
	s.measure(Metric{ID: "churned_recurring_value", Name: "Recurring revenue lost", NameZH: "流失经常性收入",
		Meaning: "recurring revenue of customers of the start who left, above zero", Population: atStart, Unit: s.money, Direction: LowerIsBetter, Source: saas})
	s.measure(Metric{ID: "acquisition_cost", Name: "Cost of sales and marketing", NameZH: "获客总费用",
		Meaning: "what was spent to win new customers", Population: "sales and marketing expenses of the period", Unit: s.money, Direction: LowerIsBetter, Source: farris})
	for _, m := range []struct{ id, name, zh, meaning, source string }{
		{"respondents", "Respondents", "受访人数", "people who answered", practice},
		{"satisfied_count", "Satisfied respondents", "满意人数", "respondents in the two best of five boxes", farris},
		{"promoters", "Promoters", "推荐者人数", "respondents who gave 9 or 10 of 10", reichheld},
		{"detractors", "Detractors", "贬损者人数", "respondents who gave 0 to 6 of 10", reichheld},
	} {
		direction := HigherIsBetter
		if m.id == "detractors" {
			direction = LowerIsBetter
		}
		s.measure(Metric{ID: m.id, Name: m.name, NameZH: m.zh, Meaning: m.meaning, Population: survey, Unit: s.count, Direction: direction, Source: m.source})
	}
	s.measure(Metric{ID: "survey_score", Name: "Survey points", NameZH: "调查总分",
		Meaning: "points given, summed over respondents", Population: survey, Unit: Score(1), Source: practice})
}

const (
	survey    = "answers to one survey, on the day of the answer"
	reichheld = "Reichheld: The One Number You Need to Grow, Harvard Business Review, December 2003"
)

func (s *standard) activityMeasures() {
	s.measure(Metric{ID: "activity_call_count", Name: "Calls", NameZH: "电话拜访数",
		Meaning: "calls made", Population: "calls done, on their day", Unit: s.count, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "activity_meeting_count", Name: "Meetings", NameZH: "客户会面数",
		Meaning: "meetings held", Population: "meetings done, on their day", Unit: s.count, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "lead_count", Name: "Leads", NameZH: "线索数",
		Meaning: "leads received", Population: "leads, on the day they came in", Unit: s.count, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "responded_lead_count", Name: "Leads answered", NameZH: "已响应线索数",
		Meaning: "leads that got a first answer", Population: "leads, on the day they came in", Unit: s.count, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "converted_lead_count", Name: "Leads converted", NameZH: "已转化线索数",
		Meaning: "leads that became deals", Population: "leads, on the day they came in", Unit: s.count, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "response_hours", Name: "Response hours", NameZH: "响应总小时数",
		Meaning: "hours from a lead to its first answer, summed; a plain number, as units of time are days", Population: "leads answered, on the day they came in",
		Unit: Unit{Scale: 1}, Direction: LowerIsBetter, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "campaign_cost", Name: "Campaign cost", NameZH: "活动费用",
		Meaning: "what campaigns cost", Population: "campaigns of a channel", Unit: s.money, Direction: LowerIsBetter, Source: farris})
	s.measure(Metric{ID: "campaign_margin_value", Name: "Margin from campaigns", NameZH: "活动带来的毛利",
		Meaning: "gross profit of deals won that came from campaigns", Population: wonDeals + ", by the channel of their lead", Unit: s.money, Source: farris})
}
