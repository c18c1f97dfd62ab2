package kpi

func (s *standard) collectionMetrics() {
	s.metric("collected_value", Metric{ID: "collections", Name: "Collections", NameZH: "回款额",
		Meaning: "payments received", Population: "payments, on the day of receipt", Unit: s.money, Source: practice})
	s.metric("collected_value / due_value", Metric{ID: "collection_rate", Name: "Collection rate", NameZH: "回款率",
		Meaning: "collected of what was due in the period", Population: "payments received and invoices fallen due in the period", Unit: s.share, Additivity: RatioOfSums, Source: practice})
	for _, age := range []struct{ id, measure, name, zh, over string }{
		{"overdue_share", "overdue_value", "Overdue share", "逾期占比", "past their due day"},
		{"overdue_30_share", "overdue_30_value", "Share over 30 days overdue", "逾期30天以上占比", "more than 30 days past their due day"},
		{"overdue_60_share", "overdue_60_value", "Share over 60 days overdue", "逾期60天以上占比", "more than 60 days past their due day"},
		{"overdue_90_share", "overdue_90_value", "Share over 90 days overdue", "逾期90天以上占比", "more than 90 days past their due day"},
	} {
		s.metric(age.measure+" / receivable_value", Metric{ID: age.id, Name: age.name, NameZH: age.zh, Meaning: "share of receivables " + age.over, Population: unpaid,
			Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Hygiene, Source: receivable})
	}
	s.metric("receivable_value * period_days / invoiced_value", Metric{ID: "dso", Name: "Days sales outstanding", NameZH: "应收账款周转天数（DSO）",
		Meaning: "how many days of sales are not yet paid", Population: unpaid + "; invoices of the period", Unit: s.days, Direction: LowerIsBetter, Additivity: Distinct,
		Source: "Oracle Hyperion Strategic Finance: Days in Receivables = receivables × days in period / net sales"})
	s.metric("returned_value / (invoiced_value + returned_value)", Metric{ID: "return_rate", Name: "Return rate", NameZH: "退货率",
		Meaning: "returns as a share of what was invoiced before them", Population: invoices, Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
}

func (s *standard) customerMetrics() {
	s.metric("active_customer_count / headcount", Metric{ID: "customers_per_seller", Name: "Customers per seller", NameZH: "人均客户数",
		Meaning: "how many customers a seller serves", Population: "customers with a purchase in the period", Unit: Unit{Scale: 1}, Direction: InBand, Additivity: Distinct, Source: practice})
	s.metric("1 - lost_customer_count / start_customer_count", Metric{ID: "customer_retention", Name: "Customer retention", NameZH: "客户留存率",
		Meaning: "customers of the start who stayed", Population: atStart, Unit: s.share, Additivity: RatioOfSums, Source: farris})
	s.metric("lost_customer_count / start_customer_count", Metric{ID: "customer_churn", Name: "Customer churn", NameZH: "客户流失率",
		Meaning: "customers of the start who left", Population: atStart, Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Source: farris})
	s.metric("(start_recurring_value - contraction_recurring_value - churned_recurring_value) / start_recurring_value",
		Metric{ID: "gross_retention", Name: "Gross revenue retention", NameZH: "总收入留存率（GRR）",
			Meaning: "recurring revenue of the start that is left, without what was added", Population: atStart, Unit: s.share, Additivity: RatioOfSums, Source: saas})
	s.metric("(start_recurring_value + expansion_recurring_value - contraction_recurring_value - churned_recurring_value) / start_recurring_value",
		Metric{ID: "net_retention", Name: "Net revenue retention", NameZH: "净收入留存率（NRR）",
			Meaning: "recurring revenue of the customers of the start, now against then", Population: atStart, Unit: s.share, Additivity: RatioOfSums, Source: saas})
	s.metric("churned_recurring_value / start_recurring_value", Metric{ID: "revenue_churn", Name: "Revenue churn", NameZH: "收入流失率",
		Meaning: "recurring revenue of customers who left", Population: atStart, Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Source: saas})
	s.metric("acquisition_cost / new_customer_count", Metric{ID: "cac", Name: "Customer acquisition cost", NameZH: "获客成本（CAC）",
		Meaning: "sales and marketing cost of a new customer", Population: "expenses of the period; customers, on the day of their first purchase", Unit: s.money, Direction: LowerIsBetter,
		Additivity: RatioOfSums, Source: farris})
	s.metric("satisfied_count / respondents", Metric{ID: "csat", Name: "Customer satisfaction", NameZH: "客户满意度（CSAT）",
		Meaning: "share of respondents in the top boxes; too few under 30 answers", Population: survey, Unit: s.share, Additivity: RatioOfSums, Source: farris})
	s.metric("100 * (promoters - detractors) / respondents", Metric{ID: "nps", Name: "Net promoter score", NameZH: "净推荐值（NPS）",
		Meaning: "share of promoters less share of detractors, in points from −100 to 100; too few under 30 answers", Population: survey, Unit: Score(0), Additivity: RatioOfSums, Source: reichheld})
	s.metric("survey_score / respondents", Metric{ID: "average_survey_score", Name: "Average survey score", NameZH: "调查平均分",
		Meaning: "mean points of an answer", Population: survey, Unit: Score(1), Additivity: RatioOfSums, Source: practice})
}

func (s *standard) activityMetrics() {
	s.metric("activity_call_count + activity_meeting_count", Metric{ID: "activities", Name: "Activities", NameZH: "销售活动数",
		Meaning: "calls and meetings", Population: "calls and meetings done, on their day", Unit: s.count, Kind: Leading, Source: practice})
	s.metric("activities / headcount", Metric{ID: "activities_per_seller", Name: "Activities per seller", NameZH: "人均销售活动数",
		Meaning: "calls and meetings by seller", Population: "calls and meetings done, on their day", Unit: Unit{Scale: 1}, Additivity: RatioOfSums, Kind: Leading, Source: practice})
	s.metric("response_hours / responded_lead_count", Metric{ID: "lead_response_time", Name: "Lead response time", NameZH: "线索响应时间",
		Meaning: "mean hours from a lead to its first answer; leads without an answer are not in it", Population: "leads answered, on the day they came in", Unit: Unit{Scale: 1}, Direction: LowerIsBetter,
		Additivity: RatioOfSums, Kind: Leading, Source: "Oldroyd, McElheran, Elkington: The Short Life of Online Sales Leads, Harvard Business Review, March 2011"})
	s.metric("responded_lead_count / lead_count", Metric{ID: "lead_response_rate", Name: "Lead response rate", NameZH: "线索响应率",
		Meaning: "leads that got an answer at all", Population: "leads, on the day they came in", Unit: s.share, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
	s.metric("converted_lead_count / lead_count", Metric{ID: "lead_conversion", Name: "Lead conversion", NameZH: "线索转化率",
		Meaning: "leads that became deals", Population: "leads, on the day they came in", Unit: s.share, Additivity: RatioOfSums, Kind: Leading, Source: practice})
	s.metric("campaign_cost / lead_count", Metric{ID: "cost_per_lead", Name: "Cost per lead", NameZH: "单条线索成本",
		Meaning: "campaign cost of a lead, by channel", Population: "campaigns of a channel and the leads from it", Unit: s.money, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Leading, Source: practice})
	s.metric("(campaign_margin_value - campaign_cost) / campaign_cost", Metric{ID: "campaign_return", Name: "Return on campaigns", NameZH: "活动投资回报率",
		Meaning: "gross profit from campaigns over their cost, by channel", Population: "campaigns of a channel and the deals won from it", Unit: s.share, Additivity: RatioOfSums, Source: farris})
}
