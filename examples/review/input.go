package main

import (
	"io/fs"
	"strings"
	"unicode"

	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

const (
	dealsFile    = "sales_pipeline.csv"
	teamsFile    = "sales_teams.csv"
	productsFile = "products.csv"
	targetsFile  = "targets.csv"
)

// input reads the files and knows what has been read so far.
type input struct {
	files    fs.FS
	calendar calendar.Calendar
	problems check.List
	tally    tally
	records  Records

	owners   map[string]bool              // sellers, managers and offices; nil where unknown
	sellers  map[string]bool              // nil where unknown
	products map[string]string            // folded name to name; nil where unknown
	targeted map[string][]calendar.Period // by owner
}

// Read reads a sales year. The calendar reads the periods of targets.csv,
// which may be left out; the other files are required. Every problem in every
// file is reported at once, with its file, line and column.
func Read(files fs.FS, cal calendar.Calendar) (*Records, error) {
	in := input{files: files, calendar: cal, problems: check.List{Op: "review"}, targeted: map[string][]calendar.Period{}}
	in.readTeams()
	in.readProducts()
	in.readDeals()
	in.readTargets()
	in.readPlan()
	if err := in.problems.Err(); err != nil {
		return nil, err
	}
	in.tally.sellersWithoutDeals(&in.records)
	in.tally.booksBelowDeals(&in.records)
	in.records.Findings = in.tally.findings()
	return &in.records, nil
}

func (in *input) readTeams() {
	s, ok := readSheet(in.files, teamsFile, &in.problems, "sales_agent", "manager", "regional_office")
	if !ok {
		return
	}
	in.sellers, in.owners = map[string]bool{}, map[string]bool{}
	for _, r := range s.rows {
		seller := Seller{Name: r.need("sales_agent"), Manager: r.need("manager"), Region: r.need("regional_office")}
		if in.sellers[seller.Name] {
			r.problem(check.ErrDuplicate, "sales_agent", "duplicate_seller")
		}
		in.sellers[seller.Name] = true
		for _, owner := range []string{seller.Name, seller.Manager, seller.Region} {
			in.owners[owner] = true
		}
		in.records.Sellers = append(in.records.Sellers, seller)
	}
}

func (in *input) readProducts() {
	s, ok := readSheet(in.files, productsFile, &in.problems, "product", "series", "sales_price")
	if !ok {
		return
	}
	in.products = map[string]string{}
	for _, r := range s.rows {
		price := r.amount("sales_price")
		if r.need("sales_price") != "" && price.Valid && price.Decimal.Sign() < 0 {
			r.problem(check.ErrRange, "sales_price", "negative_price")
		}
		product := Product{Name: r.need("product"), Series: r.text("series"), Price: price.Decimal}
		if other, taken := in.products[fold(product.Name)]; taken {
			r.problem(check.ErrDuplicate, "product", "duplicate_product", "other", other)
		}
		in.products[fold(product.Name)] = product.Name
		in.records.Products = append(in.records.Products, product)
	}
}

// fold takes case and spaces from a product's name: what people vary when
// they type one.
func fold(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, name))
}

func (in *input) readDeals() {
	s, _ := readSheet(in.files, dealsFile, &in.problems, "opportunity_id", "sales_agent", "product",
		"account", "deal_stage", "engage_date", "close_date", "close_value")
	lines := make(map[string]int, len(s.rows))
	for _, r := range s.rows {
		d := Deal{
			ID:      r.need("opportunity_id"),
			Agent:   r.need("sales_agent"),
			Product: in.product(r),
			Account: r.text("account"),
			Stage:   stage(r),
			Engaged: r.day("engage_date"),
			Closed:  r.day("close_date"),
			Value:   r.amount("close_value"),
		}
		if first, twice := lines[d.ID]; twice && d.ID != "" {
			r.problem(check.ErrDuplicate, "opportunity_id", "duplicate_deal", "first_line", first)
		} else {
			lines[d.ID] = r.line
		}
		if in.sellers != nil && d.Agent != "" && !in.sellers[d.Agent] {
			r.problem(check.ErrUnknown, "sales_agent", "unknown_seller", "known_from", teamsFile)
		}
		in.tally.deal(r, &d)
		in.records.Deals = append(in.records.Deals, d)
	}
}

// product gives the name that the catalog uses, where the deal's is equal but
// for case and spaces.
func (in *input) product(r row) string {
	written := r.need("product")
	if in.products == nil || written == "" {
		return written
	}
	name, known := in.products[fold(written)]
	switch {
	case !known:
		r.problem(check.ErrUnknown, "product", "unknown_product", "known_from", productsFile)
	case name != written:
		in.tally.repaired(r, written, name)
	}
	return name
}

func stage(r row) string {
	s := r.need("deal_stage")
	for _, known := range stages() {
		if s == known {
			return s
		}
	}
	if s != "" {
		r.problem(check.ErrUnknown, "deal_stage", "unknown_stage", "known", strings.Join(stages(), " "))
	}
	return s
}

func (in *input) readTargets() {
	if _, err := fs.Stat(in.files, targetsFile); err != nil {
		return // optional; what is there but broken is found on reading
	}
	s, _ := readSheet(in.files, targetsFile, &in.problems, "owner", "period", "amount")
	for _, r := range s.rows {
		t := Target{Owner: r.need("owner"), Period: in.period(r)}
		if r.need("amount") != "" {
			t.Amount = r.number("amount")
		}
		if in.owners != nil && t.Owner != "" && !in.owners[t.Owner] {
			r.problem(check.ErrUnknown, "owner", "unknown_owner", "known_from", teamsFile)
		}
		in.checkOverlap(r, t)
		in.records.Targets = append(in.records.Targets, t)
	}
}

// period reads a label such as 2026-03, 2026-Q1 or FY2026.
func (in *input) period(r row) calendar.Period {
	label := r.need("period")
	if label == "" {
		return calendar.Period{}
	}
	p, err := in.calendar.Parse(label)
	if err == nil {
		_, err = in.calendar.Split(p, calendar.Monthly) // targets are compared by month
	}
	in.problems.Nest(r.sheet.path(r.line, "period"), err)
	return p
}

// checkOverlap finds days on which an owner would have two targets.
func (in *input) checkOverlap(r row, t Target) {
	for _, earlier := range in.targeted[t.Owner] {
		if both, overlap := earlier.Intersect(t.Period); overlap {
			r.problem(check.ErrOverlap, "period", "overlapping_targets", "owner", t.Owner, "days", both)
			return
		}
	}
	in.targeted[t.Owner] = append(in.targeted[t.Owner], t.Period)
}
