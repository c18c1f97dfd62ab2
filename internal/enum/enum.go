// Package enum gives the small named types of this module (grains, reasons,
// directions) one way to be written and read as words. The words of a type
// stand in the order of its constants, and the type names what its zero
// means.
package enum

import (
	"strings"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// String gives the word of e, and "unknown" for a number that is none of
// the constants.
func String[E ~uint8](words []string, e E) string {
	if int(e) < len(words) {
		return words[e]
	}
	return "unknown"
}

// Marshal gives the word of e; a number that is none of the constants is an
// error. op names the type, such as kpi.Direction.
func Marshal[E ~uint8](op string, words []string, e E) ([]byte, error) {
	if int(e) < len(words) {
		return []byte(words[e]), nil
	}
	return nil, check.New(op, check.ErrUnknown, "", "unknown_word", uint8(e))
}

// Unmarshal reads a word into e; any other word is an error that lists the
// known ones, and leaves e as it is.
func Unmarshal[E ~uint8](op string, words []string, text []byte, e *E) error {
	for i, word := range words {
		if word == string(text) {
			*e = E(i)
			return nil
		}
	}
	return check.New(op, check.ErrUnknown, "", "unknown_word", string(text), "known", strings.Join(words, " "))
}
