module github.com/saleskpi/saleskpi

go 1.25.0

require github.com/rickb777/date/v2 v2.1.9

require (
	github.com/govalues/decimal v0.1.36 // indirect
	github.com/rickb777/period v1.0.15 // indirect
	github.com/rickb777/plural v1.4.4 // indirect
)
