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
const want = `team: 47,750.49 USD of 100,000.00 USD (47.8 %), 50,000.00 USD due: at_risk
ann: 37,750.50 USD of 66,666.67 USD (56.6 %), 33,333.34 USD due: on_track
bo: 9,999.99 USD of 33,333.33 USD (30.0 %), 16,666.66 USD due: behind
team scores 95.5 against what was due: B
ann scores 113.3 against what was due: A
bo scores 60.0 against what was due: C
win rate 75.0 % median cycle 23 days, open 38,400.00 USD
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
