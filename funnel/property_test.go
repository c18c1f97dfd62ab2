package funnel_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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

// anyEvent draws events of a few deals in a few days, so that ties, repeats,
// gaps and contradictions are common.
func anyEvent() *rapid.Generator[funnel.Event] {
	amount := func(t *rapid.T, name string) kpi.Value {
		return rapid.SampledFrom([]kpi.Value{{}, {}, kpi.Int(0), kpi.Int(100), kpi.Minor(12345, 2), kpi.Frac(1, 3), kpi.Undefined(kpi.NoAmount)}).Draw(t, name)
	}
	return rapid.Custom(func(t *rapid.T) funnel.Event {
		e := funnel.Event{
			Deal:        fmt.Sprint("D", rapid.IntRange(0, 6).Draw(t, "deal")),
			Seq:         rapid.Int64Range(0, 2).Draw(t, "seq"),
			Birth:       rapid.IntRange(0, 9).Draw(t, "birth") == 0,
			Stage:       rapid.SampledFrom([]string{"", "lead", "demo", "offer", "won", "lost", "duplicate", "legal"}).Draw(t, "stage"),
			From:        rapid.SampledFrom([]string{"", "", "", "lead", "demo", "lost"}).Draw(t, "from"),
			Owner:       rapid.SampledFrom([]string{"", "", "ann", "bob"}).Draw(t, "owner"),
			Amount:      amount(t, "amount"),
			ListPrice:   amount(t, "list"),
			Probability: rapid.SampledFrom([]kpi.Value{{}, {}, kpi.Frac(1, 3), kpi.Int(33)}).Draw(t, "probability"),
			Category:    rapid.SampledFrom([]funnel.Category{0, 0, funnel.Commit, funnel.Omitted}).Draw(t, "category"),
			Reason:      rapid.SampledFrom([]string{"", "", "price", "timing"}).Draw(t, "reason"),
			Activity:    rapid.SampledFrom([]string{"", "", "call"}).Draw(t, "activity"),
			Removed:     rapid.IntRange(0, 15).Draw(t, "removed") == 0,
		}
		if day := rapid.IntRange(-3, 40).Draw(t, "day"); day > 0 {
			e.At = on(day)
		}
		if day := rapid.IntRange(-40, 40).Draw(t, "close"); day > 0 {
			e.ExpectedClose, e.NextStep = january(day), january(day/2+1)
		}
		return e
	})
}

func filled(t *rapid.T, events []funnel.Event) *funnel.Histories {
	h, err := funnel.New(hardware())
	if err != nil {
		t.Fatal(err)
	}
	h.AddSeq(slices.Values(events))
	return h
}

func anyQuestion(t *rapid.T) funnel.Question {
	q := funnel.Question{
		AsOf:     funnel.EndOf(january(rapid.IntRange(1, 45).Draw(t, "as of")), time.UTC),
		Location: time.UTC,
		Start:    rapid.SampledFrom([]string{"", "lead", "demo", "offer"}).Draw(t, "start"),
		ValueBy:  rapid.SampledFrom([]funnel.ValueBy{funnel.ByAmount, funnel.ByListPrice}).Draw(t, "by"),
		Cohorts:  rapid.SampledFrom([]calendar.Grain{calendar.NoGrain, calendar.Daily, calendar.Weekly}).Draw(t, "grain"),
		Horizon:  rapid.IntRange(0, 10).Draw(t, "horizon"),
		Stale:    funnel.Stale{AtLeast: rapid.IntRange(0, 2).Draw(t, "least")},
		Policy: funnel.Policy{
			Skips: rapid.SampledFrom([]funnel.Skips{funnel.Implied, funnel.Entered, funnel.Strict}).Draw(t, "skips"),
			Back:  rapid.SampledFrom([]funnel.Back{funnel.Kept, funnel.Net}).Draw(t, "back"),
			Lives: rapid.SampledFrom([]funnel.Lives{funnel.OneLife, funnel.NewLife}).Draw(t, "lives"),
			Clock: rapid.SampledFrom([]funnel.Clock{funnel.FirstEntry, funnel.LastEntry}).Draw(t, "clock"),
		},
	}
	if day := rapid.IntRange(-20, 20).Draw(t, "window"); day > 0 {
		q.ClosingsFrom = january(day)
	}
	return q
}

