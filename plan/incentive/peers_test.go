package incentive_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/plan/incentive"
)

// peerTier is a tier as the peers' tests state it.
type peerTier struct {
	From, To, Type, Amount, Min, Max string
}

func (p peerTier) tier() (t incentive.Tier, err error) {
	number := func(s string) kpi.Value {
		if s == "" {
			return kpi.Value{}
		}
		v, e := kpi.Parse(s)
		err = errors.Join(err, e)
		return v
	}
	t = incentive.Tier{From: number(p.From), To: number(p.To), Min: number(p.Min), Max: number(p.Max)}
	switch p.Type {
	case "flat":
		t.Flat = number(p.Amount)
	case "percent":
		t.Rate = number(p.Amount)
	default:
		err = errNotApplicable
	}
	return t, err
}

type peerCase struct {
	Source, Note string
	Input        struct {
		Mode        string
		Tiers       []peerTier
		Amount      string
		RoundPlaces int8 `json:"round_places"`
	}
	Expected string
}

// errNotApplicable comes with the reason why a case says nothing about this
// package.
var errNotApplicable = errors.New("not applicable")

func (c peerCase) run() error {
	component := incentive.Component{ID: "commission"}
	switch c.Input.Mode {
	case "marginal":
	case "whole_amount_at_reached_tier":
		component.Mode = incentive.Whole
	default:
		return fmt.Errorf("%w: mode %q", errNotApplicable, c.Input.Mode)
	}
	for _, tier := range c.Input.Tiers {
		t, err := tier.tier()
		if err != nil {
			return err
		}
		component.Tiers = append(component.Tiers, t)
	}
	amount, err := kpi.Parse(c.Input.Amount)
	if err != nil {
		return err
	}
	p := one(component)
	p.Unit.Scale = c.Input.RoundPlaces
	s, err := p.Statement(q1(incentive.Credit{ID: "d", Day: day("2026-01-15"), Amount: amount}))
	if err != nil {
		return err
	}
	if want := num(c.Expected); s.Payout != want {
		return fmt.Errorf("pays %v, want %v; lines %s", s.Payout, want, lines(s))
	}
	return nil
}

func TestPeerCases(t *testing.T) {
	folder := os.Getenv("SALESKPI_CASES")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "cases")
	}
	data, err := os.ReadFile(filepath.Join(folder, "commission.json"))
	if err != nil {
		t.Skipf("no cases: %v", err)
	}
	var file struct{ Cases []peerCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	passed, failed, other := 0, 0, 0
	for i, c := range file.Cases {
		name := fmt.Sprintf("case %d, %s of %s (%s)", i, c.Input.Mode, c.Input.Amount, c.Source)
		switch err := c.run(); {
		case errors.Is(err, errNotApplicable):
			other++
			t.Logf("%s: %v", name, err)
		case err != nil:
			failed++
			t.Errorf("%s: %v", name, err)
		default:
			passed++
		}
	}
	t.Logf("incentive: %d passed, %d failed, %d not applicable", passed, failed, other)
	if passed == 0 {
		t.Error("no case ran")
	}
}
