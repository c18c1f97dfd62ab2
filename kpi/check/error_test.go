package check_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi/check"
	"pgregory.net/rapid"
)

func sentinels() map[string]error {
	return map[string]error{
		"missing": check.ErrMissing, "invalid": check.ErrInvalid, "range": check.ErrRange,
		"duplicate": check.ErrDuplicate, "overlap": check.ErrOverlap, "unknown": check.ErrUnknown,
		"cycle": check.ErrCycle, "unit": check.ErrUnit, "infeasible": check.ErrInfeasible,
		"definition": check.ErrDefinition, "corrupt": check.ErrCorrupt,
	}
}

func TestErrorText(t *testing.T) {
	for name, test := range map[string]struct {
		why  string
		err  *check.Error
		want string
	}{
		"full":       {"operation, path, code in words, value, arguments by name, class", check.New("a.B", check.ErrRange, "x[1]", "too_big", 7, "most", 5, "least", 1), `a.B: x[1]: too big "7" (least 1, most 5): out of range`},
		"bare":       {"what is empty is left out", check.New("", nil, "", "odd", nil), `odd`},
		"zero value": {"not useful, but no panic", &check.Error{}, ``},
		"cause":      {"a cause instead of a class", &check.Error{Code: "error", Err: io.EOF}, `error: EOF`},
		"long value": {"80 characters are enough, and characters are not bytes", check.New("", nil, "", "long", strings.Repeat("字", 81)), `long "` + strings.Repeat("字", 80) + `…"`},
		"not UTF-8":  {"a log and JSON want text", check.New("", nil, "", "bytes", "a\xffb"), "bytes \"a\uFFFDb\""},
		"nil text":   {"a nil Stringer prints, it does not panic", check.New("", nil, "", "nothing", (*strings.Builder)(nil)), `nothing "<nil>"`},
	} {
		t.Run(name, func(t *testing.T) {
			if got := test.err.Error(); got != test.want {
				t.Errorf("%s:\n got %s\nwant %s", test.why, got, test.want)
			}
		})
	}
}

func TestErrorMatchesItsClassAlone(t *testing.T) {
	for word, class := range sentinels() {
		err := error(check.New("x", class, "", "y", nil))
		for other, sentinel := range sentinels() {
			if got := errors.Is(err, sentinel); got != (word == other) {
				t.Errorf("%s matches %s: %v", word, other, got)
			}
		}
	}
}

func TestErrorJSONBothWays(t *testing.T) {
	for word, class := range sentinels() {
		err := check.New("a.B", class, "stages[2]", "too_big", 7, "most", 5)
		data, jsonErr := json.Marshal(err)
		if jsonErr != nil {
			t.Fatal(jsonErr)
		}
		if !strings.Contains(string(data), `"class":"`+word+`"`) {
			t.Errorf("no class %s in %s", word, data)
		}
		var back check.Error
		if err := json.Unmarshal(data, &back); err != nil {
			t.Fatal(err)
		}
		if !errors.Is(&back, class) || back.Error() != err.Error() || back.Path != err.Path {
			t.Errorf("%s came back as %v", word, &back)
		}
	}
}

func TestErrorJSONForms(t *testing.T) {
	for name, test := range map[string]struct {
		why  string
		err  *check.Error
		want string
	}{
		"empty":          {"code and message always stand", &check.Error{}, `{"code":"","message":""}`},
		"cause":          {"a cause that is no sentinel has no class", &check.Error{Code: "error", Err: io.EOF}, `{"code":"error","message":"error: EOF"}`},
		"wrapped class":  {"a sentinel inside a cause is the class", &check.Error{Code: "x", Err: fmt.Errorf("deep: %w", check.ErrCycle)}, `{"code":"x","class":"cycle","message":"x: deep: cycle"}`},
		"quotes escaped": {"values are text", check.New("", nil, "", "x", `"`), `{"code":"x","value":"\"","message":"x \"\\\"\""}`},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := json.Marshal(test.err)
			if err != nil || string(got) != test.want {
				t.Errorf("%s:\n got %s %v\nwant %s", test.why, got, err, test.want)
			}
		})
	}
}

func TestErrorJSONRefuses(t *testing.T) {
	for _, data := range []string{`{"code":"x","class":"no_such"}`, `{"code":5}`, `[]`, `x`} {
		before := check.Error{Code: "before"}
		if err := json.Unmarshal([]byte(data), &before); err == nil || before.Code != "before" {
			t.Errorf("%s gave %v and %+v", data, err, before)
		}
	}
}

