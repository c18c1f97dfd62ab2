package enum

import (
	"errors"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/check"
)

type colour uint8

func words() []string { return []string{"", "red", "blue"} }

func TestWords(t *testing.T) {
	for i, word := range words() {
		text, err := Marshal("colour", words(), colour(i))
		if err != nil || string(text) != word || String(words(), colour(i)) != word {
			t.Errorf("%d: %q, %v", i, text, err)
		}
		var c colour
		if err := Unmarshal("colour", words(), []byte(word), &c); err != nil || c != colour(i) {
			t.Errorf("%q read as %d, %v", word, c, err)
		}
	}
}

func TestUnknown(t *testing.T) {
	if _, err := Marshal("colour", words(), colour(3)); !errors.Is(err, check.ErrUnknown) {
		t.Errorf("marshal: %v", err)
	}
	if s := String(words(), colour(200)); s != "unknown" {
		t.Errorf("string: %q", s)
	}
	c := colour(2)
	if err := Unmarshal("colour", words(), []byte("Red"), &c); !errors.Is(err, check.ErrUnknown) || c != 2 {
		t.Errorf("unmarshal: %v, left %d", err, c)
	}
}
