module github.com/saleskpi/saleskpi

go 1.25.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/rickb777/date/v2 v2.1.9
	github.com/shopspring/decimal v1.6.0
	pgregory.net/rapid v1.3.0
)

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/period v1.0.15 // indirect
	github.com/rickb777/plural v1.4.4 // indirect
)
