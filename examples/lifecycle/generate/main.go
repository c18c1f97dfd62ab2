// Generate writes the sample that the program lifecycle embeds: three years
// of deals, the same bytes on every run, every platform and every version of
// Go.
//
//	go run ./examples/lifecycle/generate
//
// It is run from the root of the repository; -out names another folder.
//
//	deals.csv  deal, seller, customer, amount, the days on which it was qualified, came to
//	           proposal, to negotiation and was closed, its outcome and the reason of
//	           a loss, and the day for which the close was expected first
//	moves.csv  deal, the day on which the expected close was moved, and where to
package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// seed is the company that was drawn: one whose year begins well and ends a
// little short. Another seed gives other years of the same company.
const seed = 409829

func main() {
	out := flag.String("out", filepath.Join("examples", "lifecycle"), "the `folder` to write to")
	flag.Parse()
	if err := write(*out); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func write(folder string) error {
	files, err := generate(seed)
	if err != nil {
		return err
	}
	for name, file := range files {
		if err := os.WriteFile(filepath.Join(folder, name), file, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generate gives the files by name.
func generate(seed uint64) (map[string][]byte, error) {
	all, err := deals(newDice(seed))
	if err != nil {
		return nil, err
	}
	rows := [][]string{{"deal", "seller", "customer", "amount", "qualified", "proposal", "negotiation", "closed", "outcome", "reason", "expected"}}
	moves := [][]string{{"deal", "moved", "expected"}}
	for _, d := range all {
		rows = append(rows, []string{d.id, d.seller, d.customer, strconv.Itoa(d.amount), d.qualified.String(), d.proposal.String(), d.negotiation.String(),
			d.closed.String(), d.outcome, d.reason, d.expected.String()})
		for _, m := range d.moves {
			moves = append(moves, []string{d.id, m.on.String(), m.expected.String()})
		}
	}
	files := map[string][]byte{}
	for name, table := range map[string][][]string{"deals.csv": rows, "moves.csv": moves} {
		var b bytes.Buffer
		if err := csv.NewWriter(&b).WriteAll(table); err != nil {
			return nil, err
		}
		files[name] = b.Bytes()
	}
	return files, nil
}
