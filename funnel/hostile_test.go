package funnel_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"pgregory.net/rapid"
)

// hostileEvents gives events as no CRM should send them: amounts of any size
// and sign, IDs in any alphabet, instants around leap days, week 53 and the
// ends of summer time, dates in the wrong order.
func hostileEvents(t *rapid.T, zone *time.Location) []funnel.Event {
	amounts := []kpi.Value{{}, {}, kpi.Int(0), kpi.Int(-500), kpi.Int(700), kpi.MustParse("1" + strings.Repeat("0", 30)), kpi.MustParse("-1" + strings.Repeat("0", 30)), kpi.Frac(1, 3), kpi.Undefined(kpi.NoAmount), kpi.Undefined(kpi.Unpriced)}
	days := []string{"2019-12-30", "2020-02-28", "2020-02-29", "2020-03-01", "2020-03-28", "2020-03-29", "2020-10-25", "2020-12-31", "2021-01-03", "2021-01-04", "1900-01-01", "2200-12-31"}
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) funnel.Event {
		e := funnel.Event{
			Deal:        rapid.SampledFrom([]string{"", "商机", "e\u0301", "é", "\xff", " ", "D"}).Draw(t, "deal"),
			Seq:         rapid.Int64Range(-1, 1).Draw(t, "seq"),
			Birth:       rapid.IntRange(0, 5).Draw(t, "birth") == 0,
			Stage:       rapid.SampledFrom([]string{"", "lead", "demo", "offer", "won", "won", "lost", "lost", "duplicate", "阶段"}).Draw(t, "stage"),
			From:        rapid.SampledFrom([]string{"", "", "lead", "won", "lost", "阶段"}).Draw(t, "from"),
			Owner:       rapid.SampledFrom([]string{"", "ann", "安娜", "\xff"}).Draw(t, "owner"),
			Amount:      rapid.SampledFrom(amounts).Draw(t, "amount"),
			ListPrice:   rapid.SampledFrom(amounts).Draw(t, "list"),
			Probability: rapid.SampledFrom([]kpi.Value{{}, kpi.Int(-1), kpi.Frac(1, 3), kpi.Int(33), kpi.Undefined(kpi.NoData)}).Draw(t, "probability"),
			Category:    funnel.Category(rapid.SampledFrom([]int{0, 1, 4, 77}).Draw(t, "category")),
			Reason:      rapid.SampledFrom([]string{"", "价格", "\xff"}).Draw(t, "reason"),
			Activity:    rapid.SampledFrom([]string{"", "call"}).Draw(t, "activity"),
			Removed:     rapid.IntRange(0, 9).Draw(t, "removed") == 0,
		}
		if i := rapid.IntRange(-1, len(days)-1).Draw(t, "at"); i >= 0 {
			hours := rapid.SampledFrom([]int{0, 1, 2, 3, 23, 48}).Draw(t, "hour")
			e.At = funnel.StartOf(calendar.MustDay(days[i]), zone).Add(time.Duration(hours)*time.Hour + 30*time.Minute)
		}
		if i := rapid.IntRange(-1, len(days)-1).Draw(t, "close"); i >= 0 {
			e.ExpectedClose, e.NextStep = calendar.MustDay(days[i]), calendar.MustDay(days[len(days)-1-i])
		}
		return e
	}), 0, 40).Draw(t, "events")
}