func state(t *rapid.T, h *funnel.Histories) []byte {
	data, err := h.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func answer(t *rapid.T, h *funnel.Histories, q funnel.Question) funnel.Groups {
	by, err := reportBy(h, q, func(d funnel.Deal) (string, bool) { return d.Owner, d.Owner != "" })
	if err != nil {
		t.Fatal(err)
	}
	return by
}

// The same events in any order, however often, give the same bytes and the
// same report, and stay as they are.
func TestOrderAndRepeatsDoNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events")
		before := slices.Clone(events)
		other := rapid.Permutation(append(slices.Clone(events), events[:len(events)/2]...)).Draw(t, "permuted")
		q := anyQuestion(t)
		h, g := filled(t, events), filled(t, other)
		if !bytes.Equal(state(t, h), state(t, g)) {
			t.Fatal("other bytes")
		}
		if a, b := answer(t, h, q), answer(t, g, q); !reflect.DeepEqual(a, b) {
			t.Fatalf("other report\n%+v\n%+v", a, b)
		}
		if !reflect.DeepEqual(before, events) {
			t.Fatal("the input was changed")
		}
	})
}

// Merging parts in any way is filling with everything; merging again changes
// nothing; what was merged in stays as it was.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events")
		i := rapid.IntRange(0, len(events)).Draw(t, "cut")
		j := rapid.IntRange(i, len(events)).Draw(t, "second cut")
		all, q := filled(t, events), anyQuestion(t)
		left, middle, right := filled(t, events[:i]), filled(t, events[i:j]), filled(t, events[j:])
		before := state(t, left)
		for _, part := range []*funnel.Histories{middle, left, middle, left} {
			if err := right.Merge(part); err != nil {
				t.Fatal(err)
			}
		}
		if err := right.Merge(right); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(state(t, right), state(t, all)) || !reflect.DeepEqual(answer(t, right, q), answer(t, all, q)) {
			t.Fatal("the parts are not the whole")
		}
		if !bytes.Equal(before, state(t, left)) {
			t.Fatal("the other side was changed")
		}
	})
}

func TestStateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := filled(t, rapid.SliceOfN(anyEvent(), 0, 30).Draw(t, "events"))
		g, q := filled(t, []funnel.Event{{Deal: "old", Stage: "lead"}}), anyQuestion(t)
		data := state(t, h)
		if err := g.UnmarshalBinary(data); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(state(t, g), data) || !reflect.DeepEqual(answer(t, h, q), answer(t, g, q)) {
			t.Fatal("not the same")
		}
	})
}

// slowReached counts by the definition: a deal has reached a stage if it has
// an entry into it or a later open stage by the as-of instant, or is won; the
// first stage is reached by every deal. It takes dated events alone.
func slowReached(events []funnel.Event, asOf time.Time) (reached [3]int64, won, lost, open int64) {
	order := []string{"lead", "demo", "offer", "won", "lost", "duplicate"}
	deals := map[string]bool{}
	for _, e := range events {
		if !e.At.After(asOf) {
			deals[e.Deal] = true
		}
	}
	for deal := range deals {
		var last *funnel.Event
		highest := 0
		for i, e := range events {
			rank := slices.Index(order, e.Stage)
			if e.Deal != deal || e.At.After(asOf) {
				continue
			}
			if rank < 3 {
				highest = max(highest, rank)
			}
			later := last == nil || e.At.After(last.At) || e.At.Equal(last.At) && (e.Seq > last.Seq ||
				e.Seq == last.Seq && rank > slices.Index(order, last.Stage))
			if later {
				last = &events[i]
			}
		}
		switch last.Stage {
		case "won":
			won, highest = won+1, 2
		case "lost":
			lost++
		case "duplicate":
		default:
			open++
		}
		for i := range highest + 1 {
			reached[i]++
		}
	}
	return reached, won, lost, open
}

func TestAgainstTheSlowModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) funnel.Event {
			return funnel.Event{
				Deal:  fmt.Sprint("D", rapid.IntRange(0, 5).Draw(t, "deal")),
				At:    on(rapid.IntRange(1, 8).Draw(t, "day")),
				Seq:   rapid.Int64Range(0, 1).Draw(t, "seq"),
				Stage: rapid.SampledFrom([]string{"lead", "demo", "offer", "won", "lost", "duplicate"}).Draw(t, "stage"),
			}
		}), 0, 40).Draw(t, "events")
		asOf := on(rapid.IntRange(1, 9).Draw(t, "as of"))
		r, err := report(filled(t, events), funnel.Question{AsOf: asOf, Location: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		reached, won, lost, open := slowReached(events, asOf)
		for i, s := range r.Stages {
			if s.Reached != reached[i] {
				t.Fatalf("%s: %d, the slow model has %d", s.Stage, s.Reached, reached[i])
			}
		}
		if r.Counts.Won != won || r.Counts.Lost != lost || r.Counts.Open != open {
			t.Fatalf("%+v, the slow model has %d won, %d lost, %d open", r.Counts, won, lost, open)
		}
	})
}

