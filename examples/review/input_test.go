package main

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

const (
	teamsHead    = "sales_agent,manager,regional_office\n"
	productsHead = "product,series,sales_price\n"
	dealsHead    = "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value\n"
	targetsHead  = "owner,period,amount\n"
)

// folder gives a small year; a pair of name and text replaces a file, and an
// empty text takes it away.
func folder(pairs ...string) fstest.MapFS {
	files := fstest.MapFS{
		teamsFile:    {Data: []byte(teamsHead + "王伟,陈静,Shanghai\nAnn,Bob,Hamburg\n")},
		productsFile: {Data: []byte(productsHead + "GTX Pro,GTX,4821\nMG,MG,55.50\n")},
		dealsFile:    {Data: []byte(dealsHead + "1,王伟,GTX Pro,Acme,Won,2026-01-05,2026-02-01,4514.25\n")},
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		delete(files, pairs[i])
		if pairs[i+1] != "" {
			files[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
		}
	}
	return files
}

func read(t *testing.T, pairs ...string) *Records {
	t.Helper()
	records, err := Read(folder(pairs...), calendar.Calendar{})
	if err != nil {
		t.Fatal(err)
	}
	return records
}

func TestReadForms(t *testing.T) {
	want := read(t).Deals
	for name, test := range map[string]struct{ why, deals string }{
		"byte order mark": {"Excel writes one before CSV UTF-8", "\uFEFF" + dealsHead + "1,王伟,GTX Pro,Acme,Won,2026-01-05,2026-02-01,4514.25\n"},
		"CRLF":            {"and ends lines so", strings.ReplaceAll(dealsHead+"1,王伟,GTX Pro,Acme,Won,2026-01-05,2026-02-01,4514.25\n", "\n", "\r\n")},
		"no last newline": {"many exports leave it out", dealsHead + "1,王伟,GTX Pro,Acme,Won,2026-01-05,2026-02-01,4514.25"},
		"other order":     {"columns go by name", "close_value,close_date,engage_date,deal_stage,account,product,sales_agent,opportunity_id\n4514.25,2026-02-01,2026-01-05,Won,Acme,GTX Pro,王伟,1\n"},
		"other columns":   {"an export has more than is asked for, also twice", "x,x," + strings.TrimSpace(dealsHead) + ",x\na,b,1,王伟,GTX Pro,Acme,Won,2026-01-05,2026-02-01,4514.25,c\n"},
		"quotes":          {"any field may be quoted", dealsHead + "\"1\",\"王伟\",\"GTX Pro\",\"Acme\",Won,2026-01-05,2026-02-01,\"4514.25\"\n"},
		"blank line":      {"it is no row", dealsHead + "\n1,王伟,GTX Pro,Acme,Won,2026-01-05,2026-02-01,4514.25\n\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(want, read(t, dealsFile, test.deals).Deals); diff != "" {
				t.Errorf("%s: %s", test.why, diff)
			}
		})
	}
}

func TestReadValues(t *testing.T) {
	records := read(t, targetsFile, targetsHead+"Ann,2026-Q1,1000.25\nShanghai,2026,9\n",
		dealsFile, dealsHead+"1,Ann,MG,,Engaging,2026-03-04,,\n2,Ann,MG,A,Lost,2026-01-01,2026-01-02,0\n3,Ann,MG,A,Won,2026-01-01,2026-01-02,12345678901234567.0100\n")
	open, lost, won := records.Deals[0], records.Deals[1], records.Deals[2]
	if open.Value.Valid || !open.Closed.IsZero() || open.Account != "" || open.IsClosed() {
		t.Errorf("an empty cell is missing and not zero: %+v", open)
	}
	if !lost.Value.Valid || lost.Value.Decimal.Sign() != 0 || !lost.IsClosed() {
		t.Errorf("a zero is an amount: %+v", lost)
	}
	if v, err := kpi.FromDecimal(won.Value.Decimal); err != nil || v != kpi.MustParse("12345678901234567.01") {
		t.Errorf("an amount beyond float64 came as %v, %v", v, err)
	}
	want := []Target{
		{"Ann", calendar.Calendar{}.MustParse("2026-Q1"), kpi.MustParse("1000.25")},
		{"Shanghai", calendar.Calendar{}.MustParse("2026"), kpi.Int(9)},
	}
	if diff := cmp.Diff(want, records.Targets, cmp.Comparer(func(a, b calendar.Period) bool { return a == b })); diff != "" {
		t.Error(diff)
	}
	if got := records.LastDay(); got != calendar.MustDay("2026-03-04") {
		t.Errorf("the last day is %v", got)
	}
	if diff := cmp.Diff(Seller{"王伟", "陈静", "Shanghai"}, records.Sellers[0]); diff != "" {
		t.Error(diff)
	}
	if p := records.Products[1]; p.Name != "MG" || p.Series != "MG" || p.Price.Exponent() != -2 || p.Price.CoefficientInt64() != 5550 {
		t.Errorf("the product came as %+v", p)
	}
}

