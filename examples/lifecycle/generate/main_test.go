package main

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The embedded files are what the generator writes: nobody edits them by hand.
func TestSampleIsGenerated(t *testing.T) {
	files, err := generate(seed)
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s is not what the generator writes; run go run ./examples/lifecycle/generate", name)
		}
	}
}

// PCG with the seeds 1 and 2 gives what the tests of Go have for it
// (math/rand/v2, TestPCG): the sample would be another one if it did not.
func TestDice(t *testing.T) {
	d := dice{rand.NewPCG(1, 2)}
	for i, want := range []uint64{0xc4f5a58656eef510, 0x9dcec3ad077dec6c, 0xc8d04605312f8088, 0xcbedc0dcb63ac19a} {
		if got := d.pcg.Uint64(); got != want {
			t.Errorf("number %d is %#x, want %#x", i, got, want)
		}
	}
	hits := 0
	for range 10_000 {
		if d.pick([]int{0, 3, 1}) == 1 {
			hits++
		}
	}
	if hits < 7_300 || hits > 7_700 { // five deviations of 43 on either side
		t.Errorf("three in four come as %d of 10,000", hits)
	}
}

// Every deal goes one way through the stages, and is either open or has one
// end; a lost one has a reason and no other does. Moves of its expected close
// lie inside its life and put it off.
func TestStories(t *testing.T) {
	all, err := deals(newDice(seed))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		before := d.qualified
		for _, day := range []int{int(d.proposal), int(d.negotiation), int(d.closed)} {
			if day != 0 && day < int(before) {
				t.Errorf("%s goes back", d.id)
			}
		}
		if (d.closed == 0) != (d.outcome == "") || (d.outcome == "lost") != (d.reason != "") || d.outcome == "won" && d.negotiation == 0 {
			t.Errorf("%s: %s on %s, %q", d.id, d.outcome, d.closed, d.reason)
		}
		expected := d.expected
		for _, m := range d.moves {
			if m.expected <= expected || m.on < d.qualified || m.on > last() || d.closed != 0 && m.on >= d.closed {
				t.Errorf("%s moves on %s to %s", d.id, m.on, m.expected)
			}
			expected = m.expected
		}
	}
	if len(all) < 300 || len(all) > 600 {
		t.Errorf("%d deals", len(all))
	}
}

func TestWriteMakesFiles(t *testing.T) {
	folder := t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	made, err := os.ReadFile(filepath.Join(folder, "moves.csv"))
	if err != nil || !strings.HasPrefix(string(made), "deal,moved,expected\n") {
		t.Errorf("%v, %.40s", err, made)
	}
	if err := write(filepath.Join(folder, "nowhere")); err == nil {
		t.Error("a folder that is not there was written to")
	}
}
