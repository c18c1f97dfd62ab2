package main

// words are what people and things are called, in English and in Chinese, by
// their IDs; what people said stands by its English words, as it is in the
// plan and its minutes.
func words() map[string][2]string {
	return map[string][2]string{
		company: {"Harbour Ltd", "海港公司"}, manager: {"Mo", "莫经理"}, "board": {"the board", "董事会"},
		"north": {"North", "北区"}, "south": {"South", "南区"},
		"ann": {"Ann", "安琳"}, "bo": {"Bo", "薄文"}, "eva": {"Eva", "易华"},
		"cy": {"Cy", "岑宇"}, "di": {"Di", "狄青"}, "gus": {"Gus", "顾山"},

		goalID: {"Revenue 2026", "2026年营收"}, "satisfy": {"Retention", "客户留存"}, "Customers who stay": {"Customers who stay", "留住老客户"},
		"fair": {"Spring fair", "春季展会"}, "course": {"Closing course", "成交培训"},
		"stand": {"Run the stand at the fair", "展台执行"}, "calls": {"Call every visitor of the fair", "逐一回访展会观众"},
		"lessons": {"Hold the closing course", "成交培训授课"}, "visits": {"Visit customers together after the course", "培训后的陪访"},
		"leads-in": {"Fair followed up", "展会线索跟进完毕"}, "coached": {"Course put into practice", "培训落地"},
		"plants": {"Plants", "工厂客户"}, "ports": {"Ports", "港口客户"},
		"delivery": {"Delivery within a week", "一周内交货"}, "service": {"“Service on Sundays”", "周日服务"},

		"North Mill":     {"North Mill", "北方磨坊"},
		"Fjord Foods":    {"Fjord Foods", "峡湾食品"},
		"Pine Paper":     {"Pine Paper", "松岭纸业"},
		"Lake Dairy":     {"Lake Dairy", "湖畔乳业"},
		"Polar Port":     {"Polar Port", "极地港口"},
		"Birch Brewery":  {"Birch Brewery", "白桦啤酒"},
		"Ferry Dock":     {"Ferry Dock", "渡口码头"},
		"Granite Works":  {"Granite Works", "花岗石料"},
		"Hill Textiles":  {"Hill Textiles", "山丘纺织"},
		"Delta Supply":   {"Delta Supply", "三角洲经销"},
		"Coast Paper":    {"Coast Paper", "海岸纸业"},
		"Palm Port":      {"Palm Port", "棕榈港口"},
		"Sun Dairy":      {"Sun Dairy", "阳光乳业"},
		"River Steel":    {"River Steel", "江河钢铁"},
		"Bay Shipyard":   {"Bay Shipyard", "海湾船厂"},
		"Vine Cellars":   {"Vine Cellars", "藤蔓酒业"},
		"South Dock":     {"South Dock", "南方码头"},
		"Olive Foods":    {"Olive Foods", "橄榄食品"},
		"Salt Works":     {"Salt Works", "盐业公司"},
		"Reef Chemicals": {"Reef Chemicals", "礁石化工"},

		"qualified": {"qualified", "已确认需求"}, "proposal": {"proposal", "方案报价"}, "negotiation": {"negotiation", "商务谈判"}, "won": {"won", "赢单"},
		"price": {"price", "价格"}, "competitor": {"competitor", "竞争对手"}, "no decision": {"no decision", "客户未决策"},
		"no budget": {"no budget", "客户无预算"}, "plant closed": {"plant closed", "工厂关停"},
		"deals": {"deals decided", "结单数"}, "win_rate": {"win rate", "赢单率"}, "deal_size": {"deal size", "客单价"},
		"won_value": {"revenue", "营收"},

		"prices stay as they are": {"prices stay as they are", "价格保持不变"},
		"nobody leaves":           {"nobody leaves", "人员不流失"},
		"fair of 2024":            {"fair of 2024", "2024年展会"},

		"A distributor has signed; we expect orders for 40,000 by December.":  {"A distributor has signed; we expect orders for 40,000 by December.", "新签一家经销商，预计12月前带来4万订单。"},
		"raise the target by 40,000 for the new distributor":                  {"raise the target by 40,000 for the new distributor", "因新签经销商，目标上调4万"},
		"Half of the visitors of the fair have not been called yet.":          {"Half of the visitors of the fair have not been called yet.", "展会观众还有一半没有回访。"},
		"Ann helps with the calls until all are made":                         {"Ann helps with the calls until all are made", "安琳协助回访，直至全部完成"},
		"Quotations leave me no time for visits with Mo.":                     {"Quotations leave me no time for visits with Mo.", "报价太忙，抽不出时间与莫经理一起拜访客户。"},
		"make the visits from August on, two customers a week":                {"make the visits from August on, two customers a week", "8月起每周陪访两家客户"},
		"Plants ask for delivery within a week; we lose orders over it.":      {"Plants ask for delivery within a week; we lose orders over it.", "工厂客户要求一周内交货，我们因此丢单。"},
		"no change this year: the works cannot do it before 2027":             {"no change this year: the works cannot do it before 2027", "今年不调整：厂里2027年前无法实现"},
		"My largest customer closes its plant: the order of 80,000 is lost.":  {"My largest customer closes its plant: the order of 80,000 is lost.", "我最大的客户关停工厂，8万订单丢失。"},
		"lower the target by 80,000 for the plant that closed":                {"lower the target by 80,000 for the plant that closed", "因客户工厂关停，目标下调8万"},
		"The visits help. Can we go on with them in 2027?":                    {"The visits help. Can we go on with them in 2027?", "陪访很有帮助，2027年能否继续？"},
		"A competitor was cheaper in four of my negotiations.":                {"A competitor was cheaper in four of my negotiations.", "我有四单在商务谈判中输给报价更低的对手。"},
		"no lower prices: the lost negotiations are gone through in November": {"no lower prices: the lost negotiations are gone through in November", "不降价，11月逐单复盘丢掉的商务谈判"},
	}
}
