package kpi

func (s *standard) resultMetrics() {
	s.metric("invoiced_value", Metric{ID: "revenue", Name: "Revenue", NameZH: "销售收入",
		Meaning: "sales invoiced, less credit notes", Population: invoices, Unit: s.money, Source: practice})
	s.metric("won_value", Metric{ID: "bookings", Name: "Bookings", NameZH: "签约额",
		Meaning: "sales agreed, whenever they are invoiced", Population: wonDeals, Unit: s.money, Source: practice})
	s.metric("invoiced_value - cost_value", Metric{ID: "gross_profit", Name: "Gross profit", NameZH: "毛利额",
		Meaning: "revenue less cost of sales", Population: invoices, Unit: s.money, Source: farris})
	s.metric("gross_profit / invoiced_value", Metric{ID: "gross_margin", Name: "Gross margin", NameZH: "毛利率",
		Meaning: "gross profit as a share of revenue", Population: invoices, Unit: s.share, Additivity: RatioOfSums, Source: farris})
	s.metric("1 + (won_value - quota_value) / abs(quota_value)", Metric{ID: "quota_attainment", Name: "Quota attainment", NameZH: "定额达成率",
		Meaning: "won value against quota, for every sign; won / quota where the quota is above zero", Population: wonDeals, Unit: s.share, Additivity: RatioOfSums,
		Source: "Infor CPM: attainment, higher is better"})
	s.metric("growth(won_value, won_value_before)", Metric{ID: "won_growth", Name: "Growth", NameZH: "赢单增长率",
		Meaning: "change of won value against the base period, undefined on a base of zero or less", Population: wonDeals, Unit: s.share, Additivity: RatioOfSums, Source: farris})
	s.metric("invoiced_value / market_value", Metric{ID: "market_share", Name: "Market share", NameZH: "市场占有率",
		Meaning: "own sales as a share of the market's", Population: invoices + "; the market as studied", Unit: s.share, Additivity: RatioOfSums, Source: farris})
	s.metric("won_value / headcount", Metric{ID: "won_per_seller", Name: "Won value per seller", NameZH: "人均赢单金额",
		Meaning: "productivity of the team", Population: wonDeals, Unit: s.money, Additivity: RatioOfSums, Source: practice})
	s.metric("sellers_at_quota_count / sellers_with_quota_count", Metric{ID: "share_at_quota", Name: "Share of sellers at quota", NameZH: "达标人数占比",
		Meaning: "share of sellers at or above their quota", Population: "sellers with a quota", Unit: s.share, Additivity: RatioOfSums, Source: practice})
	s.metric("1 - abs(forecast_value - won_value) / abs(won_value)", Metric{ID: "forecast_accuracy", Name: "Forecast accuracy", NameZH: "预测准确率",
		Meaning: "1 less the error as a share of what came", Population: "the forecast of the stated day", Unit: s.share, Additivity: RatioOfSums, Kind: Hygiene,
		Source: "Hyndman, Athanasopoulos: Forecasting: Principles and Practice (the percentage error; 1 less it is common practice)"})
}

