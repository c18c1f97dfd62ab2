package target_test

import (
	"encoding/json"
	"testing"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/target"
)

// JSON null leaves the zero Stated: of nobody, and nothing panics.
func TestZeroStated(t *testing.T) {
	var s target.Stated
	if err := json.Unmarshal([]byte("null"), &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Owners())+len(s.Periods())+len(s.Cells()) != 0 || s.Goal() != (target.Goal{}) || s.Metric().ID != "" || len(s.Split().Owners.Children) != 0 {
		t.Error("the zero Stated is not of nobody")
	}
	if v := s.Cell("amy", period("2026")); v.Defined() || s.Average("amy", period("2026")).Defined() {
		t.Errorf("a cell of nobody is %v", v)
	}
	if !s.Equal(&target.Stated{}) {
		t.Error("two zero Stateds differ")
	}
}

// A quarter without a number is no quarter without sales.
func TestSeasonRefusesFiguresWithoutANumber(t *testing.T) {
	history := []kpi.Figure{figure("all", "2025-Q1", "90"), {Metric: "won_value", Owner: "all", Period: period("2025-Q2")}}
	s := target.Season{Grain: calendar.Quarterly, Years: 1, Known: period("2025"), History: history}
	_, _, err := s.Weights([]calendar.Period{period("2026-Q1"), period("2026-Q2"), period("2026-Q3"), period("2026-Q4")})
	if got := problems(err); len(got) != 1 || got[0] != "history[1].value missing_amount" {
		t.Errorf("%v", got)
	}
}
