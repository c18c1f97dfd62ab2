package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFindings(t *testing.T) {
	for name, test := range map[string]struct {
		why   string
		deals string
		want  []string
	}{
		"nothing":   {"a clean file has none", "1,Ann,MG,A,Won,2026-01-05,2026-02-01,1\n2,王伟,MG,A,Engaging,2026-01-05,,\n", nil},
		"repaired":  {"case and spaces are repaired, spellings in order", "1,Ann,m g,A,Won,2026-01-05,2026-02-01,1\n2,王伟,GTXPro,A,Engaging,2026-01-05,,\n3,Ann,gtx pro,A,Engaging,2026-01-05,,\n4,Ann,GTXPro,A,Engaging,2026-01-05,,\n", []string{"4 product names repaired (GTXPro → GTX Pro, gtx pro → GTX Pro, m g → MG, equal but for case and spaces)  [sales_pipeline.csv:product, first on line 2]"}},
		"gaps":      {"they overlap and come in a fixed order", "1,Ann,MG,,Prospecting,,,\n2,王伟,MG,,Engaging,2026-01-05,,\n", []string{"2 without account  [sales_pipeline.csv:account, first on line 2]", "1 without engage date  [sales_pipeline.csv:engage_date, first on line 2]"}},
		"closings":  {"a closing without a day, one before its beginning, a win without amount", "1,Ann,MG,A,Lost,2026-01-05,,1\n2,王伟,MG,A,Won,2026-01-05,2026-01-04,\n", []string{"1 won or lost without close date: they belong to no period  [sales_pipeline.csv:close_date, first on line 2]", "1 closed before they were engaged: they have no sales cycle  [sales_pipeline.csv:close_date, first on line 3]", "1 won without amount  [sales_pipeline.csv:close_value, first on line 3]"}},
		"inactive":  {"who sold nothing is named", "1,Ann,MG,A,Engaging,2026-01-05,,\n", []string{"1 sellers without deals: 王伟  [sales_teams.csv]"}},
		"same day":  {"a deal may close on the day on which it began", "1,Ann,MG,A,Won,2026-01-05,2026-01-05,1\n2,王伟,MG,A,Engaging,2026-01-05,,\n", nil},
		"open, due": {"an open deal's close date is when it is expected", "1,Ann,MG,A,Engaging,2026-01-05,2025-01-01,\n2,王伟,MG,A,Engaging,2026-01-05,,\n", nil},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, f := range read(t, dealsFile, dealsHead+test.deals).Findings {
				got = append(got, English.sentence(f, readingTemplates())+English.source(f))
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s: %s", test.why, diff)
			}
		})
	}
}

func TestCycle(t *testing.T) {
	deals := read(t, dealsFile, dealsHead+
		"1,Ann,MG,A,Won,2026-01-05,2026-02-05,1\n2,Ann,MG,A,Lost,2026-01-05,2026-01-05,1\n"+
		"3,Ann,MG,A,Won,,2026-01-05,1\n4,Ann,MG,A,Won,2026-01-05,2026-01-04,1\n"+
		"5,Ann,MG,A,Engaging,2026-01-05,2026-01-09,1\n6,Ann,MG,A,Won,2026-01-05,,1\n").Deals
	for i, want := range []int{31, 0, -1, -1, -1, -1} {
		days, ok := deals[i].Cycle()
		if ok != (want >= 0) || ok && days != want {
			t.Errorf("deal %s: %d, %v, want %d", deals[i].ID, days, ok, want)
		}
	}
}

func TestSome(t *testing.T) {
	names := strings.Split("abcdefghi", "")
	if got := some(names); got != "a, b, c, d, e, f, g, h, …" || names[8] != "i" {
		t.Errorf("got %s, %v", got, names)
	}
	if got := some(names[:8]); got != "a, b, c, d, e, f, g, h" {
		t.Errorf("got %s", got)
	}
}

// Every sentence stands in both languages and holds the same arguments.
func TestReadingTemplates(t *testing.T) {
	for _, template := range readingTemplates() {
		if template.English == "" || template.Chinese == "" || strings.Count(template.English, "{") != strings.Count(template.Chinese, "{") {
			t.Errorf("%s: %q and %q", template.Code, template.English, template.Chinese)
		}
	}
}
