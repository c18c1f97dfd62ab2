package main

import (
	"fmt"
	"runtime"
	"slices"
	"time"
)

// contender is one way to compute the sums and counts of a case.
type contender struct {
	name string
	run  func() (result, error)
}

// contest is a case: contenders on the same records.
type contest struct {
	name       string
	records    int
	repeat     int // how often a contender runs in one turn, where one run is short
	contenders []contender
	want       map[cell]tally // of all of them
}

// timing is what one contender took: nanoseconds for each record in every
// round, and allocations for each record.
type timing struct {
	name   string
	rounds []float64
	allocs float64
}

// check runs every contender once and compares its result with what it should
// be.
func (c *contest) check() error {
	for _, one := range c.contenders {
		r, err := one.run()
		if err == nil {
			err = r.agrees(c.want)
		}
		if err != nil {
			return fmt.Errorf("%s, %s: %w", c.name, one.name, err)
		}
	}
	return nil
}

// measure lets the contenders take turns, each beginning with a clean heap.
func (c *contest) measure(rounds int) ([]timing, error) {
	times := make([]timing, len(c.contenders))
	for range rounds {
		for i, one := range c.contenders {
			times[i].name = one.name
			took, allocs, err := c.turn(one)
			if err != nil {
				return nil, fmt.Errorf("%s, %s: %w", c.name, one.name, err)
			}
			times[i].rounds, times[i].allocs = append(times[i].rounds, took), allocs
		}
	}
	return times, nil
}

func (c *contest) turn(one contender) (ns, allocs float64, err error) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began := time.Now()
	for range c.repeat {
		if _, err := one.run(); err != nil {
			return 0, 0, err
		}
	}
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	of := float64(c.records) * float64(c.repeat)
	return float64(took.Nanoseconds()) / of, float64(after.Mallocs-before.Mallocs) / of, nil
}

// times is how many times faster than another a contender is: the median of
// the rounds' ratios.
func (t timing) times(other timing) float64 {
	ratios := make([]float64, len(t.rounds))
	for i := range ratios {
		ratios[i] = other.rounds[i] / t.rounds[i]
	}
	return median(ratios)
}

func median(of []float64) float64 {
	sorted := slices.Sorted(slices.Values(of))
	if n := len(sorted); n%2 == 0 {
		return (sorted[n/2-1] + sorted[n/2]) / 2
	}
	return sorted[len(sorted)/2]
}
