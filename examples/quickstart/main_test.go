package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// Worked by hand. Ann has two thirds of 100,000, bo one third, to the cent;
// on 14 February one month and half of the next are due. Three of four
// closed deals are won (75 %), after 23, 33 and 18 days. Scores are what was
// won against what was due: 47750.49/50000 = 95.5, 37750.50/33333.34 = 113.3,
// 9999.99/16666.66 = 60.0.
const want = `team won 47750.49 of 100000.00 (47.8 %), 50000.00 due: at_risk
ann won 37750.50 of 66666.67 (56.6 %), 33333.34 due: on_track
bo won 9999.99 of 33333.33 (30.0 %), 16666.66 due: behind
team scores 95.5 against what was due: B
ann scores 113.3 against what was due: A
bo scores 60.0 against what was due: C
win rate 75.0 % median cycle 23 days, open 38400.00
`

func TestOutput(t *testing.T) {
	stdout := os.Stdout
	defer func() { os.Stdout = stdout }()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdout = write
	main()
	write.Close()
	got, err := io.ReadAll(read)
	if err != nil || string(got) != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
}

func TestLength(t *testing.T) {
	source, err := os.ReadFile("main.go")
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Count(string(source), "\n"); lines > 100 {
		t.Errorf("%d lines are no quick start", lines)
	}
}
