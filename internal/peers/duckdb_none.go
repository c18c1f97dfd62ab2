//go:build !cgo || noduckdb || !(amd64 || arm64)

package main

// openDuckDB gives no database: its driver needs cgo and a library that is
// built for amd64 and arm64 alone.
func openDuckDB([]Order) (database, error) { return nil, nil }

// openStageLog gives no database either.
func openStageLog([]Change) (stageDatabase, error) { return nil, nil }
