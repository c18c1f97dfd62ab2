package target

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// SellerHistory makes weights of what sellers have sold.
type SellerHistory struct {
	// Own is what each has sold; who is not named, or has no data, has no
	// history. Zero is a history.
	Own Weights `json:"own"`

	// Potential is what the other half goes by, such as accounts; left out it
	// is the mean of the peers who have a history.
	Potential Weights `json:"potential,omitempty"`

	// OwnShare is how much the own history counts; left out it is one half.
	OwnShare kpi.Value `json:"own_share,omitzero"`

	// Ramp is how much of the peers' mean somebody without history gets; who
	// is not named gets all of it.
	Ramp Weights `json:"ramp,omitempty"`
}

// Weights gives one weight for each owner. Of those with a history, whose
// mean is m:
//
//	weight         s × own + (1 − s) × m
//	               s × own + (1 − s) × potential × (Σ own ÷ Σ potential)
//	no history     m × ramp
//
// Where all who have a history have sold nothing, it tells nobody apart: they
// weigh their potential, 1 where there is none, and m is the mean of that.
// Where nobody has a history, everybody weighs potential × ramp, or 1 × ramp.
//
// The finding without_history names those who have none. Errors are an owner
// that is missing or stands twice, amounts and ramps below zero, a share
// outside 0…1, and, where there is potential, an owner that is to be weighed
// by it and has none, or a potential that is zero for all of them.
func (h SellerHistory) Weights(owners ...string) (Weights, []check.Finding, error) {
	problems := check.List{Op: "target.SellerHistory"}
	known := h.known(owners)
	h.check(&problems, owners, known)
	if err := problems.Err(); err != nil {
		return nil, nil, err
	}
	w, found, peers := Weights{}, []check.Finding{}, h.peers(known)
	mean := sumOver(peers, known).Div(kpi.Int(int64(len(known))))
	for _, owner := range slices.Sorted(slices.Values(owners)) {
		if weight, peer := peers[owner]; peer {
			w[owner] = weight
			continue
		}
		full := mean
		if len(known) == 0 {
			full = h.potential(owner)
		}
		w[owner] = full.Mul(h.Ramp[owner].Or(kpi.Int(1)))
		found = append(found, notice("without_history", owner, "weight", w[owner]))
	}
	if err := w.Validate(); err != nil {
		return nil, nil, err
	}
	return w, found, nil
}

// known gives the owners that have a history.
func (h SellerHistory) known(owners []string) []string {
	return slices.DeleteFunc(slices.Clone(owners), func(owner string) bool { return !h.Own[owner].Defined() })
}

// peers gives the weights of the owners with a history. Their mean is that of
// what they have sold.
func (h SellerHistory) peers(known []string) Weights {
	sold, potential := sumOver(h.Own, known), kpi.Int(0)
	for _, owner := range known {
		potential = potential.Add(h.potential(owner))
	}
	share, w := h.OwnShare.Or(kpi.Frac(1, 2)), Weights{}
	for _, owner := range known {
		w[owner] = h.potential(owner)
		if sold.Sign() > 0 {
			other := h.potential(owner).Mul(sold).Div(potential)
			w[owner] = share.Mul(h.Own[owner]).Add(kpi.Int(1).Sub(share).Mul(other))
		}
	}
	return w
}

// potential gives that of an owner; without any all have the same.
func (h SellerHistory) potential(owner string) kpi.Value {
	if h.Potential == nil {
		return kpi.Int(1)
	}
	return h.Potential[owner]
}

func sumOver(w Weights, keys []string) kpi.Value {
	return kpi.Sum(func(yield func(kpi.Value) bool) {
		for _, key := range keys {
			if !yield(w[key]) {
				return
			}
		}
	})
}

func (h SellerHistory) check(problems *check.List, owners, known []string) {
	seen, receives := map[string]bool{}, false
	for i, owner := range owners {
		problems.ID(check.At("owners", i), "missing_id", owner)
		if seen[owner] {
			problems.Add(check.ErrDuplicate, check.At("owners", i), "duplicate_owner", owner)
		}
		seen[owner] = true
		if h.Potential != nil && (h.Own[owner].Defined() || len(known) == 0) {
			checkWeight(problems, "potential."+owner, h.Potential[owner])
			receives = receives || h.Potential[owner].Sign() != 0 || !h.Potential[owner].Defined()
		}
		for name, w := range [...]Weights{h.Own, h.Ramp} {
			if v := w[owner]; v.Sign() < 0 || !v.Defined() && v != (kpi.Value{}) {
				checkWeight(problems, [...]string{"own.", "ramp."}[name]+owner, v)
			}
		}
	}
	if h.Potential != nil && len(owners) > 0 && !receives {
		problems.Add(check.ErrInfeasible, "potential", "all_weights_zero", nil)
	}
	if s := h.OwnShare; s.Sign() < 0 || kpi.Int(1).Less(s) {
		problems.Add(check.ErrRange, "own_share", "not_a_share", s)
	}
}
