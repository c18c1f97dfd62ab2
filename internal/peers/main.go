package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

func main() {
	var p program
	flag.IntVar(&p.records, "records", 1_000_000, "records of a case; the sizes are a tenth, one and ten times that")
	flag.IntVar(&p.rounds, "rounds", 5, "turns of each contender, a third of it at ten times the records")
	flag.BoolVar(&p.onlySplits, "splits", false, "the splits alone")
	flag.Parse()
	if p.records < 10 || p.rounds < 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := p.run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

type program struct {
	records, rounds int
	onlySplits      bool
}

func (p program) run(w io.Writer) error {
	fmt.Fprintf(w, "%s %s/%s, %d cores, %d records, the median of %d rounds; × is times as fast\n", runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), p.records, p.rounds)
	parts := []func(io.Writer) error{p.peers, p.funnels, p.splits, p.large, p.sizes}
	if p.onlySplits {
		fmt.Fprintln(w)
		parts = parts[2:4]
	}
	for _, part := range parts {
		if err := part(w); err != nil {
			return err
		}
	}
	return nil
}

// peers prints the contenders on one set of records, and the cube alone.
func (p program) peers(w io.Writer) error {
	f, err := makeField(makeOrders(p.records))
	if err != nil {
		return err
	}
	defer f.close()
	if err := f.store(); err != nil {
		return err
	}
	if f.db == nil {
		fmt.Fprintln(w, "built without DuckDB")
	} else {
		fmt.Fprintf(w, "%s, one thread\n", f.db.name())
	}
	peers := table{head: []string{"case", "contender", "ns/record", "× map", "× DuckDB", "allocs/record"}}
	for _, c := range []*contest{
		f.contest("owner × month, decimals", false, decimals),
		f.contest("owner × product × month, decimals", true, decimals),
		f.contest("owner × month, cents", false, cents),
		f.contest("owner × product × month, cents", true, cents),
	} {
		times, err := c.checked(p.rounds)
		if err != nil {
			return err
		}
		peers.addPeers(c.name, times)
	}
	fmt.Fprintln(w)
	peers.print(w)
	return p.alone(w, f)
}

func (p program) alone(w io.Writer, f *field) error {
	c, err := f.alone("owner × month, decimals")
	if err != nil {
		return err
	}
	times, err := c.checked(p.rounds)
	if err != nil {
		return err
	}
	alone := table{head: []string{"case", "contender", "ns/record", "× one", "allocs/record"}}
	alone.addBesides(c.name, times, nameCube)
	alone.print(w)
	return nil
}

// funnels prints conversion beside others, and the funnel alone.
func (p program) funnels(w io.Writer) error {
	s, err := makeSales(p.records)
	if err != nil {
		return err
	}
	defer s.close()
	for _, c := range []*contest{s.conversion("six stages, random order"), s.alone("six stages")} {
		times, err := c.checked(p.rounds)
		if err != nil {
			return err
		}
		t := table{head: []string{"case", "contender", "ns/event", "× sort and scan", "× DuckDB", "× funnel", "allocs/event"}}
		t.addBesides(c.name, times, nameSortScan, nameChained, nameAdd)
		t.print(w)
	}
	return s.memory(w)
}

func (p program) splits(w io.Writer) error {
	t := table{head: []string{"split", "contender", "ns/split", "× other", "allocs/split"}}
	for _, c := range splits() {
		times, err := c.checked(p.rounds)
		if err != nil {
			return err
		}
		t.addBesides(c.name, times, times[1].name)
	}
	t.print(w)
	return nil
}

// sizes prints what a record costs at a tenth, one and ten times the records.
func (p program) sizes(w io.Writer) error {
	orders := makeOrders(10 * p.records)
	head, rows := []string{"ns/record by owner × month", "of"}, [][]string{}
	least, most := map[int]float64{}, map[int]float64{}
	for i, n := range []int{p.records / 10, p.records, 10 * p.records} {
		times, err := p.size(orders[:n], []int{10, 3, 1}[i], []int{p.rounds, p.rounds, (p.rounds + 2) / 3}[i])
		if err != nil {
			return err
		}
		head = append(head, fmt.Sprintf("%d", n))
		for j, one := range times {
			if i == 0 {
				name, of, _ := strings.Cut(one.name, "; ")
				rows = append(rows, []string{name, of})
			}
			ns := median(one.rounds)
			rows[j] = append(rows[j], nanoseconds(ns))
			if least[j], most[j] = min(least[j], ns), max(most[j], ns); i == 0 {
				least[j] = ns
			}
		}
	}
	for j := range rows {
		rows[j] = append(rows[j], fmt.Sprintf("%.2f", most[j]/least[j]))
	}
	t := table{head: append(head, "most/least"), rows: rows}
	t.print(w)
	return nil
}

// size measures decimals and cents of one length in turn.
func (p program) size(orders []Order, repeat, rounds int) ([]timing, error) {
	f, err := makeField(orders)
	if err != nil {
		return nil, err
	}
	defer f.close()
	all := f.contest(fmt.Sprintf("%d records", len(orders)), false, decimals)
	all.repeat, all.contenders = repeat, nil
	for _, a := range []amount{decimals, cents} {
		for _, c := range f.contest("", false, a).contenders {
			switch c.name {
			case nameCube, nameMap, nameDuckDB:
				all.contenders = append(all.contenders, contender{c.name + "; " + a.String(), c.run})
			}
		}
	}
	return all.checked(rounds)
}

// checked compares all results before anything is timed.
func (c *contest) checked(rounds int) ([]timing, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	return c.measure(rounds)
}
