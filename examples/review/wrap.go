package main

import "strings"

// pageWidth is the width of the report in columns.
const pageWidth = 100

// item and paragraph set a sentence under a list or a table; the lines that
// follow the first are indented as far as its text, or further.
func item(s string) string      { return wrap(s, "  ", "    ") }
func paragraph(s string) string { return wrap(s, "", "") }

// facts sets labels and, beside them, what they say, in lines of the page.
type facts [][2]string

func (f *facts) add(label, text string) { *f = append(*f, [2]string{label, text}) }

func (f facts) String() string {
	labels := 0
	for _, fact := range f {
		labels = max(labels, width(fact[0])+2)
	}
	var b strings.Builder
	for _, fact := range f {
		b.WriteString(wrap(fact[1], padRight(fact[0], labels), padRight("", labels)))
	}
	return b.String()
}

// heading opens a section.
func heading(s string) string {
	s = "── " + s + " "
	return "\n" + s + strings.Repeat("─", max(0, pageWidth-width(s))) + "\n"
}

// under puts a text under its heading, and nothing under none.
func under(head, text string) string {
	if text == "" {
		return ""
	}
	return heading(head) + text
}

// banner opens a part.
func banner(s string) string {
	s = "══ " + s + " "
	return "\n" + s + strings.Repeat("═", max(0, pageWidth-width(s))) + "\n"
}

// wrap breaks a text into lines of the page: at spaces, and around wide
// characters, which are written without any.
func wrap(s, first, next string) string {
	var b strings.Builder
	line := first
	used := 0 // segments on this line
	for _, segment := range segments(plain(s)) {
		if used > 0 && width(line)+width(strings.TrimRight(segment, " ")) > pageWidth {
			b.WriteString(strings.TrimRight(line, " ") + "\n")
			line, used = next, 0
		}
		line += segment
		used++
	}
	return b.String() + strings.TrimRight(line, " ") + "\n"
}

// segments cuts a text where a line may end. Spaces stay with what they
// follow.
func segments(s string) []string {
	var all []string
	begin, before := 0, ' '
	for i, r := range s {
		if i > 0 && mayBreak(before, r) {
			all = append(all, s[begin:i])
			begin = i
		}
		before = r
	}
	return append(all, s[begin:])
}

// mayBreak reports whether a line may end between two characters. No line
// begins with closing punctuation or a percent sign, or ends with an opening
// bracket.
func mayBreak(before, after rune) bool {
	const opening, closing = "（《“「", "），。；：、》”」！？,.;:)"
	switch {
	case after == ' ', after == '%', strings.ContainsRune(closing, after), strings.ContainsRune(opening, before):
		return false
	case before == ' ':
		return true
	}
	return isWide(before) || isWide(after)
}
