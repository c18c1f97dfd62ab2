package main

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

const (
	company = "harbour"
	manager = "mo"
	goalID  = "revenue"
)

// sellers are those who have deals, by ID.
func sellers() []string { return []string{"ann", "bo", "cy", "di"} }

// names are what people and things are called in English and in Chinese.
func names() map[string][2]string {
	return map[string][2]string{
		company: {"Harbour Ltd", "海港公司"}, manager: {"Mo", "莫经理"}, "board": {"the board", "董事会"},
		"north": {"North", "北区"}, "south": {"South", "南区"},
		"ann": {"Ann", "安琳"}, "bo": {"Bo", "薄文"}, "cy": {"Cy", "岑宇"}, "di": {"Di", "狄青"},
		goalID: {"Revenue 2026", "2026年营收"}, "satisfy": {"retention", "客户留存"},
		"fair": {"Spring fair", "春季展会"}, "course": {"Closing course", "成交培训"},
		"stand": {"Run the stand", "展台执行"}, "calls": {"Call every visitor", "逐一回访观众"},
		"lessons": {"Hold the lessons", "授课"}, "visits": {"Go along to customers", "陪访客户"},
		"plants": {"Plants", "工厂客户"}, "ports": {"Ports", "港口客户"},
		"delivery": {"Delivery within a week", "一周内交货"}, "service": {"Service on Sundays", "周日服务"},
		"prices": {"prices", "价格"}, "prices stay": {"prices stay", "价格不变"}, "staff": {"staff", "人员"}, "nobody leaves": {"nobody leaves", "无人离职"},
		"Customers who stay": {"Customers who stay", "留住老客户"}, "behind": {"Behind plan", "进度落后"}, "base": {"Base", "保底"}, "target": {"Target", "目标"}, "stretch": {"Stretch", "冲刺"},
	}
}

// owners is the company with its regions and sellers; weights are what they
// sold in the year before, in hundredths.
func owners() target.Node {
	seller := func(id string, hundredths int64) target.Node {
		return target.Node{ID: id, Weight: kpi.Int(hundredths)}
	}
	return target.Node{ID: company, Children: []target.Node{
		{ID: "north", Weight: kpi.Int(60), Children: []target.Node{seller("ann", 34), seller("bo", 26)}},
		{ID: "south", Weight: kpi.Int(40), Children: []target.Node{seller("cy", 24), seller("di", 16)}},
	}}
}

// season says how much of a year the months of each quarter bring.
func season() target.Weights {
	weights := target.Weights{}
	for q, hundredths := range []int64{22, 25, 23, 30} {
		for _, month := range must(calendar.Calendar{}.Split(quarter(2026, q+1), calendar.Monthly)) {
			weights[calendar.Calendar{}.Label(month)] = kpi.Int(hundredths)
		}
	}
	return weights
}

// past is what the company won in the quarters of 2019 to 2023, in thousands;
// later ones are in deals.csv.
func past() (figures []kpi.Figure) {
	for i, thousands := range []int64{318, 391, 330, 462, 361, 372, 398, 447, 352, 455, 371, 541, 431, 430, 462, 520, 409, 523, 428, 637} {
		figures = append(figures, kpi.Figure{Metric: "won_value", Owner: company, Period: quarter(2019+i/4, i%4+1), Value: kpi.Int(1000 * thousands)})
	}
	return figures
}
