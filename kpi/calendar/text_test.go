package calendar_test

import (
	"testing"

	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// People read the last day, not the one after it.
func TestText(t *testing.T) {
	c := calendar.Calendar{}
	for label, want := range map[string]string{"2026-Q1": "2026-Q1", "2026-03-05": "2026-03-05", "2026-01-01/2026-02-15": "2026-01-01 – 2026-02-14"} {
		if got := c.Text(c.MustParse(label)); got != want {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
}
