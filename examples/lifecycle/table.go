package main

import (
	"strings"
	"unicode"
)

const pageWidth = 100

// width gives the columns of a text on a terminal: two for a character of
// East Asia.
func width(s string) (n int) {
	for _, r := range s {
		n++
		if isWide(r) {
			n++
		}
	}
	return n
}

func isWide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60
}

// table sets rows in columns: the first stands left, the others right. The
// first row has the heads.
type table [][]string

func (t *table) row(cells ...string) { *t = append(*t, cells) }

func (t table) String() string {
	widths := make([]int, len(t[0]))
	for _, row := range t {
		for i, cell := range row {
			widths[i] = max(widths[i], width(cell))
		}
	}
	var b strings.Builder
	for _, row := range t {
		line := "  "
		for i, cell := range row {
			fill := strings.Repeat(" ", widths[i]-width(cell))
			if i == 0 {
				line += cell + fill
			} else {
				line += "  " + fill + cell
			}
		}
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}

func heading(s string) string {
	s = "── " + s + " "
	return "\n" + s + strings.Repeat("─", max(0, pageWidth-width(s))) + "\n"
}

func paragraph(s string) string { return wrap(s, "", "") }
func item(s string) string      { return wrap(s, "  · ", "    ") }

// wrap breaks a text at spaces and around wide characters; no line begins
// with closing punctuation.
func wrap(s, first, next string) string {
	var b strings.Builder
	line, begin := first, 0
	runes := []rune(s)
	for i := range runes {
		if i+1 < len(runes) && !mayBreak(runes[i], runes[i+1]) {
			continue
		}
		piece := string(runes[begin : i+1])
		begin = i + 1
		if width(line)+width(strings.TrimRight(piece, " ")) > pageWidth {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line = next
		}
		line += piece
	}
	return b.String() + strings.TrimRight(line, " ") + "\n"
}

func mayBreak(before, after rune) bool {
	switch {
	case after == ' ', after == '%', strings.ContainsRune("，。；：、）”", after), before == '（', before == '“':
		return false
	}
	return before == ' ' || isWide(before) || isWide(after)
}
