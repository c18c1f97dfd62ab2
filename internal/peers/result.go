package main

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// cell is an owner, a product where the case has one, and a month from 0.
type cell struct {
	Owner, Product string
	Month          int
}

// tally is what every contender computes for a cell.
type tally struct{ Cents, Count int64 }

// result is what a contender computed, in its own form, and says where it
// differs from what it should be. That is never timed.
type result interface {
	agrees(want map[cell]tally) error
}

func same(got, want map[cell]tally) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d cells; want %d", len(got), len(want))
	}
	for k, w := range want {
		if g, ok := got[k]; !ok || g != w {
			return fmt.Errorf("%v: %v; want %v", k, g, w)
		}
	}
	return nil
}

func total(cells map[cell]tally) tally {
	var all tally
	for _, t := range cells {
		all.Cents += t.Cents
		all.Count += t.Count
	}
	return all
}

// summary is all that a query fetches which leaves its rows in the database.
type summary struct {
	rows int64
	all  tally
}

func (s summary) agrees(want map[cell]tally) error {
	if w := (summary{int64(len(want)), total(want)}); s != w {
		return fmt.Errorf("%v; want %v", s, w)
	}
	return nil
}

func centsOf(d decimal.Decimal) int64 { return d.Shift(2).IntPart() }

// Tables of a database. That in memory is as the Appender wrote it.
const (
	inMemory = "orders"
	inFile   = "stored.orders"
)

// database is DuckDB with the orders loaded, where the command is built with
// it.
type database interface {
	name() string // and version, as the library gives it
	store() error // makes the table in the file
	// rows fetches every row of the sums and counts.
	rows(byProduct bool, a amount, from string) (result, error)
	// inside groups the same and fetches one row, so that what the database
	// itself takes can be told from what its driver takes.
	inside(byProduct bool, from string) (result, error)
	close()
}

// stageDatabase is DuckDB with a stage log loaded.
type stageDatabase interface {
	// chained counts the deals that reached each stage: those with a first
	// entry there not before their first such entry into the stage before.
	chained() (reached, error)
	close()
}
