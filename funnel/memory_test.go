package funnel_test

import (
	"runtime"
	"strconv"
	"testing"

	"github.com/saleskpi/saleskpi/funnel"
)

// What the docs state about memory, for deals of five events and IDs of 18
// characters: less than that, and not much less.
func TestMemoryPerDeal(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("stated for 64 bits")
	}
	const deals = 50_000
	log := stageLog(deals)
	disorder := inDisorder(log)
	ordered := records(log)
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	for name, test := range map[string]struct {
		fill               func(testing.TB) *funnel.Histories
		histories, reading int64 // bytes a deal that are stated
	}{
		"in no order": {func(t testing.TB) *funnel.Histories { return fillRows(t, disorder) }, 250, 400},
		"by deal":     {func(t testing.TB) *funnel.Histories { return fillRecords(t, ordered) }, 250, 280},
	} {
		before := heap()
		h := test.fill(t)
		filled := heap()
		a := analyse(t, h)
		read := heap()
		if got := (filled - before) / deals; got > test.histories || got < test.histories*2/3 {
			t.Errorf("%s: histories take %d bytes a deal, stated are %d", name, got, test.histories)
		}
		if got := (read - filled) / deals; got > test.reading || got < test.reading*2/3 {
			t.Errorf("%s: an analysis takes %d bytes a deal, stated are %d", name, got, test.reading)
		}
		runtime.KeepAlive(h)
		runtime.KeepAlive(a)
	}
	runtime.KeepAlive(log)
	runtime.KeepAlive(disorder)
	runtime.KeepAlive(ordered)
}