func TestFiscalTargets(t *testing.T) {
	cal, err := calendar.Fiscal(4, calendar.NamedByStart)
	if err != nil {
		t.Fatal(err)
	}
	records, err := Read(folder(targetsFile, targetsHead+"Ann,FY2026-Q1,1\n"), cal)
	if err != nil {
		t.Fatal(err)
	}
	if got := records.Targets[0].Period.String(); got != "2026-04-01/2026-07-01" {
		t.Errorf("the first quarter of a year from April is %s", got)
	}
}

// broken names a problem as path, code and value.
func broken(err error) []string {
	var list []string
	for _, e := range check.All(err) {
		list = append(list, strings.TrimSpace(e.Path+" "+e.Code+" "+e.Value))
	}
	return list
}

func TestReadProblems(t *testing.T) {
	row := func(changes ...string) string {
		names := strings.Split(strings.TrimSpace(dealsHead), ",")
		cells := strings.Split("1,Ann,MG,Acme,Won,2026-01-05,2026-02-01,50", ",")
		for i := 0; i+1 < len(changes); i += 2 {
			cells[slices.Index(names, changes[i])] = changes[i+1]
		}
		return strings.Join(cells, ",") + "\n"
	}
	deals := func(changes ...string) []string { return []string{dealsFile, dealsHead + row(changes...)} }
	for name, test := range map[string]struct {
		why   string
		files []string
		want  []string
	}{
		"missing files":    {"all are named", []string{teamsFile, "", productsFile, "", dealsFile, ""}, []string{"sales_teams.csv no_such_file", "products.csv no_such_file", "sales_pipeline.csv no_such_file"}},
		"empty file":       {"there is not even a header", []string{productsFile, "\uFEFF"}, []string{"products.csv empty_file"}},
		"missing columns":  {"each is named, at the header", []string{dealsFile, strings.Replace(strings.Replace(dealsHead, "close_date,", "", 1), "account", "Account", 1)}, []string{"sales_pipeline.csv:1:account no_such_column", "sales_pipeline.csv:1:close_date no_such_column"}},
		"column twice":     {"nobody can say which counts", []string{teamsFile, "sales_agent,manager,manager,regional_office\n"}, []string{"sales_teams.csv:1:manager duplicate_column"}},
		"too few fields":   {"a comma is missing or too many", []string{dealsFile, dealsHead + "1,Ann,MG\n" + row()}, []string{"sales_pipeline.csv:2 wrong_number_of_fields 3"}},
		"stray quote":      {"what follows cannot be trusted", []string{dealsFile, dealsHead + row() + "2,An\"n,MG,,Won,,,\n" + row()}, []string{"sales_pipeline.csv:3 not_csv"}},
		"not UTF-8":        {"a Chinese Excel saves GBK: 王 is CD F5 in it", []string{teamsFile, teamsHead + "Ann,Bob,X\n\xcd\xf5,Bob,X\n"}, []string{"sales_teams.csv:3 not_utf8"}},
		"no such day":      {"February has 28 days in 2026", deals("close_date", "2026-02-31"), []string{"sales_pipeline.csv:2:close_date not_a_day 2026-02-31"}},
		"date-time":        {"a day is no instant", deals("engage_date", "2026-01-05T00:00:00Z"), []string{"sales_pipeline.csv:2:engage_date not_a_day 2026-01-05T00:00:00Z"}},
		"local date":       {"the order of day and month would be a guess", deals("engage_date", "05/01/2026"), []string{"sales_pipeline.csv:2:engage_date not_a_day 05/01/2026"}},
		"word for amount":  {"it is not taken as zero", deals("close_value", "n/a"), []string{"sales_pipeline.csv:2:close_value not_a_number n/a"}},
		"exponent":         {"a spreadsheet shortened the number and its digits are gone", deals("close_value", "1E+05"), []string{"sales_pipeline.csv:2:close_value not_a_number 1E+05"}},
		"fraction":         {"kpi reads 1/2, an amount is none", deals("close_value", "1/2"), []string{"sales_pipeline.csv:2:close_value not_a_number 1/2"}},
		"grouped amount":   {"a comma may group or be the decimal point", deals("close_value", `"1,054"`), []string{"sales_pipeline.csv:2:close_value not_a_number 1,054"}},
		"NaN":              {"it never comes in", deals("close_value", "NaN"), []string{"sales_pipeline.csv:2:close_value not_a_number NaN"}},
		"stage":            {"case counts", deals("deal_stage", "won"), []string{"sales_pipeline.csv:2:deal_stage unknown_stage won"}},
		"seller":           {"he belongs to no team", deals("sales_agent", "Ann "), []string{"sales_pipeline.csv:2:sales_agent unknown_seller Ann"}},
		"product":          {"it has no list price", deals("product", "MGX"), []string{"sales_pipeline.csv:2:product unknown_product MGX"}},
		"same deal twice":  {"it would count twice", []string{dealsFile, dealsHead + row() + row()}, []string{"sales_pipeline.csv:3:opportunity_id duplicate_deal 1"}},
		"empty cells":      {"these four may not be", deals("opportunity_id", "", "sales_agent", "", "product", "", "deal_stage", ""), []string{"sales_pipeline.csv:2:opportunity_id no_value", "sales_pipeline.csv:2:sales_agent no_value", "sales_pipeline.csv:2:product no_value", "sales_pipeline.csv:2:deal_stage no_value"}},
		"seller twice":     {"two teams, and no days to tell them apart", []string{teamsFile, teamsHead + "Ann,Bob,X\nAnn,Eve,X\n王伟,Eve,X\n"}, []string{"sales_teams.csv:3:sales_agent duplicate_seller Ann"}},
		"team unknown":     {"a seller belongs somewhere", []string{teamsFile, teamsHead + "Ann,,\n王伟,Eve,X\n"}, []string{"sales_teams.csv:2:manager no_value", "sales_teams.csv:2:regional_office no_value"}},
		"product twice":    {"equal but for case and spaces: repairs would be a guess", []string{productsFile, productsHead + "MG,MG,1\nGTX Pro,G,1\nGTXpro,G,2\n"}, []string{"products.csv:4:product duplicate_product GTXpro"}},
		"no price":         {"the list price is needed and cannot be negative", []string{productsFile, productsHead + "MG,MG,\nGTX Pro,G,-1\n"}, []string{"products.csv:2:sales_price no_value", "products.csv:3:sales_price negative_price -1"}},
		"owner":            {"nobody has that target", []string{targetsFile, targetsHead + "Zoe,2026,1\n"}, []string{"targets.csv:2:owner unknown_owner Zoe"}},
		"empty target":     {"no target is no row, not an empty one", []string{targetsFile, targetsHead + ",,\n"}, []string{"targets.csv:2:owner no_value", "targets.csv:2:period no_value", "targets.csv:2:amount no_value"}},
		"overlap":          {"March would be counted twice", []string{targetsFile, targetsHead + "Ann,2026-03,1\nBob,2026-03,1\nAnn,2026-Q1,1\n"}, []string{"targets.csv:4:period overlapping_targets 2026-Q1"}},
		"unusable teams":   {"what refers to them is not blamed", []string{teamsFile, "sales_agent\n", dealsFile, dealsHead + row("sales_agent", "Zoe"), targetsFile, targetsHead + "Zoe,2026,1\n"}, []string{"sales_teams.csv:1:manager no_such_column", "sales_teams.csv:1:regional_office no_such_column"}},
		"lines in a quote": {"the line is the file's, not the row's number", []string{dealsFile, dealsHead + row("account", "\"A\nB\"") + row("opportunity_id", "2", "deal_stage", "?")}, []string{"sales_pipeline.csv:4:deal_stage unknown_stage ?"}},
		"several at once":  {"one look is enough to repair the file", deals("engage_date", "x", "close_value", "y"), []string{"sales_pipeline.csv:2:engage_date not_a_day x", "sales_pipeline.csv:2:close_value not_a_number y"}},
	} {
		t.Run(name, func(t *testing.T) {
			records, err := Read(folder(test.files...), calendar.Calendar{})
			if records != nil {
				t.Error("there are records beside the problems")
			}
			if diff := cmp.Diff(test.want, broken(err)); diff != "" {
				t.Errorf("%s: %s", test.why, diff)
			}
		})
	}
}

