package forecast_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/funnel/forecast"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

// shown is a number of deals as a result shows it, with the figure that names
// it: what they are worth, or what they add to a landing, where it says so.
type shown struct {
	figure   forecast.Figure
	deals    int64
	value    *kpi.Partial
	expected *kpi.Value
}

type figures []shown

func (f *figures) deals(figure forecast.Figure, n int64) {
	*f = append(*f, shown{figure: figure, deals: n})
}

func (f *figures) worth(figure forecast.Figure, n int64, v kpi.Partial) {
	*f = append(*f, shown{figure: figure, deals: n, value: &v})
}

func (f *figures) stock(figure forecast.Figure, s funnel.Stock) { f.worth(figure, s.Deals, s.Value) }

// part takes one of a landing. Where people's word stands in place of the
// deals, said, its value is not theirs.
func (f *figures) part(figure forecast.Figure, p forecast.Part, said bool) {
	is := shown{figure: figure, deals: p.Deals}
	if !said {
		is.expected = &p.Value
		missing := figure
		missing.Missing = true
		f.deals(missing, p.Missing)
	}
	*f = append(*f, is)
}

func all(which forecast.Which) forecast.Figure { return forecast.Figure{Which: which} }

func (f *figures) ofLanding(fc *forecast.Forecast, aim forecast.Aim) {
	l, said := fc.Landing(), aim.Method == forecast.Categories && len(aim.Calls) > 0
	f.part(all(forecast.WonOnes), l.Won, false)
	f.part(all(forecast.DueOnes), l.Due, said)
	f.part(all(forecast.ElsewhereOnes), l.Elsewhere, false)
	f.deals(all(forecast.OpenOnes), l.Open.Deals)
	for _, o := range fc.Owners(aim.Method) {
		by := func(which forecast.Which) forecast.Figure {
			return forecast.Figure{Which: which, ByOwner: true, Owner: o.Owner}
		}
		f.part(by(forecast.WonOnes), o.Won, false)
		f.part(by(forecast.DueOnes), o.Due, said)
		f.part(by(forecast.ElsewhereOnes), o.Elsewhere, false)
	}
	w := fc.Weighted()
	for which, h := range map[forecast.Which]funnel.Holding{forecast.OpenOnes: w.All, forecast.BelievableOnes: w.Believable, forecast.OlderOnes: w.Older} {
		f.worth(all(which), h.Deals, h.Value)
	}
}

func (f *figures) ofCategories(fc *forecast.Forecast) {
	c := fc.Categories()
	f.stock(all(forecast.WonOnes), c.Won)
	f.stock(forecast.Figure{Which: forecast.OpenOnes, Category: funnel.Omitted}, c.Omitted)
	for _, line := range c.Lines {
		f.stock(forecast.Figure{Which: forecast.DueOnes, Category: line.Category}, line.Single)
	}
	for _, o := range c.Owners {
		f.stock(forecast.Figure{Which: forecast.WonOnes, ByOwner: true, Owner: o.Owner}, o.Won)
		for _, line := range o.Lines {
			f.stock(forecast.Figure{Which: forecast.DueOnes, Category: line.Category, ByOwner: true, Owner: o.Owner}, line.Single)
		}
	}
}

func (f *figures) ofCover(t *rapid.T, fc *forecast.Forecast, aim forecast.Aim) {
	next := []kpi.Value{kpi.Int(10)}
	if aim.AnyClose {
		next = nil
	}
	c, err := fc.Cover(next...)
	must(t, err)
	for _, p := range c.Periods {
		in := func(which forecast.Which) forecast.Figure { return forecast.Figure{Which: which, Period: p.Period} }
		f.worth(in(forecast.WonOnes), int64(p.Won.Of), p.Won)
		for which, h := range map[forecast.Which]funnel.Holding{forecast.DueOnes: p.Open, forecast.StaleOnes: p.Stale, forecast.OmittedOnes: p.Omitted,
			forecast.NoCloseOnes: p.NoClose, forecast.PastCloseOnes: p.PastClose, forecast.OtherPeriodOnes: p.Elsewhere} {
			f.worth(in(which), h.Deals, h.Value)
		}
	}
	f.stock(all(forecast.CreatedOnes), c.Creation.Created)
	l, err := fc.Linearity()
	must(t, err)
	f.stock(all(forecast.WonOnes), l.This.Won)
	f.stock(forecast.Figure{Which: forecast.WonOnes, Period: l.This.LastWeek.Days}, l.This.LastWeek.Won)
	f.stock(all(forecast.PulledInOnes), l.This.PulledIn)
	f.stock(all(forecast.PushedOutOnes), l.This.PushedOut)
	d, err := fc.Decisive(3)
	must(t, err)
	f.deals(all(forecast.DueOnes), d.Due)
}

func (f *figures) ofHygiene(t *rapid.T, fc *forecast.Forecast) {
	rule := forecast.HygieneRule{QuietDays: rapid.IntRange(0, 5).Draw(t, "quiet"), Pushes: rapid.IntRange(0, 2).Draw(t, "pushes")}
	h, err := fc.Hygiene(rule)
	must(t, err)
	f.ofTidy(forecast.Figure{Hygiene: rule}, h.All)
	for _, o := range h.Owners {
		f.ofTidy(forecast.Figure{Hygiene: rule, ByOwner: true, Owner: o.Owner}, o)
	}
}

