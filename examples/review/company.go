package main

import (
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/org"
)

// Company is the organisation of sales_teams.csv: regions, in them teams, in
// them sellers. Sellers go by their names; units have a prefix, so that a
// seller may be called as a region is.
type Company struct {
	Org     *org.Org
	Tree    org.Tree
	sellers map[string]Seller
}

const wholeCompany = "company:"

func regionID(s Seller) string { return "region:" + s.Region }

// teamID holds the region too: a manager may lead a team in each of two.
func teamID(s Seller) string { return "team:" + s.Region + "/" + s.Manager }

// newCompany builds the organisation as it is. The file has no days, so
// everybody has always been where the file says.
func newCompany(records *Records) (*Company, error) {
	c := &Company{sellers: map[string]Seller{}}
	s := org.Structure{Units: []org.Unit{{ID: wholeCompany, Kind: "company"}}}
	units := map[string]bool{}
	add := func(u org.Unit) {
		if !units[u.ID] {
			s.Units = append(s.Units, u)
		}
		units[u.ID] = true
	}
	for _, seller := range records.Sellers {
		c.sellers[seller.Name] = seller
		add(org.Unit{ID: regionID(seller), Name: seller.Region, Kind: "region", Parent: wholeCompany})
		add(org.Unit{ID: teamID(seller), Name: seller.Manager, Kind: "team", Parent: regionID(seller)})
		s.Assignments = append(s.Assignments, org.Assignment{Member: seller.Name, Unit: teamID(seller)})
	}
	var err error
	if c.Org, err = org.New(s); err != nil {
		return nil, err
	}
	c.Tree = c.Org.At(calendar.Day(1))
	return c, nil
}

// name gives an owner as people call it.
func (c *Company) name(owner string, l Lang) string {
	if owner == wholeCompany {
		return l.say("Company", "全公司")
	}
	if unit, ok := c.Org.Unit(owner); ok {
		return unit.Name
	}
	return owner
}

// isSeller tells a seller from a unit.
func (c *Company) isSeller(owner string) bool {
	_, ok := c.sellers[owner]
	return ok
}
