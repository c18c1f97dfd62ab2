package main

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// sampleWith gives the files of the sample with some changed: a pair of name
// and text replaces a file, and an empty text takes it away.
func sampleWith(t *testing.T, pairs ...string) fstest.MapFS {
	t.Helper()
	names, err := fs.Glob(embedded, "sample/*.csv")
	if err != nil || len(names) < 14 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	files := fstest.MapFS{}
	for _, name := range names {
		data, err := embedded.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[strings.TrimPrefix(name, "sample/")] = &fstest.MapFile{Data: data}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		delete(files, pairs[i])
		if pairs[i+1] != "" {
			files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
		}
	}
	return files
}

// reviewOf reads and reviews a folder, and looks at its text in both
// languages.
func reviewOf(t *testing.T, files fs.FS, o Options) (r *Review, text string) {
	t.Helper()
	records, err := Read(files, o.Calendar)
	if err != nil {
		t.Fatal(err)
	}
	if r, err = compose(o, records); err != nil {
		t.Fatal(err)
	}
	checkLines(t, page(r, Chinese))
	text = page(r, English)
	checkLines(t, text)
	return r, text
}

// A file that is not there leaves its part out, and a line says so.
func TestWithoutAFile(t *testing.T) {
	t.Parallel()
	for _, file := range []string{marketFile, needsFile, assumptionsFile, commitmentsFile, strategiesFile, actionsFile, progressFile, historyFile, activitiesFile, goalFile} {
		t.Run(file, func(t *testing.T) {
			r, text := reviewOf(t, sampleWith(t, file, ""), Options{})
			if !strings.Contains(text, "No "+file) {
				t.Errorf("nothing says that %s is missing", file)
			}
			if got := r.Sales.won(wholeCompany).Text(2, kpi.HalfEven); got != "1721685.47" {
				t.Errorf("without %s %s was won", file, got) // as with it: the sum of the deals
			}
		})
	}
}

// The smallest and strangest companies are reviewed in clear words.
func TestEdges(t *testing.T) {
	t.Parallel()
	none := []string{goalFile, "", marketFile, "", needsFile, "", assumptionsFile, "", commitmentsFile, "", strategiesFile, "", actionsFile, "", progressFile, "", historyFile, "", activitiesFile, ""}
	ann := []string{teamsFile, teamsHead + "Ann,Bob,North\n", historyFile, "", activitiesFile, "", commitmentsFile, "", strategiesFile, ""}
	deals := func(rows string) []string { return append([]string{dealsFile, dealsHead + rows}, ann...) }
	zero := targetsHead
	for _, r := range rowsOf(t, teamsFile) {
		zero += r["sales_agent"] + ",2026,0\n"
	}
	for name, test := range map[string]struct {
		why, asOf string
		pairs     []string
		want      []string
	}{
		"none of the files": {"the deals and targets alone are reviewed as before", "", none, []string{"No goal.csv: nobody has committed", "Nothing to carry out", "No history.csv: nothing says what earlier years brought"}},
		"target of zero":    {"nothing is attained of nothing", "", []string{targetsFile, zero}, []string{"0 for 2026, from targets.csv"}},
		"first day":         {"nothing has closed: too early", "2026-01-01", nil, []string{"too early", "No quarter of this year"}},
		"last day":          {"the files end before", "2026-12-31", nil, []string{"the files end on 2026-09-30", "Proposed for 2027"}},
		"target to come":    {"a quarter without a target is not evaluated", "", []string{targetsFile, targetsHead + "王伟,2026-10,1000\n"}, []string{"not yet due", "No quarter of this year with a target"}},
		"after the plan":    {"the next year has no target", "2027-02-28", nil, []string{"There is no target for 2027"}},
		"leap day":          {"a year without deals", "2028-02-29", nil, []string{"SALES REVIEW 2028"}},
		"before any deal":   {"nobody has a target then", "2020-02-29", nil, []string{"No plan: neither targets.csv"}},
		"before the plan":   {"targets, but signed later: reviewed as it was drafted", "2026-03-31", []string{goalFile, goalHead + "2026-01-01,2026-12-31,Grow,增长,,,Bo,2026-06-01\n"}, []string{"Committed to on 2026-06-01 by Bo", "the plan was a draft"}},
		"one seller":        {"there is nobody to compare with", "2026-06-30", append(deals("1,Ann,Flow Sensor,A,Won,2026-01-05,2026-02-01,100\n"), targetsFile, targetsHead+"Ann,2026,1000\n"), []string{"at 10.0 % of the year's target", "Nothing has to change: 1,141"}},
		"nothing closed":    {"there is no rate and no cycle", "2026-06-30", append(deals("1,Ann,Flow Sensor,A,Engaging,2026-01-05,,\n"), targetsFile, targetsHead+"Ann,2026,1000\n"), []string{"No deal has closed"}},
		"no deals":          {"an empty pipeline is no error", "2026-06-30", append(deals(""), targetsFile, targetsHead+"Ann,2026,1000\n"), []string{"0 read = 0 counted"}},
		"out of reach":      {"the library refuses it, and the plan stays a draft", "", []string{targetsFile, strings.ReplaceAll(zero, ",0\n", ",900000\n")}, []string{"is a draft and cannot be committed to", "is too high"}},
	} {
		t.Run(name, func(t *testing.T) {
			o := Options{}
			if test.asOf != "" {
				o.AsOf = calendar.MustDay(test.asOf)
			}
			_, text := reviewOf(t, sampleWith(t, test.pairs...), o)
			for _, want := range test.want {
				if !strings.Contains(text, want) {
					t.Errorf("%s: %q is missing in\n%s", test.why, want, text)
				}
			}
		})
	}
}

// A part alone is that part of the whole.
func TestParts(t *testing.T) {
	t.Parallel()
	whole := output(t)
	for i, p := range parts() {
		text := output(t, "-part", p.word)
		title, body, _ := strings.Cut(text, "\n")
		if !strings.Contains(whole, body) || !strings.HasPrefix(whole, title) || strings.Count(text, "══ ") != 1 || !strings.Contains(text, "══ "+string(rune('1'+i))+"  "+p.english) {
			t.Errorf("-part %s is not the part of the whole", p.word)
		}
	}
}
