//go:build cgo && !noduckdb && (amd64 || arm64)

package main

import (
	"context"
	"database/sql"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// duck is a database in memory that holds the orders as one table.
type duck struct {
	db  *sql.DB
	dir string // of the file, once there is one
}

// openDuckDB loads the orders through the Appender, which is not timed, and
// keeps to one thread.
func openDuckDB(orders []Order) (database, error) {
	connector, err := duckdb.NewConnector("", nil)
	if err != nil {
		return nil, err
	}
	d := &duck{db: sql.OpenDB(connector)}
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

// store copies the table into a file, where DuckDB compresses it: owners and
// products become codes into dictionaries.
func (d *duck) store() (err error) {
	if d.dir, err = os.MkdirTemp("", "peers"); err != nil {
		return err
	}
	_, err = d.db.Exec(fmt.Sprintf(`ATTACH '%s' AS stored; CREATE TABLE %s AS FROM %s; CHECKPOINT stored`,
		filepath.Join(d.dir, "orders.duckdb"), inFile, inMemory))
	return err
}

func (d *duck) close() {
	d.db.Close()
	if d.dir != "" {
		os.RemoveAll(d.dir)
	}
}

// name is the version as the library itself gives it.
func (d *duck) name() string {
	var version string
	if err := d.db.QueryRow(`SELECT version()`).Scan(&version); err != nil {
		return err.Error()
	}
	return "DuckDB " + version
}

// grouped is the query. The month as one number is the fastest of the forms
// that were tried, ahead of date_trunc and of year and month as two keys.
func grouped(byProduct bool, a amount, from string) string {
	keys, column := "owner", "amount"
	if byProduct {
		keys = "owner, product"
	}
	if a == cents {
		column = "cents"
	}
	return fmt.Sprintf(`SELECT %s, year(day) * 12 + month(day) AS month, sum(%s) AS value, count(*) AS n FROM %s GROUP BY %[1]s, month`, keys, column, from)
}

func (d *duck) rows(byProduct bool, a amount, from string) (result, error) {
	query := grouped(byProduct, a, from)
	if a == cents {
		return fetch[*big.Int](d.db, byProduct, query)
	}
	return fetch[duckdb.Decimal](d.db, byProduct, query)
}

func (d *duck) inside(byProduct bool, from string) (result, error) {
	row := d.db.QueryRow(`SELECT count(*), sum(value), sum(n) FROM (` + grouped(byProduct, decimals, from) + `)`)
	var rows int64
	var value duckdb.Decimal
	var n *big.Int
	if err := row.Scan(&rows, &value, &n); err != nil {
		return nil, err
	}
	return summary{rows, tally{value.Value.Int64(), n.Int64()}}, nil
}

type duckRow[V any] struct {
	owner, product string
	month          int64
	value          V
	n              int64
}

type duckRows[V any] []duckRow[V]

func fetch[V any](db *sql.DB, byProduct bool, query string) (duckRows[V], error) {
	rows, err := db.Query(query)
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
		all[cell{r.owner, r.product, int(r.month) - 2024*12 - 1}] = t
	}
	return same(all, want)
}
