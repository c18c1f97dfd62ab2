package funnel

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
)

// Which says which deals a [Figure] counts.
type Which uint8

const (
	EveryOne         Which = iota // all that count
	OpenOnes                      // open on the as-of instant
	WonOnes                       // won, whenever
	LostOnes                      // likewise
	DisqualifiedOnes              // likewise
	ClosedOnes                    // at any end

	EnteredOnes // with an entry into the figure's Stage on record
	ImpliedOnes // that reached it only because of what came later
	SkippedOnes // of these, those that jumped over it
	PassedOnes  // that reached the next open stage too; of the last one, that were won

	WonInWindow          // won in the observation window: numerator of the win rate
	LostInWindow         // likewise
	DisqualifiedInWindow // likewise
	DecidedInWindow      // won or lost in it: denominator of the win rate
	OutsideWindow        // closed before it, or nobody knows when
	TimedOnes            // closed in it with a cycle that is known
	WonTimedOnes         // of these, the won ones
	UntimedOnes          // closed in it without one
	WonInTime            // won within the horizon from their start: numerator of a cohort's conversion
	NoStartOnes          // nobody knows since when they are: in no cohort
	LiveOnes             // open and not stale
	StaleOnes            // open and stale
	UnvaluedOnes         // open without a value
	AncientOnes          // open and older than any deal was that closed

	DecidedOnes    // won or lost, whenever
	GoneOnes       // that count no more: removed, or moved to another pipeline
	InPlayOnes     // live and not omitted
	DueOnes        // in play, and expected to close on the as-of day or later
	ElsewhereOnes  // likewise, but not in the figure's Due
	PastCloseOnes  // in play, and expected to have closed before the as-of day
	NoCloseOnes    // in play, and nobody says when they are expected to close
	OmittedOnes    // live and omitted
	DatedOnes      // with an expected close on record
	UnpushedOnes   // of these, those that were never pushed
	PushedOnes     // of these, those that were: the figure's Pushes times, where it says
	PulledOnes     // whose expected close was pulled to an earlier day
	CrossedOnes    // whose expected close was pushed into a later period, of the figure's Grain
	MovedBackOnes  // that moved back to an earlier open stage
	VisitedOnes    // that were in the figure's Stage, by an entry on record
	AgainOnes      // that came back to it
	ReopenedOnes   // that left an end again
	UnstatedOnes   // without a reason for their end
	MovingOnes     // open and not stalled, by the figure's Stall
	StalledOnes    // open and stalled by it
	UnmeasuredOnes // open, and nobody knows by it
	ComingOnes     // that entered where the figure's Conversion begins
	UntrackedOnes  // of these, those of which a date is not known, or contradicts another
	TruncatedOnes  // of the others, those that entered before closings were on record
	ObservedOnes   // the others
	ConvertedOnes  // of these, those that came to its end within its days
	MatureOnes     // of these, those that had as many days
	whiches        = iota
)

func whichWords() []string {
	return []string{"all", "open", "won", "lost", "disqualified", "closed",
		"entered", "implied", "skipped", "passed",
		"won_in_window", "lost_in_window", "disqualified_in_window", "decided_in_window", "outside_window",
		"timed", "won_timed", "untimed", "won_in_time", "no_start", "live", "stale", "unvalued", "ancient",
		"decided", "gone", "in_play", "due", "elsewhere", "past_close", "no_close", "omitted",
		"dated", "unpushed", "pushed", "pulled", "crossed", "moved_back", "visited", "again", "reopened", "unstated",
		"moving", "stalled", "unmeasured",
		"coming", "untracked", "truncated", "observed", "converted", "mature"}
}

// String gives the word, such as won_in_window.
func (w Which) String() string { return enum.String(whichWords(), w) }

// MarshalText gives the word; a number outside the constants is an error.
func (w Which) MarshalText() ([]byte, error) { return enum.Marshal("funnel.Which", whichWords(), w) }

// UnmarshalText reads the word.
func (w *Which) UnmarshalText(text []byte) error {
	return enum.Unmarshal("funnel.Which", whichWords(), text, w)
}

// ofStage reports whether the words mean nothing without a stage, ofVisit
// whether that is one which the deal was in, however far it came by policy, and
// ofStall whether they mean nothing without a rule for stalled deals.
func (w Which) ofStage() bool { return w >= EnteredOnes && w <= PassedOnes || w.ofVisit() }
func (w Which) ofVisit() bool { return w == VisitedOnes || w == AgainOnes }
func (w Which) ofStall() bool { return w >= MovingOnes && w <= UnmeasuredOnes }

// ofWay reports whether the words mean nothing without a conversion, and
// ofDays whether without its days.
func (w Which) ofWay() bool  { return w >= ComingOnes && w <= MatureOnes }
func (w Which) ofDays() bool { return w == ConvertedOnes || w == MatureOnes }

// miss is why a deal is not in a figure: the code of a finding and its
// arguments. The zero miss: it is in it.
type miss struct {
	code string
	args []any
}

