package plan_test

import (
	"cmp"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// answer is a row of a table in the package comment: what is asked, and the
// functions that answer it.
type answer struct {
	asked string
	by    []string // none: not computable
}

// table reads a table of the package comment, whose first column is 44 wide.
func table(t *testing.T, heading string) []answer {
	t.Helper()
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), "// # "+heading+"\n")
	if !ok {
		t.Fatalf("no section %q", heading)
	}
	section, _, _ := strings.Cut(rest, "\n// # ")
	var rows []answer
	for line := range strings.Lines(section) {
		row, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "//\t")
		if !ok {
			continue
		}
		if len(row) < 45 || row[43] != ' ' {
			t.Fatalf("no row: %q", row)
		}
		a := answer{asked: strings.TrimSpace(row[:44])}
		if by := row[44:]; !strings.HasPrefix(by, "not computable") {
			a.by = strings.Split(by, ", ")
		}
		rows = append(rows, a)
	}
	return rows
}

// run runs the test of every row: a function of its own that calls all that
// the row names, itself or by its helpers, and does not skip. A row without a
// test fails, and so does a test without a row.
func run(t *testing.T, heading string, tests map[string]func(*testing.T)) {
	declared, calls := declarations(t), testCalls(t)
	left := maps.Clone(tests)
	for _, row := range table(t, heading) {
		test := tests[row.asked]
		delete(left, row.asked)
		switch {
		case len(row.by) == 0 && test != nil:
			t.Errorf("%s is not computable and has a test", row.asked)
		case len(row.by) == 0:
			continue
		case test == nil:
			t.Errorf("%s: no test runs %s", row.asked, row.by)
			continue
		}
		called := calls.of(nameOf(test))
		for _, symbol := range row.by {
			if !declared[symbol] {
				t.Errorf("%s: there is no %s", row.asked, symbol)
			}
			if !called[symbol[strings.LastIndex(symbol, ".")+1:]] {
				t.Errorf("%s: %s does not call %s", row.asked, nameOf(test), symbol)
			}
		}
		t.Run(row.asked, func(t *testing.T) {
			defer func() {
				if t.Skipped() {
					t.Error("skipped")
				}
			}()
			test(t)
		})
	}
	for asked := range left {
		t.Errorf("the table does not have %q", asked)
	}
}

func nameOf(test func(*testing.T)) string {
	name := runtime.FuncForPC(reflect.ValueOf(test).Pointer()).Name()
	return name[strings.LastIndex(name, ".")+1:]
}

// callsOf has, for each function of these tests, the names of what it calls.
type callsOf map[string]map[string]bool

// of gives what a function calls, itself and by others of these tests.
func (c callsOf) of(name string) map[string]bool {
	all, open := map[string]bool{}, []string{name}
	for len(open) > 0 {
		next := open[len(open)-1]
		open = open[:len(open)-1]
		for called := range c[next] {
			if !all[called] {
				all[called] = true
				open = append(open, called)
			}
		}
	}
	return all
}

func testCalls(t *testing.T) callsOf {
	t.Helper()
	calls := callsOf{}
	for _, f := range functions(t, ".", "_test.go") {
		if f.Recv != nil {
			continue
		}
		calls[f.Name.Name] = map[string]bool{}
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			switch by := call.Fun.(type) {
			case *ast.SelectorExpr:
				calls[f.Name.Name][by.Sel.Name] = true
			case *ast.Ident:
				calls[f.Name.Name][by.Name] = true
			}
			return true
		})
	}
	return calls
}

// declarations gives the exported functions and methods of the packages that
// the tables name: those of this one without its name.
func declarations(t *testing.T) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for prefix, dir := range map[string]string{"": ".", "action.": "action", "incentive.": "incentive", "target.": "../target", "funnel.": "../funnel",
		"forecast.": "../funnel/forecast", "scorecard.": "../kpi/scorecard", "bridge.": "../kpi/bridge", "cube.": "../kpi/cube", "kpi.": "../kpi"} {
		for _, f := range functions(t, dir, ".go") {
			if f.Name.IsExported() {
				all[prefix+receiver(f)+f.Name.Name] = true
			}
		}
	}
	return all
}

