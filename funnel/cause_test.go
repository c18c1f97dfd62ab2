package funnel_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
)

func TestCauseWords(t *testing.T) {
	for c := funnel.NoCause; c <= funnel.DealRemoved; c++ {
		text, err := c.MarshalText()
		var read funnel.Cause
		if err != nil || read.UnmarshalText(text) != nil || read != c || c.String() != string(text) {
			t.Error(c, string(text), err)
		}
	}
	outside := funnel.DealRemoved + 1
	if _, err := outside.MarshalText(); err == nil || outside.Deals() != 0 || outside.Sign() != 0 || outside.String() != "unknown" {
		t.Error("a cause outside the constants passes")
	}
}

// What the line of each cause does to deals and to value.
func TestCauseSigns(t *testing.T) {
	in := []funnel.Cause{funnel.DealCreated, funnel.DealReopened, funnel.DealRestored, funnel.MovedIn, funnel.TransferredIn, funnel.PulledIn, funnel.PushedIn, funnel.DateSet}
	up := []funnel.Cause{funnel.ValueRaised, funnel.ValueStated}
	down := []funnel.Cause{funnel.ValueLowered, funnel.ValueWithdrawn}
	out := []funnel.Cause{funnel.PushedOut, funnel.PulledOut, funnel.DateCleared, funnel.TransferredOut, funnel.MovedOut, funnel.DealWon, funnel.DealLost, funnel.DealDisqualified, funnel.DealRemoved}
	for _, group := range []struct {
		causes      []funnel.Cause
		deals, sign int
	}{{in, 1, 1}, {up, 0, 1}, {down, 0, -1}, {out, -1, -1}, {[]funnel.Cause{funnel.NoCause}, 0, 0}} {
		for _, c := range group.causes {
			if c.Deals() != group.deals || c.Sign() != group.sign {
				t.Error(c, c.Deals(), c.Sign())
			}
		}
	}
	if len(in)+len(up)+len(down)+len(out) != int(funnel.DealRemoved) {
		t.Error("not every cause is held here")
	}
}