// unless is no miss where the deal is in.
func unless(in bool, code string, args ...any) miss {
	if in {
		return miss{}
	}
	return miss{code, args}
}

// misses says why a deal is not one of those, the figure's other conditions
// aside. A figure of somebody else is a line here.
func (w Which) misses(a *Analysis, l *life, f *figure) miss {
	here := uint64(1) << max(f.stage, 0)
	switch w {
	case OpenOnes:
		return a.unlessEnded(l, Open)
	case WonOnes, LostOnes, DisqualifiedOnes:
		return a.unlessEnded(l, Outcome(w-OpenOnes))
	case ClosedOnes:
		return unless(l.outcome != Open, "why_open", "stage", a.route.stages[l.here].ID)
	case EnteredOnes:
		return unless(l.entered&here != 0, "why_implied")
	case ImpliedOnes:
		return unless(l.entered&here == 0, "why_entered")
	case SkippedOnes:
		if l.entered&here != 0 {
			return miss{code: "why_entered"}
		}
		return unless(l.skipped()&here != 0, "why_begins_later")
	case PassedOnes:
		return a.unlessStayed(l, f.stage)
	case WonInWindow, LostInWindow, DisqualifiedInWindow:
		return a.unlessOutside(l, Outcome(w-WonInWindow)+Won)
	case DecidedInWindow:
		if l.outcome == Disqualified {
			return a.unlessEnded(l, Won)
		}
		return a.unlessOutside(l, l.outcome)
	case OutsideWindow:
		return unless(l.outcome != Open && !a.inside(l), "why_inside", "day", a.window.ClosingsFrom)
	case TimedOnes, WonTimedOnes, UntimedOnes:
		return w.missesCycle(a, l)
	case WonInTime:
		return a.unlessLate(l)
	case NoStartOnes:
		return unless(l.startedDay.IsZero(), "why_started", "day", l.startedDay)
	case LiveOnes, StaleOnes, UnvaluedOnes, AncientOnes:
		return w.missesOpen(a, l)
	}
	return w.missesMore(a, l, f)
}

func (w Which) missesCycle(a *Analysis, l *life) miss {
	outcome := l.outcome
	if w == WonTimedOnes {
		outcome = Won
	}
	if m := a.unlessOutside(l, outcome); m.code != "" {
		return m
	}
	if w == UntimedOnes {
		return unless(l.cycle < 0, "why_timed", "days", l.cycle)
	}
	return unless(l.cycle >= 0, "why_untimed")
}

func (w Which) missesOpen(a *Analysis, l *life) miss {
	if m := a.unlessEnded(l, Open); m.code != "" {
		return m
	}
	switch w {
	case LiveOnes:
		return unless(!a.stale(l), "why_stale")
	case StaleOnes:
		return unless(a.stale(l), "why_live")
	case UnvaluedOnes:
		return unless(!a.worth(l).Defined(), "why_valued", "value", a.worth(l))
	default:
		return unless(a.oldestClosed.Less(kpi.Int(int64(l.age))), "why_not_ancient", "oldest", a.oldestClosed)
	}
}

// unlessEnded is why a deal does not stand at an outcome: the one it stands
// at.
func (a *Analysis) unlessEnded(l *life, outcome Outcome) miss {
	switch {
	case l.outcome == outcome:
		return miss{}
	case l.outcome == Open:
		return miss{"why_open", []any{"stage", a.route.stages[l.here].ID}}
	}
	return miss{"why_" + l.outcome.String(), []any{"end", a.route.stages[l.end].ID}}
}

func (a *Analysis) unlessStayed(l *life, stage int) miss {
	if stage+1 >= a.route.open {
		return a.unlessEnded(l, Won)
	}
	return unless(l.reached>>(stage+1)&1 != 0, "why_stayed", "next", a.route.stages[stage+1].ID)
}

// unlessOutside is why a deal did not close so in the window.
func (a *Analysis) unlessOutside(l *life, outcome Outcome) miss {
	switch {
	case l.outcome == Open || l.outcome != outcome:
		return a.unlessEnded(l, max(outcome, Won))
	case a.inside(l):
		return miss{}
	case l.closedDay.IsZero():
		return miss{"why_close_unknown", []any{"day", a.window.ClosingsFrom}}
	}
	return miss{"why_closed_before", []any{"closed", l.closedDay, "day", a.window.ClosingsFrom}}
}

// unlessLate is why a deal was not won within the horizon.
func (a *Analysis) unlessLate(l *life) miss {
	late := func(days int) bool { return a.horizon.Less(kpi.Int(int64(days))) }
	switch {
	case l.outcome == Open && l.age >= 0 && !late(l.age):
		return miss{"why_young", []any{"age", l.age, "days", a.horizon}}
	case l.outcome != Won:
		return a.unlessEnded(l, Won)
	case l.cycle < 0:
		return miss{code: "why_untimed"}
	}
	return unless(!late(l.cycle), "why_late", "cycle", l.cycle, "days", a.horizon)
}
