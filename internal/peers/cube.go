package main

import (
	"fmt"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/cube"
	"github.com/saleskpi/saleskpi/kpi/org"
	"github.com/shopspring/decimal"
)

// amount says in which form the cube reads amounts.
type amount bool

const (
	decimals amount = false
	cents    amount = true
)

func (a amount) String() string {
	if a == cents {
		return "cents"
	}
	return "decimals"
}

// definition is one sum and one count by month.
func definition(dimensions ...string) (cube.Definition, error) {
	window, err := calendar.NewPeriod(firstDay(), endDay())
	return cube.Definition{
		ID: "orders", Window: window, Grain: calendar.Monthly, Dimensions: dimensions,
		Measures: []cube.Measure{
			{ID: "order_value", Kind: cube.Sum, Unit: kpi.Money("USD", 2)},
			{ID: "order_count", Kind: cube.Count},
		},
	}, err
}

// reader binds the names to Order, as any caller does.
func reader(a amount, dimensions ...string) cube.Reader[Order] {
	value := cube.Feed[Order]{Decimal: func(o *Order) (decimal.Decimal, bool) { return o.Amount, true }}
	if a == cents {
		value = cube.Feed[Order]{Minor: func(o *Order) (int64, bool) { return o.Cents, true }}
	}
	all := map[string]func(*Order) (string, bool){
		"owner":   func(o *Order) (string, bool) { return o.Owner, true },
		"product": func(o *Order) (string, bool) { return o.Product, true },
	}
	bound := map[string]func(*Order) (string, bool){}
	for _, name := range dimensions {
		bound[name] = all[name]
	}
	return cube.Reader[Order]{
		Day:        func(o *Order) (calendar.Day, bool) { return o.Day, true },
		Dimensions: bound,
		Measures:   map[string]cube.Feed[Order]{"order_value": value, "order_count": {}},
	}
}

func fill(orders []Order, a amount, dimensions ...string) (*cube.Cube, error) {
	def, err := definition(dimensions...)
	if err != nil {
		return nil, err
	}
	return load(def, reader(a, dimensions...), orders)
}

func load[T any](def cube.Definition, r cube.Reader[T], records []T) (*cube.Cube, error) {
	c, err := cube.New(def)
	if err != nil {
		return nil, err
	}
	l, err := cube.Load(c, r)
	if err != nil {
		return nil, err
	}
	for i := range records {
		l.Add(&records[i])
	}
	return c, nil
}

// fillTwo fills a cube from either half, each on a core of its own, and merges
// them.
func fillTwo(orders []Order, a amount, dimensions ...string) (*cube.Cube, error) {
	type half struct {
		cube *cube.Cube
		err  error
	}
	other, middle := make(chan half, 1), len(orders)/2
	go func() {
		c, err := fill(orders[middle:], a, dimensions...)
		other <- half{c, err}
	}()
	one, err := fill(orders[:middle], a, dimensions...)
	two := <-other
	if err != nil {
		return nil, err
	}
	if two.err != nil {
		return nil, two.err
	}
	return cube.Merge(one, two.cube)
}

// fillTeams adds the team to which the owner belonged on the day of the order.
func fillTeams(orders []Order, o *org.Org) (*cube.Cube, error) {
	def, err := definition("owner", "team")
	if err != nil {
		return nil, err
	}
	def.Levels = []cube.Level{{Dimension: "team", Of: "owner", Kind: "team"}}
	r := reader(decimals, "owner")
	r.Org = o
	return load(def, r, orders)
}

// makeTeams puts the owners into 40 teams; each changes once, on a day of its
// own.
func makeTeams() (*org.Org, error) {
	const teams = 40
	s := org.Structure{Units: []org.Unit{{ID: "all", Kind: "company"}}}
	team := names("team-%02d", teams)
	for _, id := range team {
		s.Units = append(s.Units, org.Unit{ID: id, Kind: "team", Parent: "all"})
	}
	for i, owner := range names("owner-%04d", owners) {
		moved := firstDay().Add(30 + i%600)
		s.Assignments = append(s.Assignments,
			org.Assignment{Member: owner, Unit: team[i%teams], To: moved},
			org.Assignment{Member: owner, Unit: team[(i+7)%teams], From: moved})
	}
	return org.New(s)
}

// sharedOrder is an order that two owners share.
type sharedOrder struct {
	Order
	Second string
}

func makeShared(orders []Order) []sharedOrder {
	shared := make([]sharedOrder, len(orders))
	for i, o := range orders {
		shared[i] = sharedOrder{o, orders[len(orders)-1-i].Owner}
	}
	return shared
}

// fillShared credits 60 % of each order to its owner and the rest to the
// second.
func fillShared(orders []sharedOrder) (*cube.Cube, error) {
	def, err := definition("owner")
	if err != nil {
		return nil, err
	}
	def.Credit = "owner"
	most, err := org.NewShare(3, 5)
	if err != nil {
		return nil, err
	}
	rest, err := org.NewShare(2, 5)
	if err != nil {
		return nil, err
	}
	return load(def, cube.Reader[sharedOrder]{
		Day: func(o *sharedOrder) (calendar.Day, bool) { return o.Day, true },
		Credits: func(o *sharedOrder, to []cube.Credit) []cube.Credit {
			return append(to, cube.Credit{Member: o.Owner, Share: most}, cube.Credit{Member: o.Second, Share: rest})
		},
		Measures: map[string]cube.Feed[sharedOrder]{
			"order_value": {Decimal: func(o *sharedOrder) (decimal.Decimal, bool) { return o.Amount, true }},
			"order_count": {},
		},
	}, orders)
}

// cubeResult is a cube that was filled. Its rows are asked for only when it is
// compared.
type cubeResult struct {
	cube *cube.Cube
	by   []string
}

func (r cubeResult) agrees(want map[cell]tally) error {
	rows, err := r.rows()
	if err != nil {
		return err
	}
	return rows.agrees(want)
}

func (r cubeResult) rows() (rowResult, error) {
	all, err := r.cube.Query(cube.Query{By: r.by, Grain: calendar.Monthly})
	return rowResult{all}, err
}

// rowResult is all rows of a cube, sorted.
type rowResult struct{ *cube.Result }

func (r rowResult) agrees(want map[cell]tally) error {
	all := make(map[cell]tally, len(r.Rows))
	for _, row := range r.Rows {
		k := cell{Owner: row.Key[0], Month: monthOf(row.Period.Start())}
		if len(row.Key) > 1 {
			k.Product = row.Key[1]
		}
		all[k] = tallyOf(row)
	}
	return same(all, want)
}

func tallyOf(row cube.Row) tally {
	value, _ := row.Values[0].Minor(2, kpi.HalfEven)
	count, _ := row.Values[1].Int64()
	return tally{value, count}
}

// sharedResult is a cube of shared orders: parts move between owners, the
// total stays.
type sharedResult struct{ cube *cube.Cube }

func (r sharedResult) agrees(want map[cell]tally) error {
	all, err := r.cube.Query(cube.Query{})
	if err != nil {
		return err
	}
	if got := tallyOf(all.Rows[0]); got != total(want) {
		return fmt.Errorf("a total of %v and %v", got, total(want))
	}
	return nil
}