// functions gives the functions of the files with an ending; tests are only
// those of "_test.go".
func functions(t *testing.T, dir, ending string) []*ast.FuncDecl {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, "*"+ending))
	if err != nil {
		t.Fatal(err)
	}
	var all []*ast.FuncDecl
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") != (ending == "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok {
				all = append(all, f)
			}
		}
	}
	return all
}

func receiver(f *ast.FuncDecl) string {
	if f.Recv == nil {
		return ""
	}
	kind := f.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if name, ok := kind.(*ast.Ident); ok {
		return name.Name + "."
	}
	return "?."
}

// sections are the numbered headings of the article, and the bullets of its
// three answers.
func sections() map[string]string {
	return map[string]string{
		"1.1": "了解市场和客户需求", "1.2": "设定销售目标", "1.3": "制定行动方案", "1.4": "使用销售管理系统",
		"2.1": "目标具体化", "2.2": "可衡量性", "2.3": "可实现性", "2.4": "目标相关性", "2.5": "时间限制", "2.6": "使用销售管理系统",
		"3.1": "制定详细的销售策略", "3.2": "灵活调整销售策略", "3.3": "高效执行销售策略", "3.4": "使用销售管理系统",
		"4.1": "定期数据分析", "4.2": "及时反馈和调整", "4.3": "使用销售管理系统",
		"5.1": "数据分析和评估", "5.2": "科学评估指标", "5.3": "制定改进方案", "5.4": "使用销售管理系统",
		"Q1.1": "SMART原则", "Q1.2": "基于数据的目标设定", "Q1.3": "团队参与感", "Q1.4": "分解大目标", "Q1.5": "灵活调整", "Q1.6": "激励机制",
		"Q2.1": "定期数据分析", "Q2.2": "销售漏斗管理", "Q2.3": "客户关系管理(CRM)系统", "Q2.4": "定期团队会议", "Q2.5": "绩效评估指标(KPI)", "Q2.6": "反馈机制", "Q2.7": "使用技术工具",
		"Q3.1": "明确目标和任务", "Q3.2": "培训和支持", "Q3.3": "激励措施", "Q3.4": "定期检查和反馈", "Q3.5": "团队合作", "Q3.6": "工具和技术支持", "Q3.7": "领导力",
	}
}

// questions are those that a manager asks on Monday, and once a month.
func questions() []string {
	return []string{
		"where will we land", "why is it not what we said last week", "which five deals decide the quarter", "is next quarter covered", "do we create pipeline fast enough",
		"who has not cleaned up", "did last month's number change", "growth by region after the re-organisation", "did our market shrink or did we lose share",
		"is this quota fair", "who is punished for last year", "is the difference between two sellers real", "did the training work", "who is owed what",
		"who is near a reward", "overdue receivables by seller", "why is my score missing",
		"linearity and pull-ins", "forecast bias per manager", "share of sellers at quota", "productivity by tenure", "win and loss reasons",
		"which records are behind a figure",
	}
}

// Every section of the article and every bullet of its answers stands in the
// first table, in their order, and every question in the second.
func TestTheTablesAreWhole(t *testing.T) {
	var have []string
	number := regexp.MustCompile(`\bQ?\d\.\d\b`)
	for _, row := range table(t, "What the article asks") {
		numbers := number.FindAllString(row.asked, -1)
		if len(numbers) == 0 {
			t.Errorf("%q belongs to no section", row.asked)
		}
		have = append(have, numbers...)
	}
	slices.Sort(have)
	have = slices.Compact(have)
	if want := slices.Sorted(maps.Keys(sections())); !slices.Equal(have, want) {
		t.Errorf("%v, want %v", have, want)
	}
	var asked []string
	for _, row := range table(t, "What a manager asks on Monday") {
		asked = append(asked, row.asked)
		if len(row.by) == 0 {
			t.Errorf("%s: the library must answer", row.asked)
		}
	}
	if want := questions(); !slices.Equal(asked, want) {
		t.Errorf("%q, want %q", asked, want)
	}
	for _, of := range [][]answer{table(t, "What the article asks"), table(t, "What a manager asks on Monday")} {
		slices.SortFunc(of, func(a, b answer) int { return cmp.Compare(a.asked, b.asked) })
		for i := 1; i < len(of); i++ {
			if of[i].asked == of[i-1].asked {
				t.Errorf("%q stands twice", of[i].asked)
			}
		}
	}
}