// everything asks all that can be asked.
func everything(t *rapid.T, h *funnel.Histories, a *funnel.Analysis, q funnel.Question) map[string]any {
	answers := map[string]any{"report": a.Report(), "rework": a.Rework(), "stages": a.Stages(), "deals": a.Deals()}
	add := func(name string, answer any, err error) {
		if err == nil { // such as a period after the as-of day
			answers[name] = answer
		}
	}
	year := calendar.Calendar{}.MustParse("2020")
	in := rapid.SampledFrom([]calendar.Period{year, calendar.Calendar{}.MustParse("2020-Q1"), calendar.Calendar{}.MustParse("2020-02"), calendar.Calendar{}.MustParse("2020-W53"), calendar.Calendar{}.MustParse("1901")}).Draw(t, "in")
	within := rapid.SampledFrom([]int{0, 1, 400}).Draw(t, "within")
	method := rapid.SampledFrom([]kpi.IntervalMethod{kpi.Wilson, kpi.ClopperPearson, kpi.Jeffreys}).Draw(t, "method")
	s := funnel.Sampling{Confidence: kpi.Confidence{Method: method, Fewest: 1}, Clusters: []funnel.Cluster{{By: "stage", Key: func(d funnel.Deal) string { return d.Stage }}}}
	for _, to := range []string{"", "offer"} {
		rule := funnel.ConversionRule{To: to, Within: within, Sampling: s}
		c, err := a.Conversion(rule)
		add("conversion "+to, c, err)
		curve, err := a.Curve(rule)
		add("curve "+to, curve, err)
	}
	steps, err := a.StageConversions(s)
	add("stage conversions", steps, err)
	for _, p := range []calendar.Period{{}, in} {
		w, err := a.WinRates(funnel.WinRateRule{Period: p, Within: within, Sampling: s})
		add("win rates "+p.String(), w, err)
	}
	for _, by := range []funnel.TimeBy{funnel.CalendarDays, funnel.Elapsed} {
		times, err := a.Times(funnel.Measure{By: by})
		add("times "+by.String(), times, err)
		stalled, err := a.Stalled(funnel.StallRule{AtLeast: 1, ActivityCounts: true, Measure: funnel.Measure{By: by}})
		add("stalled "+by.String(), stalled, err)
	}
	for _, end := range []funnel.Outcome{funnel.Won, funnel.Lost, funnel.Disqualified} {
		reasons, err := a.Reasons(end)
		add("reasons "+end.String(), reasons, err)
	}
	slips, err := a.Slippage(funnel.SlipRule{Often: 1, Grain: calendar.Weekly})
	add("slippage", slips, err)
	concentration, err := a.Concentration(2)
	add("concentration", concentration, err)
	created, err := a.Created(in)
	add("created", created, err)
	closed, err := a.CreateAndClose(in)
	add("create and close", closed, err)
	flow, err := a.Flow(in)
	add("flow", flow, err)
	moves, err := a.Moves(in)
	add("moves", moves, err)
	ages, err := a.CohortAges(0, 1, 30)
	add("cohort ages", ages, err)
	velocity, err := a.Velocity(funnel.VelocityRule{Reference: in})
	add("velocity", velocity, err)
	for _, target := range []kpi.Value{{}, kpi.Int(0), kpi.MustParse("1" + strings.Repeat("0", 30))} {
		coverage, err := a.Coverage(funnel.CoverageRule{Period: in, Target: target, AnyClose: true})
		add("coverage "+target.String(), coverage, err)
		reverse, err := a.Reverse(funnel.Aim{Amount: target, Period: in})
		add("reverse "+target.String(), reverse, err)
	}
	parts, _, err := a.By(func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "ann" })
	if err != nil {
		t.Fatal(err)
	}
	parts = append(parts, funnel.Part{Key: "nobody", Analysis: emptyLike(t, q)})
	bottlenecks, err := funnel.BottlenecksOf(parts, funnel.BottleneckRule{Period: in, Every: calendar.Monthly, Confidence: kpi.Confidence{Fewest: 1}})
	add("bottlenecks", bottlenecks, err)
	compared, err := funnel.Compare(parts, funnel.CompareRule{Within: within})
	add("compared", compared, err)
	past, err := funnel.LookBack(h, q, calendar.Monthly, 3)
	if err != nil {
		t.Fatal(err)
	}
	answers["yields"] = funnel.Yields(past, true)
	before := q
	before.AsOf = before.AsOf.AddDate(0, -3, 0)
	if earlier, err := funnel.Analyze(h, before); err == nil {
		change, err := funnel.Between(earlier, a, funnel.Scope{})
		add("change", change, err)
	}
	for _, p := range parts {
		answers["part "+p.Key] = p.Analysis.Report()
	}
	return answers
}

