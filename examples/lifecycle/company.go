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

// regions are the two teams, with their sellers.
func regions() []target.Node {
	return []target.Node{
		{ID: "north", Children: []target.Node{{ID: "ann"}, {ID: "bo"}, {ID: "eva"}}},
		{ID: "south", Children: []target.Node{{ID: "cy"}, {ID: "di"}, {ID: "gus"}}},
	}
}

// sellers are those who have deals, by ID.
func sellers() (ids []string) {
	for _, region := range regions() {
		for _, seller := range region.Children {
			ids = append(ids, seller.ID)
		}
	}
	return ids
}

// taught are the sellers who had the closing course; they were drawn by lot.
func taught() []string { return []string{"bo", "cy", "gus"} }

// owners is the company with its regions and sellers. Half of a seller's
// weight is what was won in the year before, the other half is the same for
// all: who had a bad year is not let off, nor a good one punished.
func owners(all []deal) target.Node {
	root := target.Node{ID: company, Children: regions()}
	even := wholeOf(all, year(2025)).Value.Div(kpi.Int(int64(len(sellers()))))
	for i, region := range root.Children {
		sum := kpi.Int(0)
		for k, seller := range region.Children {
			weight := wonBy(all, seller.ID, year(2025)).Add(even)
			root.Children[i].Children[k].Weight, sum = weight, sum.Add(weight)
		}
		root.Children[i].Weight = sum
	}
	return root
}

// season says how much of a year the months of each quarter bring.
func season() target.Weights {
	weights := target.Weights{}
	for q, hundredths := range []int64{23, 26, 22, 29} {
		for _, month := range must(calendar.Calendar{}.Split(quarter(2026, q+1), calendar.Monthly)) {
			weights[calendar.Calendar{}.Label(month)] = kpi.Int(hundredths)
		}
	}
	return weights
}

// past is what the company won in the quarters of 2019 to 2023, in thousands;
// later ones are in deals.csv.
func past() (figures []kpi.Figure) {
	for i, thousands := range []int64{318, 391, 330, 462, 361, 372, 398, 447, 352, 455, 371, 541, 431, 430, 462, 520, 409, 523, 428, 537} {
		figures = append(figures, kpi.Figure{Metric: "won_value", Owner: company, Period: quarter(2019+i/4, i%4+1), Value: kpi.Int(1000 * thousands)})
	}
	return figures
}
