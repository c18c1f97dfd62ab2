package steps_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/funnel/steps"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// peerCase is one fact transcribed from the tests of another system.
type peerCase struct {
	ID, Category string
	Source       struct{ Repo string }
	Events       []struct {
		Entity string
		Event  any
		T      int64
		Props  map[string]*string
	}
	Definition struct {
		Steps      []json.RawMessage
		Order      steps.Order
		Seconds    int64 `json:"window_seconds"`
		Modes      []string
		Exclusions []struct {
			Event    string
			From, To int
		}
		Interval    calendar.Grain
		DateFrom    string `json:"date_from"`
		DateTo      string `json:"date_to"`
		Timezone    string
		FromStep    int  `json:"from_step"`
		ToStep      *int `json:"to_step"`
		BinCount    int  `json:"bin_count"`
		Breakdown   string
		Attribution []string
	}
	Input    json.RawMessage
	Expected peerFigures
	Clean    *peerFigures `json:"expected_clean"`
}

type peerFigures struct {
	Counts       []int64             `json:"step_counts"`
	Levels       map[string]int      `json:"level_by_entity"`
	FromFirst    []float64           `json:"conversion_from_first"`
	FromPrevious []float64           `json:"conversion_from_previous_mandatory_step"`
	Average      []*float64          `json:"avg_seconds_from_previous_step"`
	Median       []*float64          `json:"median_seconds_from_previous_step"`
	At           map[string][]string `json:"entities_at_step"`
	Buckets      []peerBucket        `json:"buckets"`
	Bins         [][2]int64          `json:"bins"`
	Whole        *float64            `json:"average_seconds"`
	By           map[string]map[string][]int64
	Attribution  map[string]map[string][]int64 `json:"by_attribution"`
	Anchored     []int64                       `json:"entry_anchored_counts"`
	Boundaries   []int64
}

type peerBucket struct {
	Bucket             string
	Entered, Converted int64
}

// errNotApplicable comes with the reason why a case says nothing about this
// package.
var errNotApplicable = errors.New("not applicable")

// peerCategories says how the cases of a category are run.
func peerCategories() map[string]func(peerCase) error {
	return map[string]func(peerCase) error{
		"funnel_steps":              peerCase.run,
		"funnel_level":              peerCase.run,
		"funnel_trend":              peerCase.run,
		"funnel_breakdown":          peerCase.runBreakdown,
		"funnel_window_truncation":  peerCase.run,
		"time_to_convert_histogram": peerCase.run,
		"histogram_boundaries":      peerCase.runBoundaries,
		"definition_validation":     peerCase.runValidation,
		"conversion_metric":         peerCase.runConversionMetric,
	}
}

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
		run, ours := peerCategories()[head.Category]
		if !ours {
			continue
		}
		var c peerCase
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		switch err := run(c); {
		case errors.Is(err, errNotApplicable):
			other++
			t.Logf("%s: %v", c.ID, err)
		case err != nil:
			failed++
			t.Errorf("%s: %v", c.ID, err)
		default:
			passed++
		}
	}
	t.Logf("steps: %d passed, %d failed, %d not applicable", passed, failed, other)
}

// peerModes says of the modes of ClickHouse's windowFunnel what they are here,
// or why they are nothing here.
func (c peerCase) ties() (steps.Ties, error) {
	ties := steps.AnyOrder
	for _, mode := range c.Definition.Modes {
		switch mode {
		case "strict_increase":
			ties = steps.LaterInstants
		case "strict_once": // each event once, which goes without saying here
		case "strict_deduplication":
			return 0, fmt.Errorf("%w: strict_deduplication of ClickHouse ends the scan at a repeated step; here a repeat never ends an attempt", errNotApplicable)
		case "strict_order":
			return 0, fmt.Errorf("%w: strict_order of ClickHouse lets steps repeat, and ends the scan at a foreign event without a new start; strict here means the very next event", errNotApplicable)
		case "allow_reentry":
			return 0, fmt.Errorf("%w: allow_reentry of ClickHouse is a variant of its strict_order, whose two stored versions disagree", errNotApplicable)
		default:
			return 0, fmt.Errorf("unknown mode %s", mode)
		}
	}
	return ties, nil
}

