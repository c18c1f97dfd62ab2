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

// attentionSection lists the concerns: the company's own goal first, then the
// gravest, and of equally grave ones those with the most money.
func (r *Review) attentionSection() string {
	concerns := slices.Concat(r.teamsBehind(), r.sellersBehind(), r.staleDeals(), r.undated())
	slices.SortStableFunc(concerns, func(a, b concern) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), b.worth.Compare(a.worth))
	})
	concerns = append(r.companyBehind(), concerns...)
	s := heading(r.say("What needs attention", "需要关注"))
	for i, c := range concerns {
		s += wrap(whole(i+1)+". "+c.text, "", "   ")
	}
	if len(concerns) == 0 {
		s += paragraph(r.say("Nothing: nobody is behind, and no open deal is stale.", "暂无：无人落后，也没有停滞的商机。"))
	}
	return s
}

func (r *Review) companyBehind() []concern {
	t, ok := r.Goals.of(wholeCompany)
	if !ok || !isBehind(t) {
		return nil
	}
	return []concern{{text: r.say("The company is %[5]s short of what was due by %[4]s: %[1]s of %[2]s, %[3]s.", "全公司截至 %[4]s 差 %[5]s：应达 %[2]s，实际 %[1]s，%[3]s。",
		number(t.Actual, 0), number(t.Expected, 0), attained(t.Pace), t.Through, number(t.Variance.Abs(), 0))}}
}

func isBehind(t target.Tracking) bool {
	return t.Status == target.Behind || t.Status == target.Missed || t.Status == target.AtRisk
}

func (r *Review) teamsBehind() []concern {
	return r.behind(r.isTeam, "Teams that are short: %[3]s, together by %[2]s; most of all %[1]s.", "%[3]s 个团队未达应达，合计差 %[2]s，主要是%[1]s。")
}

func (r *Review) sellersBehind() []concern {
	return r.behind(r.Company.isSeller, "Sellers who are short: %[3]s, together by %[2]s; most of all %[1]s.", "%[3]s 名销售未达应达，合计差 %[2]s，主要是%[1]s。")
}

func (r *Review) isTeam(owner string) bool {
	unit, ok := r.Company.Org.Unit(owner)
	return ok && unit.Kind == "team"
}

// behind makes one concern of those behind, named by what they lack.
func (r *Review) behind(among func(owner string) bool, english, chinese string) []concern {
	lack, grave, named := kpi.Int(0), check.Warning, []string{}
	owners := slices.DeleteFunc(slices.Clone(r.Goals.owners()), func(o plan.OwnerReview) bool {
		return !among(o.Owner) || !isBehind(o.Tracking)
	})
	if len(owners) == 0 {
		return nil
	}
	slices.SortStableFunc(owners, func(a, b plan.OwnerReview) int { return a.Tracking.Variance.Compare(b.Tracking.Variance) })
	for i, o := range owners {
		t := o.Tracking
		lack = lack.Sub(t.Variance)
		if t.Status != target.AtRisk {
			grave = check.Critical
		}
		if i < mostNamed {
			named = append(named, r.say("%s (%s of %s, %s)", "%s（应达 %[3]s，实际 %[2]s，%[4]s）",
				r.name(o.Owner), number(t.Actual, 0), number(t.Expected, 0), attained(t.Pace)))
		}
	}
	return []concern{{grave, lack, r.say(english, chinese, r.lang().join(named), number(lack, 0), whole(len(owners)))}}
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