// Everything that should add up does, and every rate is a share.
func TestReconciles(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := filled(t, rapid.SliceOfN(anyEvent(), 0, 40).Draw(t, "events"))
		by := answer(t, h, anyQuestion(t))
		total := by.Ungrouped
		for _, g := range by.Groups {
			reconcile(t, g.Report)
			total += g.Report.Counts.Lives
		}
		reconcile(t, by.All)
		if total != by.All.Counts.Lives || by.All.Counts.Read != int64(h.Len()) {
			t.Fatalf("groups hold %d of %d lives, read %d of %d", total, by.All.Counts.Lives, by.All.Counts.Read, h.Len())
		}
	})
}

func reconcile(t *rapid.T, r funnel.Report) {
	is := func(what string, a, b int64) {
		if a != b {
			t.Fatalf("%s: %d and %d", what, a, b)
		}
	}
	c := r.Counts
	excluded := int64(0)
	for _, e := range c.Excluded {
		excluded += e.Deals
	}
	is("read", c.Read, c.Counted+excluded)
	is("lives", c.Lives, c.Open+c.Won+c.Lost+c.Disqualified)
	if r.Policy.Lives == funnel.OneLife || c.Lives < c.Counted {
		is("counted", c.Lives, c.Counted)
	}
	is("closed", c.Won+c.Lost+c.Disqualified, r.Won.Deals+r.Lost.Deals+r.Disqualified.Deals+c.OutsideWindow)
	is("cycles", r.CycleClosed.N+r.CycleClosed.Missing, r.Won.Deals+r.Lost.Deals+r.Disqualified.Deals)
	is("open", c.Open, r.Open.Total().Deals)
	if r.Policy.Skips == funnel.Implied {
		is("first stage", c.Lives, r.Stages[0].Reached)
	}
	rates := []kpi.Ratio{r.WinRate, r.WinRateByValue}
	var openHere, lostHere, inStages int64
	for i, s := range r.Stages {
		is("reached", s.Reached, s.Entered+s.Implied)
		is("became", s.Reached, s.Open+s.Won+s.Lost+s.Disqualified)
		if r.Policy.Skips == funnel.Implied {
			is("won", s.Won, c.Won)
		}
		is("open in stage", s.OpenHere, r.Open.Stages[i].Total().Deals)
		inStages += r.Open.Stages[i].Total().Deals
		openHere, lostHere = openHere+s.OpenHere, lostHere+s.LostHere
		rates = append(rates, s.ToNext, s.ToClosed, s.ToWon)
		if i > 0 && r.Policy.Skips != funnel.Entered && s.Reached > r.Stages[i-1].Reached || s.Skipped > s.Implied {
			t.Fatalf("stages %+v", r.Stages)
		}
	}
	is("open here", openHere, c.Open)
	is("lost here", lostHere, c.Lost)
	is("open by stage", inStages, c.Open)
	inBuckets := r.Open.NoAge.Total().Deals
	for _, b := range r.Open.Buckets {
		inBuckets += b.Total().Deals
	}
	is("open by age", inBuckets, c.Open)
	inCohorts := r.CohortUnknown
	for _, c := range r.Cohorts {
		is("cohort", c.Deals, c.Open+c.Won+c.Lost+c.Disqualified)
		inCohorts += c.Deals
		rates = append(rates, c.Conversion, c.Observed, c.WinRate)
	}
	is("cohorts", inCohorts, c.Lives)
	for _, f := range r.Findings {
		for _, lang := range []string{"en", "zh"} {
			if text := funnel.Findings().Text(f, lang); strings.ContainsAny(text, "{}") || strings.HasPrefix(text, f.Code) {
				t.Fatalf("no sentence for %+v: %s", f, text)
			}
		}
	}
	for _, rate := range rates {
		if v := rate.Value(); v.Defined() && (v.Sign() < 0 || kpi.Int(1).Less(v)) {
			t.Fatalf("a rate of %s", rate)
		}
	}
}

// A report comes back from JSON as it was, and no list in it is null.
func TestReportJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := filled(t, rapid.SliceOfN(anyEvent(), 0, 5).Draw(t, "events"))
		r, err := report(h, anyQuestion(t))
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(bytes.ReplaceAll(text, []byte(`"closings_from":null`), nil), []byte("null")) {
			t.Fatalf("null in %s", text)
		}
		var read funnel.Report
		if err := json.Unmarshal(text, &read); err != nil || !reflect.DeepEqual(read, r) {
			t.Fatalf("%v\n%+v\n%+v", err, read, r)
		}
	})
}
