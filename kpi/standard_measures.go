package kpi

// Populations that more than one measure has.
const (
	wonDeals  = "deals won, on the day they were closed"
	lostDeals = "deals closed and not won, without disqualified and duplicate ones, on the day they were closed"
	newDeals  = "deals created, on the day of creation"
	openDeals = "deals open at the end of the period, stale ones included"
)

func (s *standard) dealMeasures() {
	s.measure(Metric{ID: "won_value", Name: "Won value", NameZH: "赢单金额",
		Meaning: "sum of the amounts of deals won", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "won_count", Name: "Deals won", NameZH: "赢单数",
		Meaning: "number of deals won", Population: wonDeals, Unit: s.count, Source: practice})
	s.measure(Metric{ID: "won_valued_count", Name: "Deals won with an amount", NameZH: "有金额的赢单数",
		Meaning: "number of deals won that carry an amount", Population: wonDeals, Unit: s.count, Source: practice})
	s.measure(Metric{ID: "lost_count", Name: "Deals lost", NameZH: "输单数",
		Meaning: "number of deals lost; no decision is lost", Population: lostDeals, Unit: s.count, Direction: LowerIsBetter, Source: practice})
	s.measure(Metric{ID: "lost_value", Name: "Lost value", NameZH: "输单金额",
		Meaning:    "sum of the amounts of deals lost",
		Population: lostDeals + "; undefined (no amount) where under 95 % of them have an amount other than 0", Unit: s.money, Direction: LowerIsBetter, Source: practice})
	s.measure(Metric{ID: "list_value", Name: "List value of deals won", NameZH: "赢单标价金额",
		Meaning: "what the deals won would have brought at list prices", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "cycle_days_won", Name: "Cycle days of deals won", NameZH: "赢单周期总天数",
		Meaning: "days from creation, or a named start stage, to won, summed over deals", Population: wonDeals, Unit: s.days, Direction: LowerIsBetter, Source: practice})
	s.measure(Metric{ID: "median_sales_cycle", Name: "Median sales cycle", NameZH: "销售周期中位数",
		Meaning: "days from creation to won of the deal in the middle", Population: wonDeals, Unit: s.days, Direction: LowerIsBetter, Additivity: Distinct, Source: practice})
	s.measure(Metric{ID: "median_deal_size", Name: "Median deal size", NameZH: "成交金额中位数",
		Meaning: "amount of the deal in the middle", Population: wonDeals + ", with an amount", Unit: s.money, Additivity: Distinct, Source: practice})
	s.measure(Metric{ID: "won_last_week_value", Name: "Won in the last week", NameZH: "期末一周赢单金额",
		Meaning: "won value of the last seven days of the period", Population: wonDeals, Unit: s.money, Kind: Hygiene, Source: practice})
	s.measure(Metric{ID: "won_last_month_value", Name: "Won in the last month", NameZH: "期末一月赢单金额",
		Meaning: "won value of the last month of the period", Population: wonDeals, Unit: s.money, Kind: Hygiene, Source: practice})
	s.measure(Metric{ID: "won_value_before", Name: "Won value of the base period", NameZH: "基期赢单金额",
		Meaning: "won value of the period that is compared with", Population: wonDeals + ", of the earlier period", Unit: s.money, Source: practice})
	s.measure(Metric{ID: "won_new_value", Name: "Won from new customers", NameZH: "新客户赢单金额",
		Meaning: "won value of the first deals of customers", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "won_expansion_value", Name: "Won by expansion", NameZH: "增购赢单金额",
		Meaning: "won value of further deals with customers", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "won_renewal_value", Name: "Won by renewal", NameZH: "续约赢单金额",
		Meaning: "won value of contracts renewed", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "tcv_value", Name: "Total contract value", NameZH: "合同总额（TCV）",
		Meaning: "value of contracts won over their whole term", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "acv_value", Name: "Annual contract value", NameZH: "年度合同额（ACV）",
		Meaning: "recurring value of contracts won, for a year", Population: wonDeals, Unit: s.money, Source: practice})
	s.measure(Metric{ID: "term_days_won", Name: "Contract days won", NameZH: "合同期限总天数",
		Meaning: "length of contracts won, summed", Population: wonDeals, Unit: s.days, Source: practice})
}

func (s *standard) pipelineMeasures() {
	s.measure(Metric{ID: "created_count", Name: "Pipeline created, deals", NameZH: "新增商机数",
		Meaning: "number of deals created", Population: newDeals, Unit: s.count, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "created_value", Name: "Pipeline created, value", NameZH: "新增商机金额",
		Meaning: "sum of the amounts of deals created", Population: newDeals, Unit: s.money, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "open_count", Name: "Open deals", NameZH: "在手商机数",
		Meaning: "number of deals open", Population: openDeals, Unit: s.count, Additivity: Level, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "open_value", Name: "Open pipeline", NameZH: "在手商机金额",
		Meaning: "sum of the amounts of open deals", Population: openDeals, Unit: s.money, Additivity: Level, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "open_qualified_count", Name: "Open qualified deals", NameZH: "合格在手商机数",
		Meaning: "number of qualified deals open, stale ones apart", Population: "qualified deals open on the as-of day, without stale ones", Unit: s.count, Additivity: Level, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "pipeline_value", Name: "Pipeline of the period", NameZH: "本期预计成交商机金额",
		Meaning: "unweighted amounts of open deals expected to close in the period", Population: "open deals with a close date in the period, without stale and omitted ones", Unit: s.money, Additivity: Level, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "weighted_pipeline_value", Name: "Weighted pipeline", NameZH: "加权商机金额",
		Meaning: "amount times probability, summed over deals", Population: "open deals, without stale ones", Unit: s.money, Additivity: Level, Kind: Leading, Source: practice})
	s.measure(Metric{ID: "stale_count", Name: "Stale deals", NameZH: "滞留商机数",
		Meaning: "open deals older than deals ever were when they closed, or long past their close date", Population: openDeals, Unit: s.count, Direction: LowerIsBetter, Additivity: Level, Kind: Hygiene, Source: practice})
	s.measure(Metric{ID: "push_count", Name: "Close dates pushed", NameZH: "推迟成交次数",
		Meaning: "how often a close date was moved into a later period", Population: "changes of close dates, on the day of the change", Unit: s.count, Direction: LowerIsBetter, Kind: Hygiene, Source: practice})
	s.measure(Metric{ID: "forecast_value", Name: "Forecast", NameZH: "预测金额",
		Meaning: "won value that was forecast for the period", Population: "the forecast of the stated day", Unit: s.money, Source: practice})
	s.measure(Metric{ID: "quota_value", Name: "Quota", NameZH: "销售定额",
		Meaning: "target of won value in force; undefined (no target) where there is none", Population: "the targets of the owner in the period", Unit: s.money, Source: practice})
	s.measure(Metric{ID: "sellers_with_quota_count", Name: "Sellers with a quota", NameZH: "有定额的销售人数",
		Meaning: "number of sellers who carry a quota", Population: "sellers at the end of the period", Unit: s.count, Additivity: Level, Source: practice})
	s.measure(Metric{ID: "sellers_at_quota_count", Name: "Sellers at quota", NameZH: "达标销售人数",
		Meaning: "number of sellers at or above their quota", Population: "sellers with a quota at the end of the period", Unit: s.count, Additivity: Level, Source: practice})
}
