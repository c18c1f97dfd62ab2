//go:build cgo && !noduckdb && (amd64 || arm64)

package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"slices"
	"time"

	"github.com/duckdb/duckdb-go/v2"
	"github.com/saleskpi/saleskpi/kpi/calendar"
)

// duck is a database in memory that holds the orders as one table.
type duck struct{ db *sql.DB }

// openDuckDB loads the orders through the Appender, which is not timed, and
// keeps to one thread.
func openDuckDB(orders []Order) (database, error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, err
	}
	d := &duck{sql.OpenDB(connector)}
	for _, statement := range []string{
		`SET threads = 1`,
		`CREATE TABLE orders (owner VARCHAR, product VARCHAR, day DATE, amount DECIMAL(18,2), cents BIGINT)`,
	} {
		if _, err := d.db.Exec(statement); err != nil {
			return nil, err
		}
	}
	return d, d.load(connector, orders)
}

func (d *duck) load(connector *duckdb.Connector, orders []Order) error {
	conn, err := connector.Connect(context.Background())
	if err != nil {
		return err
	}
	defer conn.Close()
	appender, err := duckdb.NewAppenderFromConn(conn, "", "orders")
	if err != nil {
		return err
	}
	for i := range orders {
		o := &orders[i]
		amount := duckdb.Decimal{Width: 18, Scale: 2, Value: big.NewInt(o.Cents)}
		if err := appender.AppendRow(o.Owner, o.Product, o.Day.In(time.UTC), amount, o.Cents); err != nil {
			return err
		}
	}
	return appender.Close()
}

func (d *duck) close() { d.db.Close() }

// name is the version as the library itself gives it.
func (d *duck) name() string {
	var version string
	if err := d.db.QueryRow(`SELECT version()`).Scan(&version); err != nil {
		return err.Error()
	}
	return "DuckDB " + version
}

func grouped(byProduct bool, column string) string {
	keys := "owner"
	if byProduct {
		keys = "owner, product"
	}
	return fmt.Sprintf(`SELECT %[1]s, date_trunc('month', day) AS month, sum(%[2]s) AS value, count(*) AS n FROM orders GROUP BY %[1]s, month`, keys, column)
}

// decimals fetches every row of the sums of the DECIMAL column.
func (d *duck) decimals(byProduct bool) (result, error) {
	return fetch[duckdb.Decimal](d.db, byProduct, "amount")
}

// cents fetches every row of the sums of the BIGINT column.
func (d *duck) cents(byProduct bool) (result, error) {
	return fetch[*big.Int](d.db, byProduct, "cents")
}

// inside groups as decimals does and fetches one row, so that what the
// database itself takes can be told from what its driver takes.
func (d *duck) inside(byProduct bool) (result, error) {
	row := d.db.QueryRow(`SELECT count(*), sum(value), sum(n) FROM (` + grouped(byProduct, "amount") + `)`)
	var rows, n int64
	var value duckdb.Decimal
	if err := row.Scan(&rows, &value, &n); err != nil {
		return nil, err
	}
	return summary{rows, tally{value.Value.Int64(), n}}, nil
}

type duckRow[V any] struct {
	owner, product string
	month          time.Time
	value          V
	n              int64
}

type duckRows[V any] []duckRow[V]

func fetch[V any](db *sql.DB, byProduct bool, column string) (duckRows[V], error) {
	rows, err := db.Query(grouped(byProduct, column))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all duckRows[V]
	for rows.Next() {
		var r duckRow[V]
		into := []any{&r.owner, &r.month, &r.value, &r.n}
		if byProduct {
			into = slices.Insert(into, 1, any(&r.product))
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

func (rows duckRows[V]) agrees(want map[cell]tally) error {
	all := make(map[cell]tally, len(rows))
	for _, r := range rows {
		t := tally{Count: r.n}
		switch v := any(r.value).(type) {
		case duckdb.Decimal:
			t.Cents = v.Value.Int64()
		case *big.Int:
			t.Cents = v.Int64()
		}
		day, _ := calendar.DayIn(r.month, r.month.Location())
		all[cell{r.owner, r.product, monthOf(day)}] = t
	}
	return same(all, want)
}