func FuzzErrorJSON(f *testing.F) {
	f.Add([]byte(`{"op":"a.B","path":"x[0]","code":"y","class":"range","value":"7","args":{"n":"1"},"message":"m"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var first, second check.Error
		if json.Unmarshal(data, &first) != nil {
			return
		}
		again, err := json.Marshal(&first)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(again, &second); err != nil {
			t.Fatal(err)
		}
		if len(first.Args) == 0 {
			first.Args, second.Args = nil, nil
		}
		if diff := cmp.Diff(first, second, cmp.Comparer(func(a, b error) bool { return errors.Is(a, b) })); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestAll(t *testing.T) {
	a, b := check.New("a", check.ErrRange, "", "x", nil), check.New("b", check.ErrCycle, "", "y", nil)
	foreign := errors.New("foreign")
	var typedNil *check.Error
	for name, test := range map[string]struct {
		why  string
		err  error
		want []string
	}{
		"nil":             {"no error, no problem", nil, []string{}},
		"typed nil":       {"a nil pointer is no problem either", typedNil, []string{}},
		"one":             {"itself", a, []string{"x"}},
		"plain":           {"a foreign error comes as one", foreign, []string{"error"}},
		"wrapped":         {"the inner one counts", fmt.Errorf("saving: %w", a), []string{"x"}},
		"wrapped foreign": {"the outer text is kept", fmt.Errorf("saving: %w", foreign), []string{"error"}},
		"joined":          {"in order", errors.Join(b, foreign, a), []string{"y", "error", "x"}},
		"joined deep":     {"joins within joins and wraps", fmt.Errorf("all: %w", errors.Join(a, errors.Join(b, a))), []string{"x", "y", "x"}},
		"two wrapped":     {"fmt.Errorf with two", fmt.Errorf("%w and %w", a, foreign), []string{"x", "error"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := []string{}
			all := check.All(test.err)
			for _, e := range all {
				got = append(got, e.Code)
			}
			if diff := cmp.Diff(test.want, got); diff != "" || all == nil {
				t.Errorf("%s (-want +got):\n%s", test.why, diff)
			}
		})
	}
	if e := check.All(fmt.Errorf("saving: %w", foreign))[0]; !errors.Is(e, foreign) || e.Error() != "error: saving: foreign" {
		t.Errorf("cause lost: %v", e)
	}
	if data, _ := json.Marshal(check.All(nil)); string(data) != "[]" {
		t.Errorf("no problems marshal as %s", data)
	}
}

func TestListLimit(t *testing.T) {
	for _, n := range []int{0, 1, 99, 100, 101, 250} {
		var l check.List
		for i := range n {
			l.Add(check.ErrRange, check.At("x", i), "bad", i)
		}
		all := check.All(l.Err())
		if l.Empty() != (n == 0) || (l.Err() == nil) != (n == 0) {
			t.Errorf("%d problems: empty %v, error %v", n, l.Empty(), l.Err())
		}
		if n <= 100 && len(all) != n {
			t.Errorf("%d problems gave %d", n, len(all))
		}
		if n > 100 && (len(all) != 101 || all[100].Code != "more_problems" || all[100].Args["count"] != fmt.Sprint(n-100)) {
			t.Errorf("%d problems gave %d and at last %v", n, len(all), all[len(all)-1])
		}
	}
}

// However problems are spread over nested lists, the count comes out.
func TestNestCountsWhatIsLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes := rapid.SliceOfN(rapid.IntRange(0, 150), 0, 5).Draw(t, "sizes")
		outer, total := check.List{Op: "outer"}, 0
		for i, n := range sizes {
			inner := check.List{Op: "inner"}
			for range n {
				inner.Add(check.ErrRange, "x", "bad", nil)
			}
			outer.Nest(check.At("parts", i), inner.Err())
			total += n
		}
		all := check.All(outer.Err())
		if len(all) > 100 {
			var left int
			fmt.Sscan(all[100].Args["count"], &left)
			total -= left
			all = all[:100]
		}
		if len(all) != total {
			t.Fatalf("%d reported of %d", len(all), total)
		}
		for _, e := range all {
			if e.Op != "outer" || !strings.HasPrefix(e.Path, "parts[") || !strings.HasSuffix(e.Path, "].x") {
				t.Fatalf("nested as %q at %q", e.Op, e.Path)
			}
		}
	})
}

func TestNest(t *testing.T) {
	inner := check.New("inner.Op", check.ErrCycle, "[3].name", "x", nil)
	l := check.List{Op: "outer.Op"}
	l.Nest("parts", nil)
	l.Nest("parts", inner)
	l.Nest("", inner)
	l.Nest("parts", io.EOF)
	var got []string
	for _, e := range check.All(l.Err()) {
		got = append(got, e.Op+" "+e.Path+" "+e.Code)
	}
	want := []string{"outer.Op parts[3].name x", "outer.Op [3].name x", "outer.Op parts error"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if inner.Op != "inner.Op" || inner.Path != "[3].name" {
		t.Error("Nest changed the inner error")
	}
	if !errors.Is(l.Err(), io.EOF) || !errors.Is(l.Err(), check.ErrCycle) {
		t.Error("a nested cause is lost")
	}
}

func TestListErrIsASnapshot(t *testing.T) {
	l := check.List{Op: "x"}
	for range 101 {
		l.Add(check.ErrRange, "", "bad", nil)
	}
	first := l.Err()
	l.Add(check.ErrRange, "", "bad", nil)
	if got := check.All(first)[100].Args["count"]; got != "1" {
		t.Errorf("an earlier error changed: %s left out", got)
	}
}

func TestAt(t *testing.T) {
	for name, test := range map[string]struct {
		why   string
		parts []any
		want  string
	}{
		"none":        {"the record itself", nil, ""},
		"name":        {"one name", []any{"name"}, "name"},
		"index":       {"an int is an index", []any{"stages", 2, "probability"}, "stages[2].probability"},
		"index first": {"a list at the top", []any{0, "id"}, "[0].id"},
		"two indices": {"a list of lists", []any{"cells", 1, 2}, "cells[1][2]"},
		"path":        {"a part may be a path", []any{"a", "b[1].c"}, "a.b[1].c"},
		"empty":       {"an empty name is left out", []any{"a", "", "b"}, "a.b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := check.At(test.parts...); got != test.want {
				t.Errorf("%s: got %q, want %q", test.why, got, test.want)
			}
		})
	}
}
