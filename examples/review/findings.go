package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// place counts how often something was seen, and remembers where first.
type place struct {
	count  int
	line   int
	column string
}

// tally counts what does not stop the reading. Counts may overlap: a deal can
// lack both its account and its day.
type tally struct {
	places   map[string]*place // by code
	repairs  map[string]bool   // such as "GTXPro → GTX Pro"
	inactive []string          // sellers without deals
	books    []string          // months of sellers in which the books hold less than the deals
}

func (t *tally) see(r row, code, column string) {
	if t.places == nil {
		t.places = map[string]*place{}
	}
	if t.places[code] == nil {
		t.places[code] = &place{line: r.line, column: column}
	}
	t.places[code].count++
}

func (t *tally) repaired(r row, written, name string) {
	if t.repairs == nil {
		t.repairs = map[string]bool{}
	}
	t.repairs[written+" → "+name] = true
	t.see(r, "product_repaired", "product")
}

// deal looks for what is missing from a deal, or contradicts itself.
func (t *tally) deal(r row, d *Deal) {
	if d.Account == "" {
		t.see(r, "no_account", "account")
	}
	if d.Engaged.IsZero() {
		t.see(r, "no_engage_day", "engage_date")
	}
	if d.IsClosed() && d.Closed.IsZero() {
		t.see(r, "no_close_day", "close_date")
	}
	if d.IsClosed() && !d.Closed.IsZero() && d.Closed < d.Engaged {
		t.see(r, "closed_before_engaged", "close_date")
	}
	if d.Stage == Won && !d.Value.Valid {
		t.see(r, "won_without_amount", "close_value")
	}
}

func (t *tally) sellersWithoutDeals(records *Records) {
	active := map[string]bool{}
	for i := range records.Deals {
		active[records.Deals[i].Agent] = true
	}
	for _, s := range records.Sellers {
		if !active[s.Name] {
			t.inactive = append(t.inactive, s.Name)
		}
	}
	slices.Sort(t.inactive)
}

// booksBelowDeals counts the months of sellers in which history.csv holds less
// than the deals: what is in a CRM should be in the books.
func (t *tally) booksBelowDeals(records *Records) {
	won := map[string]kpi.Value{}
	key := func(seller string, month calendar.Period) string { return seller + "\x00" + month.String() }
	for i := range records.Deals {
		d := &records.Deals[i]
		if v, ok := d.amount(); ok && d.Stage == Won && !d.Closed.IsZero() {
			k := key(d.Agent, (calendar.Calendar{}).PeriodOf(calendar.Monthly, d.Closed))
			won[k] = won[k].Or(kpi.Int(0)).Add(v)
		}
	}
	for _, b := range records.Plan.History {
		if deals := won[key(b.Seller, b.Month)]; deals.Defined() && b.Amount.Less(deals) {
			t.books = append(t.books, b.Seller+" "+b.Month.Start().String()[:7])
		}
	}
}

// findings gives them in the order of the table of their sentences.
func (t *tally) findings() []check.Finding {
	all := []check.Finding{}
	for _, template := range readingTemplates() {
		p := t.places[template.Code]
		if p == nil {
			continue
		}
		f := check.Finding{Code: template.Code, Severity: severity(template.Code),
			Args: check.Args("count", p.count, "file", dealsFile, "column", p.column, "line", p.line)}
		if f.Code == "product_repaired" {
			f.Args["names"] = some(slices.Sorted(maps.Keys(t.repairs)))
		}
		all = append(all, f)
	}
	if n := len(t.inactive); n > 0 {
		f := check.Finding{Code: "sellers_without_deals", Args: check.Args("count", n, "file", teamsFile)}
		f.Args["names"] = some(t.inactive)
		all = append(all, f)
	}
	if n := len(t.books); n > 0 {
		all = append(all, check.Finding{Code: "books_below_deals", Severity: check.Warning, Args: check.Args("count", n, "names", some(t.books), "file", historyFile)})
	}
	return all
}

// some lists the first names, as many as one wants to read in a sentence.
func some(names []string) string {
	const most = 8
	if len(names) > most {
		names = append(slices.Clone(names[:most]), "…")
	}
	return strings.Join(names, ", ")
}

// severity: what takes a closed deal out of a figure may mislead.
func severity(code string) check.Severity {
	switch code {
	case "no_close_day", "closed_before_engaged", "won_without_amount":
		return check.Warning
	}
	return check.Info
}

// readingTemplates gives the sentences of what reading may find.
func readingTemplates() check.Templates {
	return check.Templates{
		{Code: "product_repaired",
			English: "{count} product names repaired ({names}, equal but for case and spaces)",
			Chinese: "{count} 个产品名称已修正（{names}，仅大小写或空格不同）"},
		{Code: "no_account",
			English: "{count} without account",
			Chinese: "{count} 条商机未填写客户"},
		{Code: "no_engage_day",
			English: "{count} without engage date",
			Chinese: "{count} 条商机没有接洽日期"},
		{Code: "no_close_day",
			English: "{count} won or lost without close date: they belong to no period",
			Chinese: "{count} 条已赢单或丢单的商机没有关闭日期，无法归入任何期间"},
		{Code: "closed_before_engaged",
			English: "{count} closed before they were engaged: they have no sales cycle",
			Chinese: "{count} 条商机的关闭日期早于接洽日期，不计入销售周期"},
		{Code: "won_without_amount",
			English: "{count} won without amount",
			Chinese: "{count} 条赢单没有金额"},
		{Code: "sellers_without_deals",
			English: "{count} sellers without deals: {names}",
			Chinese: "{count} 名销售没有商机：{names}"},
		{Code: "targets_of_other_years",
			English: "{count} targets of other years left aside",
			Chinese: "{count} 条其他年度的目标未使用"},
		{Code: "targets_above_sellers",
			English: "{count} targets of teams or regions not used: the sum of the targets below them counts",
			Chinese: "{count} 条团队或大区目标未使用：以其下级目标之和为准"},
		{Code: "owner_without_target",
			English: "{count} without a target: {names}",
			Chinese: "{count} 名没有目标：{names}"},
		{Code: "period_without_target",
			English: "{count} without a target for some months: {names}",
			Chinese: "{count} 名在部分月份没有目标：{names}"},
		{Code: "target_not_between",
			English: "base and stretch not used: the target does not lie between them",
			Chinese: "未使用保底与冲刺目标：目标不在两者之间"},
		{Code: "books_below_deals",
			English: "{count} months of sellers in which the books hold less than the deals: {names}",
			Chinese: "{count} 个“销售—月份”的账面金额低于商机赢单金额：{names}"},
		{Code: "target_option_unused",
			English: "-target not used: the targets of the file count",
			Chinese: "未使用 -target：以文件中的目标为准"},
	}
}
