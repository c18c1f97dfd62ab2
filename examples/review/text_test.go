package main

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// Widths are those of Unicode's EastAsianWidth.txt: W and F take two columns.
func TestWidth(t *testing.T) {
	for name, test := range map[string]struct {
		why  string
		text string
		want int
	}{
		"latin":       {"one each", "Ann", 3},
		"han":         {"wide", "王伟", 4},
		"mixed":       {"both", "王 Wei", 6},
		"composed":    {"é as one character", "Émile", 5},
		"combining":   {"e with U+0301 takes one column", "E\u0301mile", 5},
		"fullwidth":   {"（）： are fullwidth", "（：）", 6},
		"punctuation": {"。《》", "。《》", 6},
		"kana":        {"wide", "カナ", 4},
		"halfwidth":   {"half-width kana are narrow", "ｶﾅ", 2},
		"hangul":      {"a syllable is wide", "한국", 4},
		"jamo":        {"the same syllables in parts", "\u1112\u1161\u11ab", 2},
		"extension B": {"Han beyond the basic plane", "𠮷", 2},
		"emoji":       {"wide", "🚀", 2},
		"joiner":      {"zero-width joiner and space take none", "a\u200db\u200b", 2},
		"ambiguous":   {"… – █ are drawn narrow", "…–█", 3},
		"thai vowel":  {"a mark above takes none", "ที่", 1},
		"empty":       {"nothing", "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			if got := width(test.text); got != test.want {
				t.Errorf("%s: %q takes %d columns, want %d", test.why, test.text, got, test.want)
			}
		})
	}
}

func TestWideRangesAreInOrder(t *testing.T) {
	for i, block := range wideRanges {
		if block[0] > block[1] || i > 0 && wideRanges[i-1][1] >= block[0] {
			t.Errorf("%X–%X is out of order", block[0], block[1])
		}
	}
}

func TestPadAndFit(t *testing.T) {
	for name, test := range map[string]struct{ why, got, want string }{
		"right":          {"spaces behind", padRight("王", 4), "王  "},
		"left":           {"spaces before", padLeft("王", 4), "  王"},
		"too long":       {"nothing is cut by padding", padLeft("王伟", 3), "王伟"},
		"fits":           {"stays", fit("王伟", 4), "王伟"},
		"shortened":      {"the last column is the ellipsis", fit("Kowalska", 5), "Kowa…"},
		"between halves": {"a wide character is not halved", fit("王伟国", 4), "王…"},
		"marks":          {"a mark stays with its letter", fit("E\u0301mile", 3), "E\u0301m…"},
		"one column":     {"only the ellipsis", fit("Ann", 1), "…"},
		"control":        {"no file drives the terminal", plain("a\x1b[2Jb\nc\t王"), "a\uFFFD[2Jb\uFFFDc\uFFFD王"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.got != test.want {
				t.Errorf("%s: %q, want %q", test.why, test.got, test.want)
			}
		})
	}
}

func TestFitFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringN(0, 20, -1).Draw(t, "text")
		most := rapid.IntRange(1, 20).Draw(t, "columns")
		short := fit(s, most)
		if !utf8.ValidString(short) || width(short) > most {
			t.Fatalf("%q takes %d of %d columns", short, width(short), most)
		}
		if w := width(padLeft(short, most)); w != most {
			t.Fatalf("padded to %d of %d", w, most)
		}
	})
}

func TestTable(t *testing.T) {
	people := newTable(left("Seller").atMost(10), right("Won"), left("Bar"))
	people.row("王伟", "1,200.50", "██")
	people.row("Marta Kowalska", "9", "")
	people.rule()
	people.row("Total\n", "1,209.50", "█", "surplus")
	people.row("short")
	want := `
Seller           Won  Bar
王伟        1,200.50  ██
Marta Kow…         9
──────────  ────────  ───
Total` + "\uFFFD" + `      1,209.50  █
short
`
	if got := "\n" + people.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	plainRows := newTable(left(""), right(""))
	plainRows.row("a", "1")
	if got := plainRows.String(); got != "a  1\n" {
		t.Errorf("a table without heads has no empty line: %q", got)
	}
	if got := newTable().String(); got != "" {
		t.Errorf("a table of nothing is %q", got)
	}
}

// Cells of one column begin, or end, in the same column of the screen.
func TestTableAligns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		names := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("aé王한🚀")), 0, 8, -1), 1, 6).Draw(t, "names")
		aligned := newTable(left(""), right(""))
		for _, name := range names {
			aligned.row(name, "1")
		}
		for _, line := range strings.Split(strings.TrimSuffix(aligned.String(), "\n"), "\n") {
			if width(line) != aligned.widths()[0]+3 {
				t.Fatalf("%q takes %d columns", line, width(line))
			}
		}
	})
}