// definition gives the definition of a case. Step i of it has the ID
// "step i"; what has conditions instead of a name matches the event "row".
func (c peerCase) definition() (steps.Definition, error) {
	ties, err := c.ties()
	d := steps.Definition{ID: c.ID, Order: c.Definition.Order, Window: steps.Span(c.Definition.Seconds) * steps.Span(time.Second), Ties: ties}
	if c.Source.Repo == "PostHog/posthog" { // times from the latest entry before the next step
		d.Clock = steps.LastEntry
	}
	for i, raw := range c.Definition.Steps {
		step, err := peerStep(raw)
		if err != nil {
			return d, err
		}
		step.ID = stepID(i)
		d.Steps = append(d.Steps, step)
	}
	for _, x := range c.Definition.Exclusions {
		d.Exclusions = append(d.Exclusions, steps.Exclusion{Events: []string{x.Event}, From: stepID(x.From), To: stepID(x.To)})
	}
	return d, err
}

func stepID(i int) string { return "step " + strconv.Itoa(i) }

func peerStep(raw json.RawMessage) (steps.Step, error) {
	var any struct {
		Any      []string
		Optional bool
	}
	if json.Unmarshal(raw, &any) == nil {
		return steps.Step{Events: any.Any, Optional: any.Optional}, nil
	}
	name := peerName(raw)
	if !strings.Contains(name, "=") && !strings.Contains(name, " is null") {
		return steps.Step{Events: []string{name}}, nil
	}
	step := steps.Step{Events: []string{"row"}}
	for _, part := range strings.Split(name, " and ") {
		if attribute, null := strings.CutSuffix(part, " is null"); null {
			step.Where = append(step.Where, steps.Condition{Attribute: attribute, Missing: true})
		} else {
			attribute, value, _ := strings.Cut(part, "=")
			step.Where = append(step.Where, steps.Condition{Attribute: attribute, Is: []string{value}})
		}
	}
	return step, nil
}

// peerName gives a step's or event's name, which may be a number.
func peerName(raw json.RawMessage) string {
	var name string
	if json.Unmarshal(raw, &name) != nil {
		name = string(raw)
	}
	return name
}

// journeys takes the events of a case; rows that agree in everything are
// different events there, so each has its own number.
func (c peerCase) journeys() *steps.Journeys {
	j := &steps.Journeys{}
	for i, e := range c.Events {
		event := steps.Event{Entity: e.Entity, Name: "row", At: time.Unix(e.T, 0), Seq: int64(i)}
		if e.Event != nil {
			event.Name = fmt.Sprint(e.Event)
		}
		for attribute, value := range e.Props {
			if value != nil {
				if event.Attributes == nil {
					event.Attributes = map[string]string{}
				}
				event.Attributes[attribute] = *value
			}
		}
		j.Add(event)
	}
	return j
}

// question asks as of a time when every window is over.
func (c peerCase) question(d steps.Definition) (steps.Question, error) {
	q := steps.Question{AsOf: time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC), Bins: c.Definition.BinCount}
	if c.Definition.ToStep != nil {
		q.From, q.To = stepID(c.Definition.FromStep), stepID(*c.Definition.ToStep)
	}
	if c.Definition.DateFrom == "" {
		return q, nil
	}
	period, err := calendar.Through(calendar.MustDay(c.Definition.DateFrom), calendar.MustDay(c.Definition.DateTo))
	if err != nil {
		return q, err
	}
	q.Entries, q.Trend = period, c.Definition.Interval
	q.Location, err = time.LoadLocation(c.Definition.Timezone)
	return q, err
}

