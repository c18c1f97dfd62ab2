package main

import (
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/target"
)

// targets gives the rows of targets.csv that are of the year, and what
// became of the others. Where sellers have targets of their own, that of
// their team is their sum, and a row for the team is not used.
func (r *Review) targets() (figures []kpi.Figure, findings []check.Finding, err error) {
	otherYears, problems := 0, check.List{Op: "review"}
	for _, t := range r.Records.Targets {
		if _, some := r.Year.Intersect(t.Period); !some {
			otherYears++
			continue
		}
		owner, ok := r.Company.owner(t.Owner)
		if !ok {
			problems.Add(check.ErrInvalid, targetsFile, "manager_of_several_teams", t.Owner)
			continue
		}
		figures = append(figures, kpi.Figure{Metric: wonValue, Owner: owner, Period: t.Period, Value: t.Amount})
	}
	figures, above := r.lowest(figures)
	note := func(count int, code string) {
		if count > 0 {
			findings = append(findings, check.Finding{Code: code, Severity: check.Warning, Args: check.Args("count", count, "file", targetsFile)})
		}
	}
	note(otherYears, "targets_of_other_years")
	note(above, "targets_above_sellers")
	if len(figures) > 0 && r.Options.Target.Defined() {
		note(1, "target_option_unused")
	}
	return figures, findings, problems.Err()
}

// withoutTarget sums up who has no target, or none for some months: one
// finding each, and not one for every owner.
func withoutTarget(months *target.Breakdown) (findings []check.Finding) {
	owners := map[string][]string{}
	for _, f := range months.Findings() {
		owners[f.Code] = append(owners[f.Code], f.Subject)
	}
	for _, code := range []string{"owner_without_target", "period_without_target"} {
		if names := owners[code]; len(names) > 0 {
			findings = append(findings, check.Finding{Code: code, Severity: check.Warning,
				Args: check.Args("count", len(names), "names", some(names), "file", targetsFile)})
		}
	}
	return findings
}

// owner gives the ID of somebody whom targets.csv names: a seller, else a
// manager's team, else a region.
func (c *Company) owner(name string) (id string, ok bool) {
	if c.isSeller(name) {
		return name, true
	}
	teams := map[string]bool{}
	for _, s := range c.sellers {
		if s.Manager == name {
			id = teamID(s)
			teams[id] = true
		}
	}
	if len(teams) == 0 {
		return regionID(Seller{Region: name}), true
	}
	return id, len(teams) == 1
}

// lowest keeps the figures of owners below whom nobody has one.
func (r *Review) lowest(figures []kpi.Figure) (kept []kpi.Figure, above int) {
	covered := map[string]bool{}
	for _, f := range figures {
		for _, unit := range r.Company.above(f.Owner) {
			covered[unit] = true
		}
	}
	kept = slices.DeleteFunc(figures, func(f kpi.Figure) bool { return covered[f.Owner] })
	return kept, len(figures) - len(kept)
}

// above gives the units that an owner belongs to, without itself.
func (c *Company) above(owner string) []string {
	if c.isSeller(owner) {
		return c.Tree.PathOf(owner)
	}
	path := c.Tree.Path(owner)
	return path[:max(0, len(path)-1)]
}

// scale gives the decimals in which targets are split: cents, or more where
// the targets have more.
func (r *Review) scale() int8 {
	scale := max(2, decimals(r.Options.Target))
	for _, t := range r.Records.Targets {
		scale = max(scale, decimals(t.Amount))
	}
	return int8(scale)
}

func decimals(v kpi.Value) int {
	_, places, _ := strings.Cut(v.Exact(), ".")
	if !v.Defined() {
		return 0
	}
	return len(places)
}
