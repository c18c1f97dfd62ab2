package main

import (
	"strings"
	"unicode"
)

// width gives how many columns a text takes on a terminal: two for a wide
// character of East Asia and for most emoji, none for a combining mark, one
// for anything else. Characters whose width Unicode calls ambiguous (… – █)
// count as one, as nearly every terminal draws them.
func width(s string) int {
	n := 0
	for _, r := range s {
		n += columnsOf(r)
	}
	return n
}

func columnsOf(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case r >= 0x1160 && r <= 0x11FF, unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0 // the later parts of a Hangul syllable, marks, joiners
	case isWide(r):
		return 2
	}
	return 1
}

// wideRanges are the blocks whose characters Unicode's EastAsianWidth.txt
// calls wide or fullwidth, in order. Single wide symbols below U+1F000 (⌚ ⭐)
// are left out: they are rare in names.
var wideRanges = [...][2]rune{
	{0x1100, 0x115F},   // initial Hangul
	{0x2E80, 0x303E},   // radicals, punctuation such as 、。《》
	{0x3041, 0x3247},   // kana, bopomofo, Hangul letters, enclosed
	{0x3250, 0x4DBF},   // enclosed, squared, Han extension A
	{0x4E00, 0xA4CF},   // Han, Yi
	{0xA960, 0xA97C},   // Hangul extension A
	{0xAC00, 0xD7A3},   // Hangul syllables
	{0xF900, 0xFAFF},   // Han compatibility
	{0xFE10, 0xFE19},   // vertical forms
	{0xFE30, 0xFE6B},   // compatibility and small forms
	{0xFF01, 0xFF60},   // fullwidth Latin and punctuation such as （）：
	{0xFFE0, 0xFFE6},   // fullwidth signs such as ￥
	{0x16FE0, 0x18DFF}, // Tangut, Khitan
	{0x1AFF0, 0x1B2FF}, // kana supplements, Nüshu
	{0x1F200, 0x1F320}, // enclosed ideographs, weather
	{0x1F330, 0x1F64F}, // pictographs, faces
	{0x1F680, 0x1F6FF}, // transport
	{0x1F900, 0x1FAFF}, // more pictographs
	{0x20000, 0x3FFFD}, // Han extensions B and on
}

func isWide(r rune) bool {
	for _, block := range wideRanges {
		if r <= block[1] {
			return r >= block[0]
		}
	}
	return false
}

// padRight fills a text with spaces behind it to a number of columns.
func padRight(s string, columns int) string {
	return s + strings.Repeat(" ", max(0, columns-width(s)))
}

// padLeft fills a text with spaces before it.
func padLeft(s string, columns int) string {
	return strings.Repeat(" ", max(0, columns-width(s))) + s
}

// fit shortens a text that takes more than a number of columns, with an
// ellipsis in the last.
func fit(s string, most int) string {
	if width(s) <= most {
		return s
	}
	used := 1
	for i, r := range s {
		if used += columnsOf(r); used > most {
			return s[:i] + "…"
		}
	}
	return s
}

// plain makes a text from a file harmless: control characters, with which it
// could break a line or drive the terminal, become U+FFFD.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return '\uFFFD'
		}
		return r
	}, s)
}
