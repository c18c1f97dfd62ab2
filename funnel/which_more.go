package funnel

import "github.com/saleskpi/saleskpi/kpi/calendar"

// missesMore is misses for the figures of [Analysis.Velocity] and what comes
// after it in the doc of [Figure].
func (w Which) missesMore(a *Analysis, l *life, f *figure) miss {
	switch w {
	case DecidedOnes:
		if l.outcome == Lost {
			return miss{}
		}
		return a.unlessEnded(l, Won)
	case InPlayOnes, DueOnes, ElsewhereOnes, PastCloseOnes, NoCloseOnes, OmittedOnes:
		return w.missesPlay(a, l)
	case DatedOnes, UnpushedOnes, PushedOnes, PulledOnes, CrossedOnes:
		return w.missesSlip(a.slip(l, f.Grain), f.Pushes)
	case MovedBackOnes, VisitedOnes, AgainOnes, ReopenedOnes:
		return w.missesRework(a, l, f.stage)
	case UnstatedOnes:
		return unless(len(a.reasonsOf(l)) == 0, "why_stated")
	case MovingOnes, StalledOnes, UnmeasuredOnes:
		return w.missesStill(a, l, f)
	case ComingOnes, UntrackedOnes, TruncatedOnes, ObservedOnes, ConvertedOnes, MatureOnes:
		return w.missesWay(a, l, f)
	}
	return miss{}
}

// missesPlay goes by the lines of a [Coverage].
func (w Which) missesPlay(a *Analysis, l *life) miss {
	omitted := a.categoryOf(l) == Omitted
	switch {
	case l.outcome != Open:
		return a.unlessEnded(l, Open)
	case a.stale(l):
		return miss{code: "why_stale"}
	case w == OmittedOnes:
		return unless(omitted, "why_not_omitted")
	case omitted:
		return miss{code: "why_omitted"}
	case w == InPlayOnes:
		return miss{}
	case w == NoCloseOnes:
		return unless(l.expected.IsZero(), "why_due", "day", l.expected)
	case l.expected.IsZero():
		return miss{code: "why_not_due"}
	case w == PastCloseOnes:
		return unless(l.expected < a.day, "why_due", "day", l.expected)
	}
	return unless(l.expected >= a.day, "why_past_close", "day", l.expected)
}

func (w Which) missesSlip(s Slip, pushes int) miss {
	switch {
	case s.First.IsZero():
		return miss{code: "why_never_dated"}
	case w == UnpushedOnes:
		return unless(s.Pushes == 0, "why_pushes", "times", s.Pushes)
	case w == PushedOnes && pushes > 0:
		return unless(s.Pushes == int64(pushes), "why_pushes", "times", s.Pushes)
	case w == PushedOnes:
		return unless(s.Pushes > 0, "why_pushes", "times", s.Pushes)
	case w == PulledOnes:
		return unless(s.Pulls > 0, "why_not_pulled")
	case w == CrossedOnes:
		return unless(s.Crossings > 0, "why_not_crossed")
	}
	return miss{}
}

func (w Which) missesRework(a *Analysis, l *life, stage int) miss {
	is := Rework{Stages: make([]StageRework, a.route.open)}
	a.rework(&is, l)
	switch w {
	case MovedBackOnes:
		return unless(is.Moved > 0, "why_not_back")
	case ReopenedOnes:
		return unless(is.Opened > 0, "why_not_reopened")
	case VisitedOnes:
		return unless(is.Stages[stage].Visits > 0, "why_implied")
	}
	return unless(is.Stages[stage].Visits > 1, "why_not_again")
}

func (w Which) missesStill(a *Analysis, l *life, f *figure) miss {
	if m := a.unlessEnded(l, Open); m.code != "" {
		return m
	}
	is, still := a.standing(l, *f.Stall, f.limits[l.here].Limit)
	switch {
	case is == w:
		return miss{}
	case is == UnmeasuredOnes:
		return miss{code: "why_unmeasured"}
	}
	return miss{"why_" + is.String(), []any{"days", still, "limit", f.limits[l.here].Limit}}
}

// missesWay goes by the counts of a [Conversion].
func (w Which) missesWay(a *Analysis, l *life, f *figure) miss {
	at, has := a.entry(l, f.way.from)
	day := a.dayOf(at)
	if in := f.Conversion.Entered; !has || !in.IsZero() && !in.Contains(day) {
		return miss{code: "why_never_came"}
	}
	switch way := a.way(l, day, f.way.to); {
	case w == ComingOnes:
		return miss{}
	case !way.known:
		return unless(w == UntrackedOnes, "why_untracked")
	case w == UntrackedOnes:
		return miss{code: "why_tracked"}
	case way.late >= 0:
		return unless(w == TruncatedOnes, "why_truncated", "day", a.window.ClosingsFrom)
	case w == TruncatedOnes:
		return miss{code: "why_not_truncated"}
	case w == ConvertedOnes:
		return unless(way.converts(f.way.days), "why_not_converted", "days", f.way.days)
	case w == MatureOnes:
		return unless(way.since >= f.way.days, "why_immature", "since", way.since, "days", f.way.days)
	}
	return miss{}
}

// missesAges says why a deal is not of an age.
func (a *Analysis) missesAges(l *life, f *figure) miss {
	age := max(l.age, l.cycle)
	switch {
	case f.Ages == Ages{}:
		return miss{}
	case f.Ages.Unknown:
		return unless(age < 0, "why_aged", "days", age)
	case age < 0:
		return miss{code: "why_no_age"}
	}
	return unless(f.Ages.hold(age), "why_aged", "days", age)
}

// missesFrom says why a deal does not stand so far on.
func (a *Analysis) missesFrom(l *life, f *figure) miss {
	return unless(int(l.here) >= f.from, "why_earlier", "stage", f.From, "here", a.route.stages[l.here].ID)
}

// grain is the figure's, or the one by which slippage is counted otherwise.
func (f Figure) grain() calendar.Grain {
	if f.Grain == calendar.NoGrain {
		return calendar.Quarterly
	}
	return f.Grain
}
