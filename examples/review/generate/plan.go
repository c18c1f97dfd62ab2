package main

import "fmt"

// What people wrote down when they made the plan of 2026, and what became of
// it since. Nothing in it is drawn.

func goalRows() [][]string {
	return [][]string{
		{"from", "through", "objective", "objective_zh", "base", "stretch", "led_by", "committed_on"},
		{"2026-01-01", "2026-12-31", "Grow faster than the market, with customers who pay the list price", "增长快于市场，并守住目录价", "2280000", "2690000", "Helena Brandt", "2025-12-12"},
	}
}

func needRows() [][]string {
	return [][]string{
		{"need", "need_zh", "importance", "satisfaction", "rated_importance", "rated_satisfaction", "evidence"},
		{"Installation within a week", "一周内安装到位", "8.7", "5.9", "84", "81", "customer survey, October 2025"},
		{"One contract for device and service", "设备与服务一份合同", "8.1", "6.4", "84", "79", "customer survey, October 2025"},
		{"Readings in their own systems", "数据接入客户系统", "7.6", "7.2", "62", "60", "support tickets of 2025"},
		{"Service at weekends", "周末服务", "6.9", "6.6", "21", "19", ""},
	}
}

func assumptionRows() [][]string {
	return [][]string{
		{"assumption", "assumption_zh", "owner", "made", "review", "state"},
		{"List prices stay as they are", "目录价保持不变", "Helena Brandt", "2025-11-14", "2026-06-30", "holds"},
		{"All eight sellers stay", "八名销售全部留任", "Helena Brandt", "2025-11-14", "2026-06-30", "holds"},
		{"The subsidy for water meters in Europe goes on", "欧洲水表补贴延续", "Eva Lindqvist", "2025-11-14", "2026-09-15", "unproven"},
	}
}

// commitmentRows is what each seller said to the target, a few weeks before
// the plan was committed.
func commitmentRows() [][]string {
	rows := [][]string{{"owner", "amount", "given_on"}}
	said := map[string]int{"王伟": 340, "李娜": 295, "张敏": 265, "Jonas Weber": 320, "Marta Kowalska": 410, "Émile Laurent": 215, "林美玲": 290, "Priya Nair": 255}
	for i, s := range sellers() {
		rows = append(rows, []string{s.name, fmt.Sprint(said[s.name] * 1000), fmt.Sprintf("2025-12-%02d", 1+i/3)})
	}
	return rows
}

func strategyRows() [][]string {
	return [][]string{
		{"strategy", "strategy_zh", "kind", "lever", "change", "evidence", "evidence_zh", "start", "owner", "budget", "sellers", "chosen_low"},
		{"Spring trade fairs", "春季行业展会", "promotion", "leads", "0.05", "the fairs of 2024", "2024 年展会", "2026-03-16", "Helena Brandt", "45000", "", ""},
		{"Bundles of device and service", "设备与服务组合", "product", "deal_size", "0.03", "offers of 2025", "2025 年报价", "2026-02-16", "陈静", "10000", "", ""},
		{"Discovery course", "需求挖掘培训", "customer_relationship", "conversion", "0.04", "", "", "2026-05-04", "Eva Lindqvist", "14000", "Émile Laurent", "yes"},
		{"Partners in Southeast Asia", "东南亚渠道伙伴", "channel", "leads", "0.04", "", "", "2026-09-14", "Daniel Okafor", "30000", "", ""},
	}
}