func (c peerCase) run() error {
	d, err := c.definition()
	if err != nil {
		return err
	}
	q, err := c.question(d)
	if err != nil {
		return err
	}
	j := c.journeys()
	r, err := steps.Analyze(j, d, q)
	if err != nil {
		return err
	}
	want := c.Expected
	if c.Clean != nil { // the peer has a quirk; it tells the counts alone
		want = *c.Clean
	}
	var got peerFigures
	got.Counts, got.Anchored = counts(r), counts(r)
	for _, s := range r.Steps {
		got.FromFirst = append(got.FromFirst, places(s.FromFirst.Observed.Value()))
		got.FromPrevious = append(got.FromPrevious, places(s.FromPrevious.Observed.Value()))
		got.Average = append(got.Average, float(s.Time.Mean))
		got.Median = append(got.Median, float(s.Time.Median))
	}
	got.Levels = map[string]int{}
	for entity := range want.Levels {
		if got.Levels[entity], err = level(j, d, q, entity); err != nil {
			return err
		}
	}
	if got.At, err = atSteps(j, d, q, want.At); err != nil {
		return err
	}
	for i, p := range r.Trend {
		if i < len(want.Buckets) { // some list the first buckets alone
			got.Buckets = append(got.Buckets, peerBucket{p.Period.Start().String(), p.Entities.Entered, p.Entities.Converted})
		}
	}
	for _, b := range r.Histogram {
		got.Bins = append(got.Bins, [2]int64{int64(b.From) / 1e9, b.N})
	}
	got.Whole = float(r.Time.Mean)
	return compare(want, got)
}

// compare looks at what the case tells.
func compare(want, got peerFigures) error {
	for _, part := range []struct {
		name      string
		want, got any
		told      bool
	}{
		{"counts", want.Counts, got.Counts, want.Counts != nil},
		{"levels", want.Levels, got.Levels, want.Levels != nil},
		{"from first", want.FromFirst, got.FromFirst, want.FromFirst != nil},
		{"from previous", want.FromPrevious, got.FromPrevious, want.FromPrevious != nil},
		{"average", want.Average, got.Average, want.Average != nil},
		{"median", want.Median, got.Median, want.Median != nil},
		{"at step", want.At, got.At, want.At != nil},
		{"buckets", want.Buckets, got.Buckets, want.Buckets != nil},
		{"bins", want.Bins, got.Bins, want.Bins != nil},
		{"whole average", want.Whole, got.Whole, want.Whole != nil},
		{"entry anchored", want.Anchored, got.Anchored, want.Anchored != nil},
	} {
		if diff := cmp.Diff(part.want, part.got); part.told && diff != "" {
			return fmt.Errorf("%s (-want +got):\n%s", part.name, diff)
		}
	}
	return nil
}

func counts(r steps.Report) []int64 {
	var n []int64
	for _, s := range r.Steps {
		n = append(n, s.Entities)
	}
	return n
}

// level gives how many mandatory steps an entity reached.
func level(j *steps.Journeys, d steps.Definition, q steps.Question, entity string) (int, error) {
	x, err := steps.Explain(j, d, q, entity)
	if err != nil || x.Stands < 0 {
		return 0, err
	}
	n := 0
	for i, p := range x.Attempts[x.Stands].Steps {
		if p.Reached && !d.Steps[i].Optional {
			n++
		}
	}
	return n, nil
}

// atSteps gives the entities at the steps asked for, which count from 1.
func atSteps(j *steps.Journeys, d steps.Definition, q steps.Question, wanted map[string][]string) (map[string][]string, error) {
	got := map[string][]string{}
	for number := range wanted {
		k, err := strconv.Atoi(number)
		if err != nil {
			return nil, err
		}
		f := steps.Figure{From: stepID(0), To: stepID(k - 1)}
		if d.Order == steps.Unordered {
			f = steps.Figure{From: "1", To: number}
		}
		page, err := steps.Behind(j, d, q, f, kpi.Page{Limit: 100})
		if err != nil {
			return nil, err
		}
		got[number] = page.IDs
	}
	return got, nil
}

