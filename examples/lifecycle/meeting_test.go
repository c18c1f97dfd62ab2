package main

import (
	"slices"
	"testing"

	"github.com/saleskpi/saleskpi/plan"
)

// The reviews are held when the cadence of the plan asks for them: on the
// last working day of each quarter.
func TestReviewsAreDue(t *testing.T) {
	l := lived(t)
	due, err := l.Document.Plan().DueReviews(work(), year(2026).Start(), year(2026).Last())
	if err != nil || len(due) != len(l.Quarters) {
		t.Fatalf("%d are due, %v", len(due), err)
	}
	for i, q := range l.Quarters {
		if due[i].Day != q.Review.AsOf {
			t.Errorf("held on %s and due on %s", q.Review.AsOf, due[i].Day)
		}
	}
}

// Every revision carries out a decision of a meeting, on its day and by its
// author, and the next review says that it is made.
func TestRevisionsComeFromDecisions(t *testing.T) {
	l := lived(t)
	if len(l.Amendments) != 2 {
		t.Fatalf("%d revisions", len(l.Amendments))
	}
	for i, made := range []struct {
		decision string
		next     int // the review after it
	}{{"up", 1}, {"down", 3}} {
		a, d := l.Amendments[i], l.decision(made.decision)
		if len(d.Answers) == 0 || d.Signature != a.Signature || d.Revision != a.Effective {
			t.Errorf("%s: %+v is not %+v", made.decision, a.Revision, d)
		}
		followed := l.Quarters[made.next].Followed
		at := slices.IndexFunc(followed, func(f plan.Followed) bool { return f.Decision.ID == made.decision })
		if at < 0 || followed[at].Outcome != plan.Done || followed[at].Version != a.Version {
			t.Errorf("%s: followed as %+v", made.decision, followed)
		}
	}
}

// What was said in July had no answer in September and has one in October;
// the visits of July were not done in September and are done in December.
func TestWhatBecameOfIt(t *testing.T) {
	l := lived(t)
	asked := func(q int) bool {
		return slices.ContainsFunc(l.Quarters[q].Agenda, func(a plan.AgendaItem) bool { return a.Topic == plan.OpenFeedback && a.Ref == "delivery" })
	}
	if asked(1) || !asked(2) || asked(3) {
		t.Errorf("on the agenda: %v %v %v", asked(1), asked(2), asked(3))
	}
	outcome := func(q int) (o plan.Outcome) {
		for _, f := range l.Quarters[q].Followed {
			if f.Decision.ID == "visits" {
				o = f.Outcome
			}
		}
		return o
	}
	if outcome(2) != plan.Planned || outcome(3) != plan.Done {
		t.Errorf("the visits are %v and then %v", outcome(2), outcome(3))
	}
}
