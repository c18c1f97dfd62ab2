package bridge

import (
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// MarketShare explains a gap in own sales by the market and by the share of
// it: did our market shrink, or did we lose share? It is a record without
// fields: there is nothing to define.
type MarketShare struct{}

// Bridge splits the gap between two sales, each given with its market as a
// ratio, own sales of the market's size:
//
//	market  (M₁ − M₀) × share₀
//	share   M₁ × (share₁ − share₀)
//
// A share that is undefined on one side takes that of the other, so its part
// is 0, where there were no own sales either; a finding says so. Sales of a
// market of zero or less (see [kpi.PartOf]) have no share: the gap stands and
// its parts are undefined with reason UndefinedMix, as they are where neither
// side has a share.
//
// Errors are those of [Question.Validate].
func (MarketShare) Bridge(q Question, base, current kpi.Ratio) (Bridge, error) {
	problems := check.List{Op: "bridge.MarketShare"}
	problems.Nest("question", q.Validate())
	if err := problems.Err(); err != nil {
		return Bridge{}, err
	}
	b := Bridge{Kind: ByMarketAndShare, Question: q, Values: Pair{base.Num(), current.Num()}}
	market := Pair{base.Den(), current.Den()}
	share := b.shares(base, current)
	b.Parts = []Part{
		{ID: Market, Values: market, Amount: market.Change().Mul(share.Base)},
		{ID: Share, Values: share, Amount: market.Current.Mul(share.Change())},
	}
	if gap := b.Values.Change(); !gap.Defined() || sum(b.amounts()) != gap {
		b.findMarket()
		b.withhold()
	}
	b.finish()
	b.explainGap()
	return b, nil
}

// shares gives the shares as used.
func (b *Bridge) shares(base, current kpi.Ratio) Pair {
	s := Pair{kpi.PartOf(base.Num(), base.Den()), kpi.PartOf(current.Num(), current.Den())}
	switch {
	case s.Base.Defined() && s.Current.Defined():
		b.Counts.Both++
	case s.Base.Defined() && current.Num() == kpi.Int(0):
		b.Counts.BaseOnly++
		b.find(codeTakenOver, check.Warning, Share, "side", b.Question.Current.Name, "other", b.Question.Base.Name, "reason", s.Current.Reason().Title("en"), "reason_zh", s.Current.Reason().Title("zh"))
		s.Current = s.Base
	case s.Current.Defined() && base.Num() == kpi.Int(0):
		b.Counts.CurrentOnly++
		b.find(codeTakenOver, check.Warning, Share, "side", b.Question.Base.Name, "other", b.Question.Current.Name, "reason", s.Base.Reason().Title("en"), "reason_zh", s.Base.Reason().Title("zh"))
		s.Base = s.Current
	default:
		b.Counts.LeftOut++
	}
	return s
}

func (b *Bridge) findMarket() {
	if !b.Values.Change().Defined() {
		b.findSides()
		return
	}
	b.find(codeUndefinedMix, check.Critical, b.Question.Metric, "drivers", Market+", "+Share)
}
