package cube_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
)

// peerCase is one fact transcribed from the tests of another system. Those
// of the categories below are the cube's.
type peerCase struct {
	ID, Category string
	Definition   struct {
		Agg   string
		Spine []string
		Rows  []struct {
			Time, Entity string
			Value        int64
		}
		Daily   map[string]int64 `json:"daily_bookings"`
		Monthly map[string]int64 `json:"monthly_bookings"`
	}
	Expected map[string]any
	Clean    map[string]any `json:"expected_clean"`
}

// errNotApplicable comes with the reason why a case says nothing about this
// package.
var errNotApplicable = errors.New("not applicable")

func TestPeerCases(t *testing.T) {
	folder := os.Getenv("SALESKPI_CASES")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "cases")
	}
	data, err := os.ReadFile(filepath.Join(folder, "funnel.json"))
	if err != nil {
		t.Skipf("no cases: %v", err)
	}
	var all struct{ Cases []json.RawMessage }
	if err := json.Unmarshal(data, &all); err != nil {
		t.Fatal(err)
	}
	passed, failed, other := 0, 0, 0
	for _, raw := range all.Cases {
		var head struct{ Category string }
		if err := json.Unmarshal(raw, &head); err != nil {
			t.Fatal(err)
		}
		run, ours := metricCases()[head.Category]
		if !ours {
			continue
		}
		var c peerCase
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		for key, clean := range c.Clean { // where the peer has a quirk
			c.Expected[key] = clean
		}
		switch got, err := run(t, c); {
		case errors.Is(err, errNotApplicable):
			other++
			t.Logf("%s: %v", c.ID, err)
		case !cmp.Equal(c.Expected, got):
			failed++
			t.Errorf("%s (-want +got):\n%s", c.ID, cmp.Diff(c.Expected, got))
		default:
			passed++
		}
	}
	t.Logf("cube: %d passed, %d failed, %d not applicable", passed, failed, other)
}

// metricCases says how the cube answers a case; every answer has the keys of
// the expected ones.
func metricCases() map[string]func(*testing.T, peerCase) (map[string]any, error) {
	return map[string]func(*testing.T, peerCase) (map[string]any, error){
		"conversion_metric":    conversion,
		"cumulative_metric":    cumulative,
		"derived_metric":       derived,
		"semi_additive_metric": semiAdditive,
		"null_filling":         nullFilling,
	}
}

func conversion(*testing.T, peerCase) (map[string]any, error) {
	return nil, fmt.Errorf("%w: a conversion joins two events of one entity, under a filter of the first that is applied before the join; "+
		"a cube takes records one by one, and the ratio of its sums cannot make that join", errNotApplicable)
}

// dated is a value of an entity on a day.
type dated struct {
	entity string
	day    calendar.Day
	value  int64
}

func datedCube(t *testing.T, window calendar.Period, kind cube.Kind, g calendar.Grain, rows []dated) *cube.Cube {
	feed := cube.Feed[dated]{Minor: func(r *dated) (int64, bool) { return r.value, true }}
	if kind == cube.Balance {
		feed.Key = func(r *dated) (string, bool) { return r.entity, true }
	}
	return loadWith(t, cube.Definition{
		ID: "peer", Window: window, Grain: g, Dimensions: []string{"entity"}, Measures: []cube.Measure{{ID: "value", Kind: kind}},
	}, cube.Reader[dated]{
		Day:        func(r *dated) (calendar.Day, bool) { return r.day, true },
		Dimensions: map[string]func(*dated) (string, bool){"entity": func(r *dated) (string, bool) { return r.entity, true }},
		Measures:   map[string]cube.Feed[dated]{"value": feed},
	}, rows)
}

func (c peerCase) rows() (all []dated) {
	for _, r := range c.Definition.Rows {
		all = append(all, dated{r.Entity, day(r.Time), r.Value})
	}
	for text, n := range c.Definition.Daily {
		all = append(all, dated{day: day(text), value: n})
	}
	for text, n := range c.Definition.Monthly {
		all = append(all, dated{day: period(text).Start(), value: n})
	}
	return all
}

// number is a Value as the file writes it: null where it is undefined.
func number(v kpi.Value) any {
	if f, ok := v.Float64(); ok {
		return f
	}
	return nil
}

func cumulative(t *testing.T, c peerCase) (map[string]any, error) {
	window, _ := calendar.NewPeriod(day("2020-01-01"), day("2022-01-01"))
	r := query(t, datedCube(t, window, cube.Sum, calendar.Daily, c.rows()), cube.Query{Grain: calendar.Daily, Over: cube.Over{All: true}})
	got := map[string]any{}
	for text := range c.Expected {
		got[text] = number(r.Value("value", calendar.Calendar{}.PeriodOf(calendar.Daily, day(text))))
	}
	return got, nil
}

// derived is a year, the same shifted by whole months, and the growth.
func derived(t *testing.T, c peerCase) (map[string]any, error) {
	window, _ := calendar.NewPeriod(day("2019-01-01"), day("2022-01-01"))
	sums := datedCube(t, window, cube.Sum, calendar.Monthly, c.rows())
	now := query(t, sums, cube.Query{Grain: calendar.Yearly})
	ago := query(t, sums, cube.Query{Grain: calendar.Yearly, Offset: cube.Offset{N: -1, Grain: calendar.Monthly}})
	got := map[string]any{}
	for text := range c.Expected {
		year := calendar.Calendar{}.PeriodOf(calendar.Yearly, day(text))
		current, before := now.Value("value", year), ago.Value("value", year)
		got[text] = []any{number(current), number(before), number(kpi.Growth(current, before))}
	}
	return got, nil
}

func semiAdditive(t *testing.T, c peerCase) (map[string]any, error) {
	r := query(t, datedCube(t, period("2020"), cube.Balance, calendar.Monthly, c.rows()), cube.Query{By: []string{"entity"}})
	got := map[string]any{}
	for _, row := range r.Rows {
		got[row.Key[0]] = number(row.Values[0])
	}
	return got, nil
}

func nullFilling(t *testing.T, c peerCase) (map[string]any, error) {
	window, err := calendar.Through(period(c.Definition.Spine[0]).Start(), period(c.Definition.Spine[1]).Last())
	if err != nil {
		return nil, err
	}
	r := query(t, datedCube(t, window, cube.Sum, calendar.Monthly, c.rows()), cube.Query{Grain: calendar.Monthly, Fill: cube.Fill{Rows: true, Zero: true}})
	got := map[string]any{}
	for _, row := range r.Rows {
		got[r.Calendar.Label(row.Period)] = number(row.Values[0])
	}
	return got, nil
}
