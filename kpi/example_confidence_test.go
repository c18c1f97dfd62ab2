package kpi_test

import (
	"encoding/json"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
)

// A win rate with what chance makes of it.
func ExampleConfidence_Share() {
	rate := kpi.Confidence{}.Share(kpi.RatioOf(19, 38))
	fmt.Println(rate.Rate, rate.Low, rate.High)

	few := kpi.Confidence{}.Share(kpi.RatioOf(3, 9))
	fmt.Println(few.Rate.Text(3, kpi.HalfEven), few.Low)

	exact := kpi.Confidence{Method: kpi.ClopperPearson, Level: kpi.Frac(90, 100)}
	fmt.Println(exact.Share(kpi.RatioOf(19, 38)).Low)
	// Output:
	// 0.5 0.3484992836 0.6515007164
	// 0.333 undefined: too_few
	// 0.3573610682
}

// The win rates of ten close months of one company: deals of one month go
// together, so 6,711 deals tell no more than 110 independent ones would.
func ExampleConfidence_ClusteredShare() {
	months := []kpi.Ratio{
		kpi.RatioOf(531, 647), kpi.RatioOf(285, 586), kpi.RatioOf(438, 805), kpi.RatioOf(531, 641), kpi.RatioOf(308, 627),
		kpi.RatioOf(446, 785), kpi.RatioOf(503, 635), kpi.RatioOf(279, 566), kpi.RatioOf(406, 768), kpi.RatioOf(511, 651),
	}
	won := kpi.Confidence{}.ClusteredShare("close month", months)
	fmt.Println("plain:", won.Plain.Low, won.Plain.High)
	fmt.Println("drawn:", won.Interval.Low, won.Interval.High)
	fmt.Println(kpi.Findings().Text(won.Findings[0], "en"))
	fmt.Println(kpi.Findings().Text(won.Findings[0], "zh"))
	// Output:
	// plain: 0.6198869148 0.6429636694
	// drawn: 0.5384080391 0.7157310218
	// The 6711 records go together by close month: over 10 groups the rate varies 60.9 times as much as independent records would, and the interval is drawn for that.
	// 6711 条记录按 close month 聚集：10 组之间的方差是各自独立时的 60.9 倍，区间已据此放宽。
}

// Discount given of list price, by deal and by owner: owners have habits, so
// fifteen deals tell less of the next owner than they seem to.
func ExampleConfidence_ClusteredRatio() {
	deals := []kpi.Ratio{
		kpi.RatioOf(50, 500), kpi.RatioOf(80, 700), kpi.RatioOf(60, 640), // Ann
		kpi.RatioOf(10, 400), kpi.RatioOf(0, 520), kpi.RatioOf(20, 610), // Bo
		kpi.RatioOf(70, 690), kpi.RatioOf(90, 840), kpi.RatioOf(65, 600), // Cy
		kpi.RatioOf(5, 480), kpi.RatioOf(15, 650), kpi.RatioOf(10, 500), // Di
		kpi.RatioOf(40, 520), kpi.RatioOf(45, 470), kpi.RatioOf(55, 610), // Ed
	}
	owners := []kpi.Ratio{kpi.RatioOf(190, 1840), kpi.RatioOf(30, 1530), kpi.RatioOf(225, 2130), kpi.RatioOf(30, 1630), kpi.RatioOf(140, 1600)}
	discount := kpi.Confidence{}.ClusteredRatio("owner", deals, owners)
	fmt.Println("rate:    ", discount.Interval.Rate.Text(4, kpi.HalfEven))
	fmt.Println("by deal: ", discount.Plain.Low, discount.Plain.High)
	fmt.Println("by owner:", discount.Interval.Low, discount.Interval.High)
	fmt.Println("factor:  ", discount.Factor)
	// Output:
	// rate:     0.0704
	// by deal:  0.04731721139 0.09357625941
	// by owner: 0.01606453137 0.1248289394
	// factor:   3.298908329
}