func actionRows() [][]string {
	return [][]string{
		{"action", "action_zh", "strategy", "accountable", "responsible", "effort", "start", "due", "after", "budget"},
		{"Book and staff the fairs", "预订展位并安排人员", "Spring trade fairs", "Helena Brandt", "Tomás Rey", "18", "2026-01-12", "2026-03-13", "", "38000"},
		{"Call every visitor of the fairs", "逐一回访展会观众", "Spring trade fairs", "Eva Lindqvist", "Jonas Weber; Marta Kowalska", "6", "2026-03-16", "2026-04-30", "Book and staff the fairs", "4000"},
		{"Price the bundles", "确定组合价格", "Bundles of device and service", "Helena Brandt", "陈静", "5", "2026-01-19", "2026-01-30", "", ""},
		{"Train everybody on the bundles", "全员组合产品培训", "Bundles of device and service", "陈静", "王伟; 林美玲", "3", "2026-02-02", "2026-02-13", "Price the bundles", "3000"},
		{"Offer bundles to service customers", "向服务客户推介组合", "Bundles of device and service", "Daniel Okafor", "林美玲; Priya Nair", "10", "2026-02-16", "2026-06-30", "Train everybody on the bundles", "5000"},
		{"Hold the discovery course", "开办需求挖掘培训", "Discovery course", "Eva Lindqvist", "Eva Lindqvist; Émile Laurent", "4", "2026-04-13", "2026-04-24", "", "12000"},
		{"Go along to customers with Émile", "陪同 Émile 拜访客户", "Discovery course", "Eva Lindqvist", "Eva Lindqvist; Émile Laurent", "8", "2026-05-04", "2026-07-31", "Hold the discovery course", ""},
		{"Choose partners in Southeast Asia", "遴选东南亚伙伴", "Partners in Southeast Asia", "Daniel Okafor", "Daniel Okafor", "15", "2026-05-04", "2026-07-31", "", "8000"},
		{"Sign three partners", "签约三家伙伴", "Partners in Southeast Asia", "Daniel Okafor", "Daniel Okafor", "10", "2026-08-03", "2026-09-11", "Choose partners in Southeast Asia", "9000"},
		{"Train the partners' sellers", "培训伙伴销售人员", "Partners in Southeast Asia", "Daniel Okafor", "Priya Nair; 林美玲", "6", "2026-09-14", "2026-10-16", "Sign three partners", "9000"},
		{"Clean the pipeline", "清理停滞商机", "", "Eva Lindqvist", "Marta Kowalska; Jonas Weber; Émile Laurent", "1.5", "2026-09-07", "2026-09-18", "", ""},
		{"Visit the twenty largest customers", "走访二十家最大客户", "", "陈静", "王伟; 李娜; 张敏", "7", "2026-09-21", "2026-11-27", "", "6000"},
		{"Prepare the plan of 2027", "编制 2027 年计划", "", "Helena Brandt", "Helena Brandt; 陈静; Eva Lindqvist; Daniel Okafor", "5", "2026-10-12", "2026-11-20", "", ""},
	}
}

func progressRows() [][]string {
	return [][]string{
		{"day", "action", "what", "amount"},
		{"2026-01-12", "Book and staff the fairs", "started", ""},
		{"2026-01-19", "Price the bundles", "started", ""},
		{"2026-01-23", "Book and staff the fairs", "spent", "24000"},
		{"2026-01-30", "Price the bundles", "done", ""},
		{"2026-02-02", "Train everybody on the bundles", "started", ""},
		{"2026-02-13", "Train everybody on the bundles", "done", ""},
		{"2026-02-13", "Train everybody on the bundles", "spent", "2650"},
		{"2026-02-23", "Offer bundles to service customers", "started", ""},
		{"2026-03-13", "Book and staff the fairs", "done", ""},
		{"2026-03-13", "Book and staff the fairs", "spent", "15200"},
		{"2026-03-18", "Call every visitor of the fairs", "started", ""},
		{"2026-04-13", "Hold the discovery course", "started", ""},
		{"2026-04-24", "Hold the discovery course", "done", ""},
		{"2026-04-24", "Hold the discovery course", "spent", "11500"},
		{"2026-05-06", "Go along to customers with Émile", "started", ""},
		{"2026-05-08", "Call every visitor of the fairs", "done", ""},
		{"2026-05-08", "Call every visitor of the fairs", "spent", "2300"},
		{"2026-05-11", "Choose partners in Southeast Asia", "started", ""},
		{"2026-06-30", "Offer bundles to service customers", "done", ""},
		{"2026-06-30", "Offer bundles to service customers", "spent", "3900"},
		{"2026-08-14", "Go along to customers with Émile", "done", ""},
		{"2026-08-21", "Choose partners in Southeast Asia", "done", ""},
		{"2026-08-21", "Choose partners in Southeast Asia", "spent", "7400"},
		{"2026-08-24", "Sign three partners", "started", ""},
		{"2026-09-18", "Sign three partners", "committed", "6000"},
		{"2026-09-21", "Visit the twenty largest customers", "started", ""},
		{"2026-09-25", "Sign three partners", "left", "3"},
		{"2026-09-28", "Visit the twenty largest customers", "spent", "1250"},
	}
}
