package main

import (
	"fmt"
	"io"
	"runtime"

	"github.com/saleskpi/saleskpi/funnel"
)

// memory prints what histories and an analysis of them keep, for each deal.
func (s *sales) memory(w io.Writer) error {
	t := table{head: []string{"memory", "of", "bytes/deal"}}
	for _, fill := range []struct {
		name string
		run  func() (*funnel.Histories, error)
	}{
		{"events in random order", func() (*funnel.Histories, error) { return fillLog(s.random) }},
		{"by deal, deals in order", func() (*funnel.Histories, error) { return fillRecords(s.sorted) }},
	} {
		before := heap()
		h, err := fill.run()
		if err != nil {
			return err
		}
		filled := heap()
		a, err := funnel.Analyze(h, question())
		if err != nil {
			return err
		}
		read := heap()
		t.add(fill.name, "the histories", fmt.Sprintf("%.0f", float64(filled-before)/float64(len(s.records))))
		t.add(fill.name, "an analysis of them", fmt.Sprintf("%.0f", float64(read-filled)/float64(len(s.records))))
		runtime.KeepAlive(a)
		runtime.KeepAlive(h)
	}
	t.print(w)
	return nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
