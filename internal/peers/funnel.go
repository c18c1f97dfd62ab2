package main

import (
	"time"

	"github.com/saleskpi/saleskpi/funnel"
)

// Names by which the ratios are found.
const (
	nameAdd      = "funnel"
	nameSortScan = "map, sort and scan"
	nameChained  = "DuckDB"
)

// sales is one stage log in every form that a contender needs.
type sales struct {
	random  []Change
	halves  [2][]Change
	records []Record // in no order, the changes of each in theirs
	sorted  []Record // by deal
	db      stageDatabase
	want    reached
}

func makeSales(n int) (*sales, error) {
	log := makeLog(n)
	s := &sales{random: inDisorder(log), records: recordsOf(log)}
	s.halves, s.sorted, s.want = halves(s.random), recordsOf(byDeal(log)), chained(s.records)
	var err error
	s.db, err = openStageLog(s.random)
	return s, err
}

func (s *sales) close() {
	if s.db != nil {
		s.db.close()
	}
}

// question asks for the stages that deals came to through every stage before.
func question() funnel.Question {
	return funnel.Question{AsOf: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC), Location: time.UTC,
		Policy: funnel.Policy{Skips: funnel.Strict}}
}

func fillLog(log []Change) (*funnel.Histories, error) {
	h, err := funnel.New(salesPipeline())
	if err != nil {
		return nil, err
	}
	for i := range log {
		c := &log[i]
		h.Add(funnel.Event{Deal: c.Deal, At: c.At, Stage: c.Stage})
	}
	return h, nil
}

func fillRecords(records []Record) (*funnel.Histories, error) {
	h, err := funnel.New(salesPipeline())
	if err != nil {
		return nil, err
	}
	for i := range records {
		entries := records[i].Changes
		h.AddDeal(records[i].Deal, func(yield func(funnel.Event) bool) {
			for k := range entries {
				if !yield(funnel.Event{At: entries[k].At, Stage: entries[k].Stage}) {
					return
				}
			}
		})
	}
	return h, nil
}

// conversion analyses histories and counts the stages.
func conversion(h *funnel.Histories, err error) (reached, error) {
	if err != nil {
		return nil, err
	}
	a, err := funnel.Analyze(h, question())
	if err != nil {
		return nil, err
	}
	return ofStages(a.Stages()), nil
}

func ofStages(stages []funnel.StageFlow) reached {
	all := make(reached, len(stages))
	for i, s := range stages {
		all[i] = s.Reached
	}
	return all
}

func wholeReport(h *funnel.Histories, err error) (reached, error) {
	if err != nil {
		return nil, err
	}
	a, err := funnel.Analyze(h, question())
	if err != nil {
		return nil, err
	}
	return ofStages(a.Report().Stages), nil
}

// onTwoCores counts each half on a core of its own; they have no deal in
// common, so counts add.
func onTwoCores(halves [2][]Change) (reached, error) {
	type counted struct {
		reached
		error
	}
	results := make(chan counted)
	for _, half := range halves {
		go func() {
			r, err := conversion(fillLog(half))
			results <- counted{r, err}
		}()
	}
	all := make(reached, len(openStages()))
	var failed error
	for range halves {
		r := <-results
		if r.error != nil {
			failed = r.error
			continue
		}
		for i, n := range r.reached {
			all[i] += n
		}
	}
	return all, failed
}

func (s *sales) contestOf(name string, contenders ...contender) *contest {
	return &contest{name: name, records: len(s.random), repeat: 1, want: s.want.cells(), contenders: contenders}
}

func counts(name string, run func() (reached, error)) contender {
	return contender{name, func() (result, error) { return run() }}
}

func (s *sales) oneByOne() contender {
	return counts(nameAdd, func() (reached, error) { return conversion(fillLog(s.random)) })
}

// conversion is the case beside others: a log in random order.
func (s *sales) conversion(name string) *contest {
	c := s.contestOf(name, s.oneByOne(),
		counts(nameSortScan, func() (reached, error) { return sortScan(s.random), nil }))
	if s.db != nil {
		c.contenders = append(c.contenders, counts(nameChained, s.db.chained))
	}
	return c
}

// alone is the funnel beside itself: events that come by deal, the whole
// report, two cores.
func (s *sales) alone(name string) *contest {
	return s.contestOf(name, s.oneByOne(),
		counts("funnel, by deal, deals in order", func() (reached, error) { return conversion(fillRecords(s.sorted)) }),
		counts("funnel, by deal, deals in no order", func() (reached, error) { return conversion(fillRecords(s.records)) }),
		counts("funnel, and the whole report", func() (reached, error) { return wholeReport(fillLog(s.random)) }),
		counts("funnel, two cores, deals parted", func() (reached, error) { return onTwoCores(s.halves) }))
}