func TestPeriodProblem(t *testing.T) {
	_, err := Read(folder(targetsFile, targetsHead+"Ann,March,1\n"), calendar.Calendar{})
	if all := check.All(err); len(all) != 1 || all[0].Path != "targets.csv:2:period" {
		t.Errorf("got %v", err)
	}
}

// A file that is broken throughout is reported a hundred times, and the rest
// is counted.
func TestProblemsAreLimited(t *testing.T) {
	_, err := Read(folder(dealsFile, dealsHead+strings.Repeat("1,Ann\n", 250)), calendar.Calendar{})
	all := check.All(err)
	if len(all) != 101 || all[100].Args["count"] != "150" {
		t.Errorf("%d problems, the last %v", len(all), all[len(all)-1])
	}
}

func TestReadSampleYear(t *testing.T) {
	files, err := Options{}.files()
	if err != nil {
		t.Fatal(err)
	}
	records, err := Read(files, calendar.Calendar{})
	if err != nil {
		t.Fatal(err)
	}
	// as the generator was told: 8 sellers, 5 products, a target for each of 12 months
	if len(records.Sellers) != 8 || len(records.Products) != 5 || len(records.Targets) != 8*12 || len(records.Deals) != 610 {
		t.Errorf("%d sellers, %d products, %d targets, %d deals", len(records.Sellers), len(records.Products), len(records.Targets), len(records.Deals))
	}
	if got := records.LastDay(); got != calendar.MustDay("2026-09-30") {
		t.Errorf("the sample ends on %v", got)
	}
	for i := range records.Deals {
		d := &records.Deals[i]
		if days, ok := d.Cycle(); ok && (days < 5 || days > 120) {
			t.Errorf("%s took %d days", d.ID, days)
		}
		if d.IsClosed() != d.Value.Valid {
			t.Errorf("%s: lost deals carry their amount too, open ones do not", d.ID)
		}
	}
}