func (s *standard) dealMetrics() {
	s.metric("won_count / (won_count + lost_count)", Metric{ID: "win_rate", Name: "Win rate", NameZH: "赢单率",
		Meaning: "deals won of deals closed", Population: "deals closed in the period, won or lost", Unit: s.share, Additivity: RatioOfSums,
		Source: "Oracle Sales: win rate = won / (won + lost)"})
	s.metric("won_value / (won_value + lost_value)", Metric{ID: "win_rate_by_value", Name: "Win rate by value", NameZH: "金额赢单率",
		Meaning: "value won of value closed", Population: "deals closed in the period; undefined (no amount) where under 95 % of the lost ones have an amount", Unit: s.share,
		Additivity: RatioOfSums, Source: practice})
	s.metric("won_value / won_valued_count", Metric{ID: "average_deal_size", Name: "Average deal size", NameZH: "平均成交金额",
		Meaning: "won value by deal", Population: wonDeals + ", with an amount", Unit: s.money, Additivity: RatioOfSums, Source: practice})
	s.metric("cycle_days_won / won_count", Metric{ID: "sales_cycle", Name: "Sales cycle", NameZH: "平均销售周期",
		Meaning: "mean days from creation to won; the median stands beside it", Population: wonDeals, Unit: s.days, Direction: LowerIsBetter, Additivity: RatioOfSums, Source: practice})
	s.metric("1 - won_value / list_value", Metric{ID: "discount_rate", Name: "Discount rate", NameZH: "折扣率",
		Meaning: "what was given away of the list price", Population: wonDeals, Unit: s.share, Direction: InBand, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
	for _, part := range []struct{ id, measure, name, zh, meaning string }{
		{"new_share", "won_new_value", "Share of new business", "新客户占比", "first deals of customers"},
		{"expansion_share", "won_expansion_value", "Share of expansion", "增购占比", "further deals with customers"},
		{"renewal_share", "won_renewal_value", "Share of renewals", "续约占比", "renewals"},
	} {
		s.metric(part.measure+" / (won_new_value + won_expansion_value + won_renewal_value)", Metric{ID: part.id, Name: part.name, NameZH: part.zh,
			Meaning: part.meaning + " as a share of won value", Population: wonDeals, Unit: s.share, Direction: InBand, Additivity: RatioOfSums, Source: practice})
	}
	s.metric("term_days_won / won_count", Metric{ID: "average_term", Name: "Average contract term", NameZH: "平均合同期限",
		Meaning: "mean length of contracts won", Population: wonDeals, Unit: s.days, Additivity: RatioOfSums, Source: practice})
	s.metric("won_last_week_value / won_value", Metric{ID: "last_week_share", Name: "Share won in the last week", NameZH: "期末一周赢单占比",
		Meaning: "linearity: what came in the last seven days", Population: wonDeals, Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
	s.metric("won_last_month_value / won_value", Metric{ID: "last_month_share", Name: "Share won in the last month", NameZH: "期末一月赢单占比",
		Meaning: "linearity: what came in the last month of a quarter or year", Population: wonDeals, Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
}

func (s *standard) pipelineMetrics() {
	s.metric("open_qualified_count * win_rate * average_deal_size / sales_cycle", Metric{ID: "velocity", Name: "Sales velocity", NameZH: "销售速度",
		Meaning:    "won value that the pipeline brings in a day",
		Population: "qualified deals open on the as-of day, without stale ones; rate, size and cycle from deals closed in a stated window of the same pipeline, owners and currency",
		Unit:       Unit{Money: 1, Days: -1, Currency: s.money.Currency, Scale: s.money.Scale}, Additivity: RatioOfSums, Kind: Leading, Source: practice})
	s.metric("pipeline_value / max(quota_value - won_value, 0)", Metric{ID: "coverage", Name: "Pipeline coverage", NameZH: "商机覆盖率",
		Meaning: "pipeline of the period against what is still to win; undefined (zero denominator) where the quota is met", Population: "open deals with a close date in the period, without stale and omitted ones",
		Unit: Unit{Scale: 2}, Additivity: RatioOfSums, Kind: Leading, Source: "GitLab handbook: pipeline coverage (against the remaining target here)"})
	s.metric("pipeline_value / quota_value", Metric{ID: "future_coverage", Name: "Coverage of a future period", NameZH: "未来期间商机覆盖率",
		Meaning: "pipeline of a period to come against its quota", Population: "open deals with a close date in that period, without stale and omitted ones",
		Unit: Unit{Scale: 2}, Additivity: RatioOfSums, Kind: Leading, Source: "GitLab handbook: pipeline coverage"})
	s.metric("stale_count / open_count", Metric{ID: "stale_share", Name: "Share of stale deals", NameZH: "滞留商机占比",
		Meaning: "open deals that hardly will close", Population: openDeals, Unit: s.share, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
	s.metric("push_count / open_count", Metric{ID: "pushes_per_deal", Name: "Pushes per open deal", NameZH: "商机平均推迟次数",
		Meaning: "how often close dates are moved into a later period", Population: openDeals, Unit: Unit{Scale: 2}, Direction: LowerIsBetter, Additivity: RatioOfSums, Kind: Hygiene, Source: practice})
}
