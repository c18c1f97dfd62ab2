package main

// coded holds records as nobody has them: dictionary codes, the month counted
// from the first, cents, each in an array of its own. A loop over it is the
// limit of what a grouping can reach without a second core.
type coded struct {
	owner   []uint16
	product []uint8
	month   []uint8
	cents   []int64
	owners  []string
	names   []string
}

func encode(orders []Order) *coded {
	c := &coded{owners: names("owner-%04d", owners), names: names("product-%02d", products)}
	ownerCode, productCode := codes(c.owners), codes(c.names)
	for i := range orders {
		o := &orders[i]
		c.owner = append(c.owner, uint16(ownerCode[o.Owner]))
		c.product = append(c.product, uint8(productCode[o.Product]))
		c.month = append(c.month, uint8(monthOf(o.Day)))
		c.cents = append(c.cents, o.Cents)
	}
	return c
}

func codes(members []string) map[string]int {
	all := make(map[string]int, len(members))
	for i, m := range members {
		all[m] = i
	}
	return all
}

func (c *coded) ownerMonth() *arrayResult {
	sums := make([]tally, owners*months)
	for i, cents := range c.cents {
		t := &sums[int(c.owner[i])*months+int(c.month[i])]
		t.Cents += cents
		t.Count++
	}
	return &arrayResult{c, sums, false}
}

func (c *coded) ownerProductMonth() *arrayResult {
	sums := make([]tally, owners*products*months)
	for i, cents := range c.cents {
		t := &sums[(int(c.owner[i])*products+int(c.product[i]))*months+int(c.month[i])]
		t.Cents += cents
		t.Count++
	}
	return &arrayResult{c, sums, true}
}

type arrayResult struct {
	*coded
	sums      []tally
	byProduct bool
}

func (r *arrayResult) agrees(want map[cell]tally) error { return same(r.cells(), want) }

func (r *arrayResult) cells() map[cell]tally {
	all := map[cell]tally{}
	for i, t := range r.sums {
		if t.Count == 0 {
			continue
		}
		k, key := cell{Month: i % months}, i/months
		if r.byProduct {
			k.Product, key = r.names[key%products], key/products
		}
		k.Owner = r.owners[key]
		all[k] = t
	}
	return all
}
