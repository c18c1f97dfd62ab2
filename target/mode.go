package target

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Mode says how the target of an owner with children stands to theirs. The
// zero Mode is SumOfChildren.
//
//	sum           carries what its children carry, and what of that is uncovered
//	carried       carries its own quota; its children receive quota × (1 + cushion)
//	independent   carries what a table states for it, its children what the table states for them
//	direct_team   carries its own selling and what its children carry
//
// Attainment of an owner is always against what it carries.
type Mode uint8

const (
	SumOfChildren  Mode = iota // what the children carry
	Carried                    // an own quota, handed on with a cushion
	Independent                // an own quota beside the children's; for tables, not for [BreakDown]
	DirectPlusTeam             // own selling and the team's
)

func modeWords() []string { return []string{"sum", "carried", "independent", "direct_team"} }

// String gives sum, carried, independent or direct_team.
func (m Mode) String() string { return enum.String(modeWords(), m) }

// MarshalText gives the word.
func (m Mode) MarshalText() ([]byte, error) { return enum.Marshal("target.Mode", modeWords(), m) }

// UnmarshalText reads the word.
func (m *Mode) UnmarshalText(text []byte) error {
	return enum.Unmarshal("target.Mode", modeWords(), text, m)
}

// ownQuota reports whether an owner's cells are its own and not a sum.
func (m Mode) ownQuota() bool { return m == Carried || m == Independent }

func (n *Node) checkMode(problems *check.List, path func(string) string) {
	unstated := kpi.Value{}
	switch {
	case n.Mode > DirectPlusTeam:
		problems.Add(check.ErrUnknown, path("mode"), "unknown_word", uint8(n.Mode))
	case n.Mode != SumOfChildren && len(n.Children) == 0:
		problems.Add(check.ErrInvalid, path("mode"), "no_children", n.Mode)
	}
	switch {
	case n.Mode != Carried && n.Cushion != unstated:
		problems.Add(check.ErrInvalid, path("cushion"), "cushion_not_used", n.Cushion, "mode", n.Mode)
	case n.Mode == Carried && !n.Cushion.Defined():
		problems.Add(check.ErrMissing, path("cushion"), "missing_cushion", nil)
	case n.Cushion.Sign() < 0 || kpi.Int(1).Less(n.Cushion):
		problems.Add(check.ErrRange, path("cushion"), "not_a_share", n.Cushion)
	}
	if n.Mode != DirectPlusTeam && n.Direct != unstated {
		problems.Add(check.ErrInvalid, path("direct"), "direct_not_used", n.Direct, "mode", n.Mode)
	}
}