// places rounds to the six places of the cases.
func places(v kpi.Value) float64 {
	f, _ := v.Float64()
	return math.Round(f*1e6) / 1e6
}

func float(v kpi.Value) *float64 {
	if f, ok := v.Float64(); ok {
		return &f
	}
	return nil
}

func (c peerCase) runBreakdown() error {
	d, err := c.definition()
	if err != nil {
		return err
	}
	got := map[string]map[string][]int64{}
	for _, name := range c.Definition.Attribution {
		b := steps.Breakdown{Attribute: c.Definition.Breakdown}
		if number, at := strings.CutPrefix(name, "step "); at {
			i, err := strconv.Atoi(number)
			if err != nil {
				return err
			}
			b.By, b.Step = steps.AtStep, stepID(i)
		} else if err := b.By.UnmarshalText([]byte(name)); err != nil {
			return err
		}
		r, err := steps.Analyze(c.journeys(), d, steps.Question{AsOf: time.Date(2199, 1, 1, 0, 0, 0, 0, time.UTC), Breakdown: b})
		if err != nil {
			return err
		}
		got[name] = map[string][]int64{}
		for _, g := range r.Breakdown.Groups {
			for _, s := range g.Steps {
				got[name][g.Value] = append(got[name][g.Value], s.Entities)
			}
		}
	}
	if diff := cmp.Diff(c.Expected.Attribution, got); diff != "" {
		return fmt.Errorf("(-want +got):\n%s", diff)
	}
	return nil
}

func (c peerCase) runBoundaries() error {
	var in struct {
		Current, Previous struct{ Min, Max, N int64 }
		Bins              int `json:"bin_count"`
	}
	if err := json.Unmarshal(c.Input, &in); err != nil {
		return err
	}
	group := func(least, greatest, n int64) steps.Durations {
		return steps.Durations{N: n, Min: kpi.Int(least), Max: kpi.Int(greatest)}
	}
	got := []int64{}
	for _, b := range steps.Bounds(in.Bins, group(in.Current.Min, in.Current.Max, in.Current.N), group(in.Previous.Min, in.Previous.Max, in.Previous.N)) {
		got = append(got, int64(b)/1e9)
	}
	if !slices.Equal(got, c.Expected.Boundaries) {
		return fmt.Errorf("got %v, want %v", got, c.Expected.Boundaries)
	}
	return nil
}

// runValidation holds that a definition that makes no sense is an error. One
// peer takes a window of 0 for 14 days in silence; the case itself says that
// an error is right.
func (c peerCase) runValidation() error {
	var in struct {
		Window   *int `json:"window_interval_days"`
		Steps    int
		From, To int
	}
	renamed := strings.NewReplacer("exclusion_from", "from", "exclusion_to", "to")
	if err := json.Unmarshal([]byte(renamed.Replace(string(c.Input))), &in); err != nil {
		return err
	}
	d := steps.Definition{ID: c.ID, Steps: []steps.Step{{ID: stepID(0)}}, Window: steps.Days(14)}
	want, path := check.ErrMissing, "window"
	if in.Window != nil {
		d.Window = steps.Days(*in.Window)
	} else {
		for i := 1; i < in.Steps; i++ {
			d.Steps = append(d.Steps, steps.Step{ID: stepID(i)})
		}
		d.Exclusions = []steps.Exclusion{{Events: []string{"x"}, From: stepID(in.From), To: stepID(in.To)}}
		want, path = check.ErrInvalid, "exclusions[0].to"
		if in.To >= in.Steps {
			want = check.ErrUnknown
		}
	}
	all := check.All(d.Validate())
	if len(all) != 1 || !errors.Is(all[0], want) || all[0].Path != path {
		return fmt.Errorf("got %v, want %v at %s", all, want, path)
	}
	return nil
}

func (c peerCase) runConversionMetric() error {
	return fmt.Errorf("%w: the conversion metric of MetricFlow counts conversions for each base event, so that its rate may pass 1 (here it is 1.5); "+
		"entities and attempts are counted here, whose rates are shares", errNotApplicable)
}