func ExampleConfidence_Jackknife() {
	margin := []kpi.Ratio{ // gross margin of revenue, by account
		kpi.RatioOf(120, 400), kpi.RatioOf(90, 350), kpi.RatioOf(200, 500), kpi.RatioOf(75, 300), kpi.RatioOf(160, 450),
	}
	rate := kpi.Confidence{}.Jackknife(48, margin) // of 48 deals
	fmt.Println(rate.Method, rate.Groups, rate.Rate.Text(4, kpi.HalfEven), rate.Low, rate.High)
	// Output: jackknife 5 0.3225 0.2384692111 0.4065307889
}

func ExampleConfidence_NPS() {
	fmt.Println(kpi.Confidence{}.NPS(60, 15, 100).Rate)
	score := kpi.Confidence{}.NPS(60, 15, 100)
	fmt.Println(score.Low, score.High)
	fmt.Println(kpi.Confidence{}.NPS(12, 3, 20).Low)
	// Output:
	// 45
	// 30.49759087 59.50240913
	// undefined: too_few
}

func ExampleConfidence_CSAT() {
	satisfied := kpi.Confidence{}.CSAT(84, 100)
	fmt.Println(satisfied.Rate, satisfied.Low, satisfied.High)
	// Output: 0.84 0.7557973061 0.8990471151
}

// From lead to win through three stages, and so how many leads one win needs.
func ExampleConfidence_Product() {
	path := kpi.Confidence{}.Product([]kpi.Ratio{kpi.RatioOf(120, 400), kpi.RatioOf(60, 120), kpi.RatioOf(24, 60)})
	fmt.Println(path.Rate, path.Low, path.High)
	fmt.Println("leads for a win:", kpi.Int(1).Div(path.Rate).Text(1, kpi.HalfEven))
	// Output:
	// 0.06 0.04070929786 0.0884318863
	// leads for a win: 16.7
}

func ExampleConfidence_Difference() {
	d := kpi.Confidence{}.Difference(kpi.RatioOf(56, 70), kpi.RatioOf(48, 80))
	fmt.Println(d.Difference, d.Low, d.High, d.P)
	// Output: 0.2 0.0524314724 0.333872654 0.008045081368
}

// Each of five sellers against the rest: alone two of them stand out, among
// five only one does.
func ExampleConfidence_Adjust() {
	p := []kpi.Estimate{kpi.NewEstimate(0.004), kpi.NewEstimate(0.07), kpi.NewEstimate(0.31), kpi.NoEstimate(kpi.TooFew), kpi.NewEstimate(0.8), kpi.NewEstimate(0.5)}
	for _, seller := range (kpi.Confidence{}).Adjust(p) {
		fmt.Println(seller.P, "→", seller.Q, seller.Verdict.Title("en"))
	}
	// Output:
	// 0.004 → 0.02 distinguishable
	// 0.07 → 0.175 within chance
	// 0.31 → 0.5166666667 within chance
	// undefined: too_few → undefined: too_few cannot be told
	// 0.8 → 0.8 within chance
	// 0.5 → 0.625 within chance
}

func ExampleConfidence_Homogeneity() {
	team := kpi.Confidence{}.Homogeneity([]kpi.Ratio{kpi.RatioOf(34, 60), kpi.RatioOf(41, 60), kpi.RatioOf(30, 55), kpi.RatioOf(38, 58)})
	fmt.Println(team.ChiSquare, team.Freedom, team.P, team.Verdict)
	// Output: 3.288440904 3 0.3492546987 within_chance
}

func ExampleInterval() {
	a, b := kpi.Confidence{}.Share(kpi.RatioOf(80, 100)), kpi.Confidence{}.Share(kpi.RatioOf(50, 100))
	fmt.Println(a.Above(b), b.Above(a))
	fmt.Println(a.Contains(kpi.Frac(3, 4)))
	text, _ := json.Marshal(a)
	fmt.Println(string(text))
	// Output:
	// true false
	// true true
	// {"method":"wilson","level":{"value":"0.95"},"rate":{"value":"0.8"},"n":{"value":"100"},"low":{"estimate":0.7111708344},"high":{"estimate":0.8666330667}}
}
