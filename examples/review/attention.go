package main

import (
	"cmp"
	"slices"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
)

// concern is something to act on, with the money that is at stake.
type concern struct {
	severity check.Severity
	worth    kpi.Value // undefined where it is not money
	text     string
}

const mostNamed = 3 // of teams, sellers or owners of deals in one sentence

// attentionSection lists what needs attention and what to talk about: alerts,
// who is short, what lies still, and the rest of the meeting's agenda. Figures
// that stand in the tables above are not said again.
func (r *Review) attentionSection() string {
	all := slices.Concat(r.alerts(), r.short(), r.concerns(), r.meeting())
	s := heading(r.say("What needs attention, and what to talk about", "需要关注与会议议题"))
	for i, text := range all {
		s += wrap(whole(i+1)+". "+text, "", "   ")
	}
	if len(all) == 0 {
		s += paragraph(r.say("Nothing: nobody is behind, and no open deal is stale.", "暂无：无人落后，也没有停滞的商机。"))
	}
	return s + r.nextReviewText()
}

// concerns gives what lies still in the pipeline, the gravest first.
func (r *Review) concerns() (texts []string) {
	concerns := r.undated()
	if !r.staleAlert() { // it names whose they are
		concerns = slices.Concat(r.staleDeals(), concerns)
	}
	slices.SortStableFunc(concerns, func(a, b concern) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), b.worth.Compare(a.worth))
	})
	for _, c := range concerns {
		texts = append(texts, c.text)
	}
	return texts
}

func isBehind(t target.Tracking) bool {
	return t.Status == target.Behind || t.Status == target.Missed || t.Status == target.AtRisk
}

func (r *Review) isTeam(owner string) bool {
	unit, ok := r.Company.Org.Unit(owner)
	return ok && unit.Kind == "team"
}

// short says how many sellers lack how much of what was due, and names those
// who lack most.
func (r *Review) short() []string {
	lack, owners, named := kpi.Int(0), r.behind(r.Company.isSeller), []string{}
	for i, o := range owners {
		lack = lack.Sub(o.Tracking.Variance)
		if i < mostNamed {
			named = append(named, r.name(o.Owner))
		}
	}
	if len(owners) == 0 {
		return nil
	}
	return []string{r.say("Sellers who are short of what was due: %s, together by %s; most of all %s.", "%s 名销售未达应达，合计差 %s，主要是%s。",
		whole(len(owners)), number(lack, 0), r.lang().join(named))}
}

// behind gives those who are behind, who lack most first.
func (r *Review) behind(among func(owner string) bool) []plan.OwnerReview {
	owners := slices.DeleteFunc(slices.Clone(r.Goals.owners()), func(o plan.OwnerReview) bool {
		return !among(o.Owner) || !isBehind(o.Tracking)
	})
	slices.SortStableFunc(owners, func(a, b plan.OwnerReview) int { return a.Tracking.Variance.Compare(b.Tracking.Variance) })
	return owners
}

// staleDeals says how much of the pipeline is dead weight, and whose it is.
func (r *Review) staleDeals() []concern {
	open := r.Funnel.ByList.Open
	if open.Stale.Deals == 0 {
		return nil
	}
	share := open.Stale.Value.Sum.Div(open.Total().Value.Sum)
	c := concern{check.Warning, open.Stale.Value.Sum, r.say(
		"%s open deals are stale: %s at list price, %s of the open value. Close or re-date them; most are with %s.",
		"%s 个进行中的商机已停滞，按目录价 %s，占进行中金额的 %s。请关闭或更新日期；最多的是%s。",
		whole(open.Stale.Deals), r.worth(open.Stale), percent(share),
		r.holders(func(g funnel.Report) int64 { return g.Open.Stale.Deals }))}
	if kpi.Frac(1, 2).Less(share) {
		c.severity = check.Critical
	}
	return []concern{c}
}

// undated names who has open deals without an engage date.
func (r *Review) undated() []concern {
	open := r.Funnel.ByList.Open.NoAge.Total()
	if open.Deals == 0 {
		return nil
	}
	return []concern{{check.Warning, open.Value.Sum, r.say(
		"%s open deals were never engaged, so nobody knows how old they are: %s at list price, most with %s.",
		"%s 个进行中的商机尚未接洽，无从知道已持续多久：按目录价 %s，最多的是%s。",
		whole(open.Deals), number(open.Value.Sum, 0),
		r.holders(func(g funnel.Report) int64 { return g.Open.NoAge.Total().Deals }))}}
}

// holders names the sellers who have most of some deals.
func (r *Review) holders(count func(funnel.Report) int64) string {
	groups := slices.Clone(r.Funnel.Sellers.Groups)
	slices.SortStableFunc(groups, func(a, b funnel.Group) int { return cmp.Compare(count(b.Report), count(a.Report)) })
	var named []string
	for _, g := range groups[:min(mostNamed, len(groups))] {
		if n := count(g.Report); n > 0 {
			named = append(named, r.say("%s (%s)", "%s（%s）", g.Key, whole(n)))
		}
	}
	return r.lang().join(named)
}