func (f *figures) ofTidy(figure forecast.Figure, l forecast.HygieneLine) {
	for which, s := range map[forecast.Which]funnel.Stock{forecast.OpenOnes: l.Open, forecast.CleanOnes: l.Clean, forecast.UntidyOnes: l.Untidy} {
		figure.Which = which
		f.stock(figure, s)
	}
	figure.Which = forecast.UntidyInOnes
	for _, c := range l.Counts {
		figure.Untidy = c.Untidy
		f.stock(figure, c.Deals)
	}
}

func must(t *rapid.T, err error) {
	if err != nil {
		t.Fatal(err)
	}
}

// Behind every number of deals of a forecast there are as many deals, and
// they are worth, or add to the landing, what it says; page by page they are
// the same.
func TestBehindEveryFigure(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := filled(t, rapid.SliceOfN(anyEvent(), 0, 60).Draw(t, "events"))
		p := week(rapid.IntRange(1, 6).Draw(t, "week"))
		aim := anyAim(t, p)
		fc, err := forecast.New(h, anyQuestion(t, p.Start().Add(rapid.IntRange(-2, 6).Draw(t, "as of"))), aim)
		must(t, err)
		var f figures
		f.ofLanding(fc, aim)
		f.ofCategories(fc)
		f.ofCover(t, fc, aim)
		f.ofHygiene(t, fc)
		page := kpi.Page{Limit: rapid.IntRange(1, 3).Draw(t, "limit")}
		for _, is := range f {
			b, err := fc.Behind(is.figure, kpi.Page{})
			if err != nil || b.Count != is.deals || len(b.Deals) != int(is.deals) {
				t.Fatalf("%+v: %d deals, want %d, %v", is.figure, b.Count, is.deals, err)
			}
			if is.value != nil && b.Value != *is.value {
				t.Fatalf("%+v: worth %+v, want %+v", is.figure, b.Value, *is.value)
			}
			if is.expected != nil && b.Expected != *is.expected {
				t.Fatalf("%+v: adds %s, want %s", is.figure, b.Expected, *is.expected)
			}
			paged(t, fc, is.figure, b, page)
		}
	})
}

// paged puts the pages together.
func paged(t *rapid.T, fc *forecast.Forecast, f forecast.Figure, all forecast.Behind, page kpi.Page) {
	deals, ids := []forecast.BehindDeal{}, []string{}
	for range all.Total + 1 {
		b, err := fc.Behind(f, page)
		if err != nil || b.Total != all.Total || b.Count != all.Count || b.Value != all.Value || b.Expected != all.Expected || len(b.IDs) > page.Limit {
			t.Fatalf("page %+v: %+v, %v", page, b, err)
		}
		deals, ids = append(deals, b.Deals...), append(ids, b.IDs...)
		if page.After = b.Next; b.Next == "" {
			break
		}
	}
	if !slices.Equal(deals, all.Deals) || !slices.Equal(ids, all.IDs) || len(ids) != all.Total || !slices.IsSorted(ids) {
		t.Fatalf("the pages of %+v are not the whole", f)
	}
}

// The deals of a line of a change are behind it, on pages.
func TestBehindChange(t *testing.T) {
	line := forecast.ChangeLine{Deals: []forecast.DealEffect{{Deal: "D9"}, {Deal: "D1"}, {Deal: "D5"}}}
	b, err := line.Behind(kpi.Page{After: "D1", Limit: 1})
	if err != nil || !slices.Equal(b.IDs, []string{"D5"}) || b.Next != "D5" || b.Total != 3 {
		t.Errorf("%+v, %v", b, err)
	}
	if _, err := line.Behind(kpi.Page{Limit: -1}); !errors.Is(err, check.ErrRange) {
		t.Error(err)
	}
}

func TestFigureErrors(t *testing.T) {
	bad := forecast.Figure{Which: 99, Category: 99, Untidy: 99, Owner: "ann", Hygiene: forecast.HygieneRule{QuietDays: -1, Pushes: -1}}
	var paths []string
	for _, e := range check.All(bad.Validate()) {
		paths = append(paths, e.Path)
	}
	if want := []string{"which", "category", "untidy", "owner", "hygiene.quiet_days", "hygiene.pushes"}; !slices.Equal(paths, want) {
		t.Errorf("%v, want %v", paths, want)
	}
	f, err := forecast.New(team(), monday("2026-05-25"), secondQuarter())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Behind(bad, kpi.Page{Limit: -1}); len(check.All(err)) != 7 {
		t.Error(err)
	}
	figure := forecast.Figure{Which: forecast.UntidyInOnes, Untidy: forecast.NoNextStep, ByOwner: true, Period: week(3)}
	text, err := json.Marshal(figure)
	var back forecast.Figure
	if err != nil || json.Unmarshal(text, &back) != nil || back != figure {
		t.Errorf("%s, %+v, %v", text, back, err)
	}
}
