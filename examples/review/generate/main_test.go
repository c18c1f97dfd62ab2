package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
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

// Where the books and the deals are both complete they agree to the cent: in
// December 2025, the first month by whose end everything that closes had begun
// in the CRM (the longest cycle is 104 days). In no month and for no seller do
// the books hold less than the deals.
func TestBooksAgreeWithDeals(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	type key struct{ seller, month string }
	read := func(name string) [][]string {
		rows, err := csv.NewReader(bytes.NewReader(files[name])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	cents := func(s string) int {
		n, err := strconv.Atoi(strings.Replace(s, ".", "", 1)) // always with two places
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	won := map[key]int{}
	for _, r := range read("sales_pipeline.csv") {
		if r[4] == "Won" {
			won[key{r[1], r[6][:7]}] += cents(r[7])
		}
	}
	compared := 0
	for _, r := range read("history.csv") {
		books, deals := cents(r[2]), won[key{r[0], r[1]}]
		if books < deals || r[1] == "2025-12" && books != deals {
			t.Errorf("%s in %s: the books hold %d cents, the deals %d", r[0], r[1], books, deals)
		}
		if deals > 0 {
			compared++
		}
	}
	if compared < 20 {
		t.Errorf("only %d months of sellers could be compared", compared)
	}
}

// What the market file says of us is the sum of the books.
func TestMarketAgreesWithBooks(t *testing.T) {
	files, err := generate()
	if err != nil {
		t.Fatal(err)
	}
	market, books := string(files["market.csv"]), 0
	rows, err := csv.NewReader(bytes.NewReader(files["history.csv"])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	hamburg := map[string]bool{"Jonas Weber": true, "Marta Kowalska": true, "Émile Laurent": true}
	for _, r := range rows[1:] {
		if n, _ := strconv.Atoi(strings.Replace(r[2], ".", "", 1)); hamburg[r[0]] && strings.HasPrefix(r[1], "2025-") {
			books += n
		}
	}
	if want := fmt.Sprintf(",%d.%02d,", books/100, books%100); !strings.Contains(market, want) {
		t.Errorf("%s is not in\n%s", want, market)
	}
}
