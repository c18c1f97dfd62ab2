package main

import (
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/scorecard"
)

const (
	mostRows = 10 // of sellers, before the middle is left out
	shownEnd = 4  // of them, at either end
)

// peopleSection gives the scores of the sellers, in order, and what the order
// does not say.
func (r *Review) peopleSection() string {
	return heading(r.say("Sellers: scorecard and ranking", "销售人员：评分卡与排名")) + r.scoring() + "\n" +
		r.sellerTable() + r.unranked() + r.orderNote()
}

// scoring says what a score is made of.
func (r *Review) scoring() string {
	def := r.People.Card.Definition()
	args := []any{percent(leastPrice()), percent(leastLive())}
	for _, item := range def.Items {
		args = append(args, number(item.Weight.Mul(kpi.Int(100)), 0), number(item.Curve.Cap, 0))
	}
	for _, band := range def.Bands {
		if band.From.Defined() {
			args = append(args, band.Name, number(band.From, 0))
		}
	}
	return paragraph(r.say("Score: %[3]s %% won value against due, at most %[4]s points; %[5]s %% price against list, aim %[1]s, at most %[6]s; "+
		"%[7]s %% open deals that are live, aim %[2]s, at most %[8]s. Band %[9]s from %[10]s, %[11]s from %[12]s.",
		"得分：赢单金额对应达占 %[3]s %%，最多 %[4]s 分；成交价率（对目录价）占 %[5]s %%，目标 %[1]s，最多 %[6]s 分；"+
			"活跃商机占比占 %[7]s %%，目标 %[2]s，最多 %[8]s 分。%[10]s 分起为 %[9]s，%[12]s 分起为 %[11]s。", args...))
}

func (r *Review) sellerTable() string {
	lines := newTable(right("#"), left(r.say("Seller", "销售")).atMost(24), right(r.say("Won value", "赢单金额")), right(r.say("Of due", "进度")),
		right(r.say("Won/closed", "赢单/关闭")), right(r.say("Price", "成交价率")), right(r.say("Live", "活跃")),
		right(r.say("Score", "得分")), left(r.say("Band", "等级")))
	order := r.order()
	for i, p := range order {
		if len(order) > mostRows && i == shownEnd {
			lines.row("…", r.say("… %s more", "… 另有 %s 人", whole(len(order)-2*shownEnd)))
		}
		if len(order) <= mostRows || i < shownEnd || i >= len(order)-shownEnd {
			lines.row(r.sellerRow(p)...)
		}
	}
	return lines.String()
}

func (r *Review) sellerRow(p scorecard.Place) []string {
	rank, results := none, r.results(p.Owner)
	if p.Rank > 0 {
		rank = whole(p.Rank)
	}
	aim, _ := r.Goals.of(p.Owner)
	return []string{rank, p.Owner, number(r.Sales.of(p.Owner, "won_value"), 0), attained(aim.Pace),
		number(r.Sales.of(p.Owner, "won_count"), 0) + "/" + number(r.Sales.of(p.Owner, "closed_count"), 0),
		percent(results[1].Actual), percent(results[2].Actual), number(p.Value, 1), p.Band}
}

// order gives the places, then those without a score who have deals: by won
// value, without a rank.
func (r *Review) order() []scorecard.Place {
	order := slices.Clone(r.People.Ranking.Places)
	rest := len(order)
	for _, u := range r.People.Ranking.Unranked {
		if u.Reason != noDeals {
			order = append(order, scorecard.Place{Owner: u.Owner, Value: u.Value})
		}
	}
	slices.SortStableFunc(order[rest:], func(a, b scorecard.Place) int {
		return r.Sales.of(b.Owner, "won_value").Compare(r.Sales.of(a.Owner, "won_value"))
	})
	return order
}

// unranked names those without a place, with the reason.
func (r *Review) unranked() string {
	var reasons []string
	names := map[string][]string{}
	for _, u := range r.People.Ranking.Unranked {
		why := r.say("no deals", "没有商机")
		if u.Reason != noDeals {
			why = r.lang().reason(u.Value.Reason())
		}
		if names[why] == nil {
			reasons = append(reasons, why)
		}
		names[why] = append(names[why], u.Owner)
	}
	s := ""
	for _, why := range reasons {
		who := r.lang().join(names[why])
		if len(names[why]) > mostNamed {
			who = r.say("%s sellers", "%s 名销售", whole(len(names[why])))
		}
		s += paragraph(r.say("Not ranked (%s): %s.", "未排名（%s）：%s。", why, who))
	}
	return s
}

// orderNote says what a place is worth: of the scores nothing is known, as a
// year has too few months to tell, but of the win rates behind them it is.
func (r *Review) orderNote() string {
	if len(r.People.Ranking.Places) < 2 {
		return ""
	}
	return paragraph(r.say("A place alone is no judgement: whether neighbours differ by more than chance is not tested.",
		"请勿仅凭名次下结论：相邻名次之差是否超出偶然波动未作检验。")) + r.winRateNote()
}

// winRateNote says whether the win rates differ by more than chance, and
// whose.
func (r *Review) winRateNote() string {
	spread := r.People.WinRates.Spread
	if spread == nil || !spread.ByChance.Defined() {
		return ""
	}
	share, _ := spread.ByChance.Float64()
	note := r.say("Win rates: chance alone would give %s %% of the spread between %s sellers.", "赢单率：%[2]s 人之间的差异，有 %[1]s %% 仅凭偶然就会出现。",
		strconv.FormatFloat(100*share, 'f', 0, 64), whole(int(spread.Freedom)+1))
	var apart []string
	for _, p := range r.People.WinRates.Places {
		if p.Evidence != nil && p.Evidence.Verdict == kpi.Distinguishable {
			apart = append(apart, r.say("%s (%s of %s, place %s to %s)", "%s（%[3]s 中赢 %[2]s，名次 %[4]s 至 %[5]s）", p.Owner,
				number(p.Rate.Num(), 0), number(p.Rate.Den(), 0), whole(p.Evidence.Best), whole(p.Evidence.Worst)))
		}
	}
	if len(apart) == 0 {
		return paragraph(note + r.say(" None differs from the others by more than that.", "无人与其他人的差距超出偶然波动。"))
	}
	return paragraph(note + r.say(" By more than that differ: %s.", "超出偶然波动的有：%s。", r.lang().join(apart)))
}
