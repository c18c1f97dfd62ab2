package main

import "github.com/saleskpi/saleskpi/kpi/cube"

// Names by which the ratios are found.
const (
	nameCube   = "cube"
	nameRows   = "cube, all rows queried"
	nameTwo    = "cube, two cores and merged"
	nameMap    = "map"
	nameDuckDB = "DuckDB, rows fetched"
	nameArray  = "array of codes"
)

// field is one set of records in every form that a contender needs.
type field struct {
	orders []Order
	coded  *coded
	db     database // nil without DuckDB
	stored bool     // in a file too
}

func makeField(orders []Order) (*field, error) {
	db, err := openDuckDB(orders)
	return &field{orders: orders, coded: encode(orders), db: db}, err
}

func (f *field) store() error {
	if f.db == nil {
		return nil
	}
	f.stored = true
	return f.db.store()
}

func (f *field) close() {
	if f.db != nil {
		f.db.close()
	}
}

// contest makes a case by owner × month, or owner × product × month.
func (f *field) contest(name string, byProduct bool, a amount) *contest {
	c := &contest{name: name, records: len(f.orders), repeat: 1}
	c.want, c.contenders = f.coded.ownerMonth().cells(), f.ours(a, "owner")
	if byProduct {
		c.want, c.contenders = f.coded.ownerProductMonth().cells(), f.ours(a, "owner", "product")
	}
	c.contenders = append(c.contenders, f.loops(byProduct, a)...)
	c.contenders = append(c.contenders, f.duckDB(byProduct, a)...)
	c.contenders = append(c.contenders, contender{nameArray, func() (result, error) {
		if byProduct {
			return f.coded.ownerProductMonth(), nil
		}
		return f.coded.ownerMonth(), nil
	}})
	return c
}

func (f *field) ours(a amount, by ...string) []contender {
	return []contender{
		{nameCube, func() (result, error) {
			c, err := fill(f.orders, a, by...)
			return cubeResult{c, by}, err
		}},
		{nameRows, func() (result, error) {
			c, err := fill(f.orders, a, by...)
			if err != nil {
				return nil, err
			}
			return cubeResult{c, by}.rows()
		}},
	}
}

func (f *field) loops(byProduct bool, a amount) []contender {
	loop := func(name string, run func([]Order) result) contender {
		return contender{name, func() (result, error) { return run(f.orders), nil }}
	}
	switch {
	case byProduct && a == cents:
		return []contender{loop(nameMap, loopOwnerProductMonthCents)}
	case a == cents:
		return []contender{loop(nameMap, loopOwnerMonthCents)}
	case byProduct:
		return []contender{loop(nameMap, loopOwnerProductMonth), loop("map, no count", loopSumAloneProduct)}
	}
	return []contender{loop(nameMap, loopOwnerMonth), loop("map, no count", loopSumAlone)}
}

func (f *field) duckDB(byProduct bool, a amount) []contender {
	if f.db == nil {
		return nil
	}
	rows := func(name, from string) contender {
		return contender{name, func() (result, error) { return f.db.rows(byProduct, a, from) }}
	}
	inside := func(name, from string) contender {
		return contender{name, func() (result, error) { return f.db.inside(byProduct, from) }}
	}
	all := []contender{rows(nameDuckDB, inMemory)}
	if a == decimals {
		all = append(all, inside("DuckDB, rows left inside", inMemory))
	}
	if f.stored {
		all = append(all, rows("DuckDB, from its file", inFile))
	}
	if f.stored && a == decimals {
		all = append(all, inside("DuckDB, file, left inside", inFile))
	}
	return all
}

// alone is the case in which the cube is compared with itself: on two cores,
// with teams by date, with orders that two owners share.
func (f *field) alone(name string) (*contest, error) {
	teams, err := makeTeams()
	if err != nil {
		return nil, err
	}
	by, shared := []string{"owner"}, makeShared(f.orders)
	whole := func(run func() (*cube.Cube, error)) func() (result, error) {
		return func() (result, error) {
			c, err := run()
			return cubeResult{c, by}, err
		}
	}
	return &contest{name: name, records: len(f.orders), repeat: 1, want: f.coded.ownerMonth().cells(), contenders: []contender{
		{nameCube, whole(func() (*cube.Cube, error) { return fill(f.orders, decimals, by...) })},
		{nameTwo, whole(func() (*cube.Cube, error) { return fillTwo(f.orders, decimals, by...) })},
		{"cube, and teams by date", whole(func() (*cube.Cube, error) { return fillTeams(f.orders, teams) })},
		{"cube, two owners share", func() (result, error) {
			c, err := fillShared(shared)
			return sharedResult{c}, err
		}},
	}}, nil
}
