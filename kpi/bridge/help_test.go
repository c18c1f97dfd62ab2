package bridge_test

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/bridge"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// parts gives the amounts as text, in order: "price 5".
func parts(b bridge.Bridge) []string {
	var all []string
	for _, p := range b.Parts {
		all = append(all, p.ID+" "+p.Amount.Exact())
	}
	return all
}

func codes(b bridge.Bridge) []string {
	all := []string{}
	for _, f := range b.Findings {
		all = append(all, f.Code)
	}
	return all
}

func problems(err error) []string {
	var all []string
	for _, p := range check.All(err) {
		all = append(all, p.Path+" "+p.Code)
	}
	return all
}

func same(t tester, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// tester is what a *testing.T and a *rapid.T have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
}

// addsUp checks what holds of every bridge: parts and gross add up to the
// gap, and nodes to what they belong to, on every level; or all parts say
// that there is no telling.
func addsUp(t tester, b bridge.Bridge) {
	t.Helper()
	if gap := b.Values.Current.Sub(b.Values.Base); gap != b.Gap {
		t.Errorf("gap %s, values differ by %s", b.Gap, gap)
	}
	total := kpi.Int(0)
	for _, p := range b.Parts {
		total = total.Add(p.Amount)
	}
	if b.Gap.Defined() && total.Reason() == kpi.UndefinedMix {
		named := slices.ContainsFunc(b.Findings, func(f check.Finding) bool {
			return f.Code == "undefined_mix" || f.Code == "quantities_cancel"
		})
		if !named {
			t.Errorf("an undefined mix without a finding: %v", b.Findings)
		}
		return
	}
	if total.Defined() != b.Gap.Defined() || b.Gap.Defined() && total != b.Gap {
		t.Errorf("parts add up to %s, gap %s", total, b.Gap)
	}
	if gross := b.Up.Add(b.Down); b.Gap.Defined() && gross != b.Gap {
		t.Errorf("up and down add up to %s, gap %s", gross, b.Gap)
	}
	if len(b.Nodes) > 0 {
		of := make([]kpi.Value, len(b.Parts))
		for i, p := range b.Parts {
			of[i] = p.Amount
		}
		nodesAddUp(t, b, b.Nodes, of)
	}
}

func nodesAddUp(t tester, b bridge.Bridge, nodes []bridge.Node, of []kpi.Value) {
	t.Helper()
	for i := range of {
		total := kpi.Int(0)
		for _, n := range nodes {
			total = total.Add(n.Amounts[i])
		}
		if total != of[i] {
			t.Errorf("part %d of the nodes adds up to %s, not %s", i, total, of[i])
		}
	}
	for _, n := range nodes {
		gap := kpi.Int(0)
		for _, amount := range n.Amounts {
			gap = gap.Add(amount)
		}
		own := n.Values.Current.Or(kpi.Int(0)).Sub(n.Values.Base.Or(kpi.Int(0)))
		if b.Kind == bridge.ByPriceVolumeMix && gap.Defined() && gap != own {
			t.Errorf("%s moved by %s, its parts add up to %s", n.Key, own, gap)
		}
		if len(n.Nodes) > 0 {
			nodesAddUp(t, b, n.Nodes, n.Amounts)
		}
	}
}