func emptyLike(t *rapid.T, q funnel.Question) *funnel.Analysis {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	a, err := funnel.Analyze(h, q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// mayPassOne are the ratios that are no shares: coverage, prices, activities
// and visits per deal, progress, and what deals that were open brought, whose
// amounts may have risen since.
func mayPassOne() []string {
	return []string{"coverage.Ratio", "coverage.OfTarget", ".RealisedPrice", ".PerDeal", "rework.Stages.Rate.Ratio", "rework.Progress.Ratio", "yields.Yield", "yields.Periods.Yield"}
}

// holds walks an answer: no list of it is nil, no share lies outside 0…1, and
// no ratio of nothing is a number.
func holds(t *rapid.T, path string, v reflect.Value) {
	switch x := v.Interface().(type) {
	case kpi.Ratio:
		got := x.Value()
		noShare := slices.ContainsFunc(mayPassOne(), func(end string) bool { return strings.HasSuffix(path, end) })
		if got.Defined() && !noShare && (got.Sign() < 0 || kpi.Int(1).Less(got)) {
			t.Errorf("%s is %s", path, x)
		}
		return
	case kpi.Estimate:
		if strings.HasSuffix(path, ".Share") || strings.HasSuffix(path, "Interval.Low") || strings.HasSuffix(path, "Interval.High") {
			if f, ok := x.Float64(); ok && !strings.Contains(path, "Difference") && (f < 0 || f > 1) {
				t.Errorf("%s is %v", path, f)
			}
		}
		return
	case kpi.Value, calendar.Period, calendar.Day, time.Time:
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				name := path + "." + v.Type().Field(i).Name
				if v.Type().Field(i).Anonymous {
					name = path
				}
				holds(t, name, v.Field(i))
			}
		}
	case reflect.Slice:
		if v.IsNil() {
			t.Errorf("%s is nil", path)
		}
		for i := range v.Len() {
			holds(t, path, v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			holds(t, path, v.Elem())
		}
	}
}

// balances holds that a flow and a change add up to the last digit.
func balances(t *rapid.T, answer any) {
	switch x := answer.(type) {
	case funnel.Flow:
		reconcileFlow(t, x)
	case funnel.PipelineChange:
		deals, value := x.Opening.Deals, zero(x.Opening.Value)
		for _, l := range x.Lines {
			deals += int64(l.Cause.Deals()) * l.Count
			value = value.Add(kpi.Int(int64(l.Cause.Sign())).Mul(zero(l.Value)))
		}
		if deals != x.Closing.Deals || value != zero(x.Closing.Value) {
			t.Errorf("%d deals and %s, closing %+v", deals, value, x.Closing)
		}
	}
}

// Whatever the histories hold and whatever is asked, nothing panics, every
// answer goes into JSON, no list is null, no share lies outside 0…1, and what
// should balance does.
func TestNothingBreaks(t *testing.T) {
	zones := []*time.Location{time.UTC, byRule(t, "CET-1CEST,M3.5.0,M10.5.0/3", 3600), time.FixedZone("east", 14*3600), time.FixedZone("west", -12*3600)}
	for _, name := range []string{"Europe/Berlin", "America/Sao_Paulo", "Pacific/Apia"} {
		if zone, err := time.LoadLocation(name); err == nil {
			zones = append(zones, zone)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom(zones).Draw(t, "zone")
		h := filled(t, hostileEvents(t, zone))
		q := anyQuestion(t)
		q.Location = zone
		q.AsOf = funnel.EndOf(calendar.MustDay(rapid.SampledFrom([]string{"1900-06-30", "2020-02-29", "2020-10-25", "2021-01-03", "2021-12-31", "2200-12-31"}).Draw(t, "day")), zone)
		if !q.ClosingsFrom.IsZero() {
			q.ClosingsFrom = calendar.MustDay("2020-02-29")
		}
		a, err := funnel.Analyze(h, q)
		if err != nil {
			return
		}
		answers := everything(t, h, a, q)
		for _, name := range slices.Sorted(maps.Keys(answers)) {
			if _, err := json.Marshal(answers[name]); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			balances(t, answers[name])
			holds(t, strings.Fields(name + " ")[0], reflect.ValueOf(answers[name]))
		}
		if t.Failed() {
			t.Log(fmt.Sprint(q))
		}
	})
}