// The figures are those of the file's own reference.json ("integrity"), and of
// wc and grep.
func TestReadRealYear(t *testing.T) {
	const dir = "../../../shared/data/crm_opportunities"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no data:", err)
	}
	records, err := Read(os.DirFS(dir), calendar.Calendar{})
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]string{}
	for _, f := range records.Findings {
		counts[f.Code] = f.Args["count"]
	}
	want := map[string]string{"product_repaired": "1480", "no_account": "1425", "no_engage_day": "500", "sellers_without_deals": "5"}
	if diff := cmp.Diff(want, counts); diff != "" {
		t.Error(diff)
	}
	if len(records.Deals) != 8800 || len(records.Sellers) != 35 || len(records.Products) != 7 || records.Targets != nil {
		t.Errorf("%d deals, %d sellers, %d products", len(records.Deals), len(records.Sellers), len(records.Products))
	}
	if got := records.LastDay(); got != calendar.MustDay("2017-12-31") {
		t.Errorf("the year ends on %v", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add("1,Ann,MG,,Won,2026-01-05,2026-02-01,50\n", "Ann,2026-Q1,1\n")
	f.Add("\"1,Ann\r\n", "Ann,FY2026,1/0\n")
	f.Add("1,Ann,m g,,Lost,2026-02-31,,-0.10\n\xff", ",,")
	f.Fuzz(func(t *testing.T, deals, targets string) {
		records, err := Read(folder(dealsFile, dealsHead+deals, targetsFile, targetsHead+targets), calendar.Calendar{})
		if (records == nil) != (err != nil) {
			t.Fatalf("records %v beside error %v", records, err)
		}
		for _, e := range check.All(err) {
			if e.Code != "more_problems" && !strings.HasPrefix(e.Path, dealsFile) && !strings.HasPrefix(e.Path, targetsFile) {
				t.Errorf("a problem without its file: %v", e)
			}
		}
	})
}
