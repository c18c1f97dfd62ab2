package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// The embedded files are what the generator writes: nobody edits them by hand.
func TestSampleIsGenerated(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join("..", "sample", name))
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("sample/%s is not what the generator writes; run go run ./examples/review/generate", name)
		}
	}
	sample, err := os.ReadDir(filepath.Join("..", "sample"))
	if err != nil || len(sample) != len(files) {
		t.Errorf("sample holds %d files, the generator writes %d (%v)", len(sample), len(files), err)
	}
}

// SplitMix64 from seed 1234567, as the reference implementation prints it
// (Vigna, splitmix64.c; the figures stand at rosettacode.org under
// "Pseudo-random numbers/Splitmix64").
func TestDice(t *testing.T) {
	d := dice(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		if got := d.next(); got != want {
			t.Errorf("number %d is %d, want %d", i, got, want)
		}
	}
}

func TestWriteMakesFiles(t *testing.T) {
	folder := t.TempDir()
	if err := write(folder); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(folder, "targets.csv")); err != nil {
		t.Error(err)
	}
	if err := write(filepath.Join(folder, "nowhere")); err == nil {
		t.Error("a folder that is not there was written to")
	}
}
