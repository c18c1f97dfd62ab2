package main

import (
	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
	"github.com/saleskpi/saleskpi/target"
)

// People is the scores of the sellers, and their order.
type People struct {
	Card     *scorecard.Scorecard
	Cards    []scorecard.Card // in the order of sales_teams.csv
	Ranking  scorecard.Ranking
	WinRates scorecard.Ranking // of deals closed in the year: what counts can say of differences between sellers
}

const (
	fewest  = 5          // deals without which a share says nothing
	noDeals = "no_deals" // why somebody is not ranked
)

// sellerCard says what is scored. Won value alone would reward volume bought
// with discounts and a pipeline of dead deals. A win rate is not scored: it
// stands below the ranking, with what chance makes of it.
func sellerCard() scorecard.Definition {
	upTo := func(points int64) scorecard.Curve { return scorecard.Curve{Cap: kpi.Int(points)} }
	return scorecard.Definition{
		ID: "seller", Name: "Seller", NameZH: "销售评分卡",
		Items: []scorecard.Item{
			{Metric: "won_value", Name: "Won value against what was due", NameZH: "赢单金额（对应达）", Weight: kpi.Frac(60, 100), Curve: upTo(150)},
			{Metric: "realised_price", Name: "Won value against list price", NameZH: "成交价率（对目录价）", Weight: kpi.Frac(20, 100), Curve: upTo(110)},
			{Metric: "live_share", Name: "Open deals that are not stale", NameZH: "活跃商机占比", Weight: kpi.Frac(20, 100), Curve: upTo(110)},
		},
		Bands: []scorecard.Band{{Name: "A", From: kpi.Int(100)}, {Name: "B", From: kpi.Int(80)}, {Name: "C"}},
		Missing: scorecard.MissingPolicy{
			ByReason: map[kpi.Reason]scorecard.Treatment{kpi.TooFew: scorecard.LeaveOut},
			Most:     kpi.Frac(40, 100), // the won value may not be missing
		},
	}
}

// What is aimed at beside the won value.
func leastPrice() kpi.Value { return kpi.Frac(95, 100) } // of the list price
func leastLive() kpi.Value  { return kpi.Frac(80, 100) } // of the open deals of known age

func newPeople(r *Review) (p *People, err error) {
	p = &People{}
	if p.Card, err = scorecard.New(sellerCard()); err != nil {
		return nil, err
	}
	idle := map[string]string{}
	for _, s := range r.Records.Sellers {
		card, err := p.Card.Score(s.Name, r.Year, r.results(s.Name))
		if err != nil {
			return nil, err
		}
		if _, ok := r.Funnel.of(s.Name); !ok {
			idle[s.Name] = noDeals
		}
		p.Cards = append(p.Cards, card)
	}
	if p.Ranking, err = scorecard.Rank(p.Cards, scorecard.Contest{Ineligible: idle}); err != nil {
		return nil, err
	}
	p.WinRates, err = scorecard.RankRates(r.winRates(), scorecard.Contest{Ineligible: idle})
	return p, err
}

// winRates gives the deals won of those closed in the year.
func (r *Review) winRates() scorecard.Rates {
	rates := scorecard.Rates{Metric: "win_rate", Period: r.Year}
	for _, s := range r.Records.Sellers {
		won, closed := r.Sales.of(s.Name, "won_count"), r.Sales.of(s.Name, "closed_count")
		if closed.Defined() {
			rates.Rates = append(rates.Rates, scorecard.OwnerRate{Owner: s.Name, Rate: kpi.NewRatio(won, closed)})
		}
	}
	return rates
}

// results gives what a seller is scored by: the value against what was due by
// the as-of day, so that a running year is not judged as a whole one.
func (r *Review) results(seller string) []scorecard.Result {
	aim, _ := r.Goals.of(seller)
	if aim.Status == target.TooEarly {
		aim.Actual = kpi.Undefined(kpi.NotYetDue)
	}
	deals, _ := r.Funnel.of(seller)
	wins, _ := r.Sales.of(seller, "won_count").Int64()
	price := kpi.NewRatio(r.Sales.of(seller, "won_value"), r.Sales.of(seller, "list_value"))
	return []scorecard.Result{
		{Metric: "won_value", Actual: aim.Actual, Target: aim.Expected},
		{Metric: "realised_price", Actual: enough(price, wins), Target: leastPrice()},
		{Metric: "live_share", Actual: live(deals.Open.OpenGroup), Target: leastLive()},
	}
}

// live gives the share of open deals that are not stale, among those whose
// age is known: of the others nobody can tell.
func live(open funnel.OpenGroup) kpi.Value {
	alive := open.Live.Deals - open.NoAge.Live.Deals
	dated := alive + open.Stale.Deals - open.NoAge.Stale.Deals
	return enough(kpi.RatioOf(alive, dated), dated)
}

// enough gives a share of n deals, or says that they are too few.
func enough(share kpi.Ratio, n int64) kpi.Value {
	if n < fewest {
		return kpi.Undefined(kpi.TooFew)
	}
	return share.Value()
}
