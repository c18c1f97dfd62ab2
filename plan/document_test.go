package plan_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
	"github.com/saleskpi/saleskpi/target"
	"pgregory.net/rapid"
)

func day(s string) calendar.Day { return calendar.MustDay(s) }

func by(d, reason string) plan.Signature {
	return plan.Signature{By: "mo", Day: day(d), Reason: reason}
}

// paths gives path and code of every problem.
func paths(err error) []string {
	list := []string{}
	for _, e := range check.All(err) {
		list = append(list, e.Path+" "+e.Code)
	}
	return list
}

func draft(t rapid.TB, p plan.Plan) plan.Document {
	d, err := plan.Draft(p)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// committed is a plan committed in December with all of its warnings signed.
func committed(t rapid.TB, p plan.Plan) plan.Document {
	warnings, err := p.Ready()
	if err != nil {
		t.Fatal(err)
	}
	d, err := draft(t, p).Commit(by("2025-12-20", ""), plan.SignAll(by("2025-12-19", "read"), warnings)...)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func active(t rapid.TB, p plan.Plan) plan.Document {
	d, err := committed(t, p).Activate(by("2026-01-01", ""))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// raised is the quarter with bo's March raised by 6,000.
func raised(t rapid.TB, p plan.Plan) plan.Plan {
	next, err := p.Revised("q1", target.Revision{Effective: day("2026-03-01"), Known: day("2026-02-20"),
		Edits: []target.Edit{{Owner: "bo", Period: period("2026-03"), Value: kpi.Int(16000)}}})
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func TestWarningsAreSignedByName(t *testing.T) {
	p := quarter(t)
	warnings, err := p.Ready()
	if err != nil || !slices.Equal(codes(warnings), []string{"not_assessed"}) {
		t.Fatalf("warnings %v, %v", codes(warnings), err)
	}
	d := draft(t, p)
	if _, err := d.Commit(by("2025-12-20", "")); !slices.Equal(paths(err), []string{"accepted unsigned_warning"}) || !errors.Is(err, check.ErrMissing) {
		t.Errorf("nobody signed: %v", err)
	}
	other := warnings[0]
	other.Subject = "q2"
	if _, err := d.Commit(by("2025-12-20", ""), plan.SignOff{Finding: other, Signature: by("2025-12-20", "")}); !slices.Equal(paths(err), []string{"accepted unsigned_warning"}) {
		t.Errorf("another warning was signed: %v", err)
	}
	if _, err := d.Commit(by("2025-12-20", ""), plan.SignOff{Finding: warnings[0]}); !slices.Equal(paths(err), []string{"accepted[0].by missing_name", "accepted[0].day missing_day"}) {
		t.Errorf("signed by nobody: %v", err)
	}
	done := committed(t, p)
	baseline, ok := done.Baseline()
	if !ok || done.Phase() != plan.Committed || len(baseline.Accepted) != 1 || baseline.Accepted[0].By != "mo" {
		t.Errorf("baseline %+v, %v", baseline.Accepted, done.Phase())
	}
}

// A plan with errors stays a draft; a letter of SMART that fails is one.
func TestErrorsKeepAPlanADraft(t *testing.T) {
	p := quarter(t)
	p.Goals[0].Owner = ""
	d := draft(t, p)
	if _, err := d.Commit(by("2025-12-20", "")); len(paths(err)) == 0 || paths(err)[0] != "plan.goals[0].owner missing_owner" {
		t.Errorf("a goal without an owner: %v", err)
	}
	p = quarter(t)
	p.Assessments = []target.Assessment{{Goal: "q1", Specific: target.Criterion{Verdict: target.Pass}, Measurable: target.Criterion{Verdict: target.Pass},
		Achievable: target.Criterion{Findings: []check.Finding{{Code: "too_high", Severity: check.Critical}}},
		Relevant:   target.Criterion{Verdict: target.Pass}, TimeBound: target.Criterion{Verdict: target.Warn}}}
	_, err := draft(t, p).Commit(by("2025-12-20", ""))
	if want := []string{"plan.assessments[0].achievable smart_failed"}; !slices.Equal(paths(err), want) || check.All(err)[0].Args["codes"] != "too_high" {
		t.Errorf("%v, want %v", err, want)
	}
	p.Assessments[0].Achievable.Verdict = target.Pass
	if warnings, err := p.Ready(); err != nil || !slices.Equal(codes(warnings), []string{"smart_warned"}) || warnings[0].Args["letter"] != "time_bound" {
		t.Errorf("%v, %v", warnings, err)
	}
}

func TestTransitions(t *testing.T) {
	for _, c := range []struct {
		why  string
		do   func(d plan.Document) error
		from func() plan.Document
		want string
	}{
		{"a draft cannot be activated", func(d plan.Document) error { _, err := d.Activate(by("2026-01-01", "")); return err },
			func() plan.Document { return draft(t, quarter(t)) }, "phase wrong_phase"},
		{"nor closed", func(d plan.Document) error { _, err := d.Close(by("2026-04-01", "")); return err },
			func() plan.Document { return draft(t, quarter(t)) }, "phase wrong_phase"},
		{"nor revised", func(d plan.Document) error { _, err := d.Revise(quarter(t), plan.Revision{}); return err },
			func() plan.Document { return draft(t, quarter(t)) }, "phase wrong_phase"},
		{"what is committed is not edited", func(d plan.Document) error { _, err := d.Edit(quarter(t)); return err },
			func() plan.Document { return committed(t, quarter(t)) }, "phase wrong_phase"},
		{"nor committed again", func(d plan.Document) error { _, err := d.Commit(by("2026-01-01", "")); return err },
			func() plan.Document { return committed(t, quarter(t)) }, "phase wrong_phase"},
		{"nor activated before it was committed", func(d plan.Document) error { _, err := d.Activate(by("2025-12-01", "")); return err },
			func() plan.Document { return committed(t, quarter(t)) }, "signature.day before_the_last"},
		{"a running plan is closed for a reason", func(d plan.Document) error { _, err := d.Close(by("2026-03-30", "")); return err },
			func() plan.Document { return active(t, quarter(t)) }, "signature.reason closed_early"},
		{"nobody signs without a name", func(d plan.Document) error { _, err := d.Close(plan.Signature{Day: day("2026-04-01")}); return err },
			func() plan.Document { return active(t, quarter(t)) }, "signature.by missing_name"},
		{"there is nothing to commit", func(d plan.Document) error { _, err := d.Commit(by("2026-01-01", "")); return err },
			func() plan.Document { return plan.Document{} }, " missing_plan"},
		{"a revision is of the same plan", func(d plan.Document) error {
			p := quarter(t)
			p.ID = "2027"
			_, err := d.Revise(p, plan.Revision{Effective: day("2026-02-01"), Signature: by("2026-02-01", "why not")})
			return err
		}, func() plan.Document { return active(t, quarter(t)) }, "plan.id other_plan"},
		{"a revision has a reason", func(d plan.Document) error {
			_, err := d.Revise(quarter(t), plan.Revision{Effective: day("2026-02-01"), Signature: by("2026-02-01", "")})
			return err
		}, func() plan.Document { return active(t, quarter(t)) }, "signature.reason missing_reason"},
		{"what is closed keeps its target", func(d plan.Document) error {
			_, err := d.Revise(raised(t, quarter(t)), plan.Revision{Effective: day("2026-04-01"), Signature: by("2026-04-01", "late")})
			return err
		}, func() plan.Document { return active(t, quarter(t)) }, "plan.goals closed_goal_changed"},
		{"what is closed stays", func(d plan.Document) error {
			p := quarter(t)
			p.Breakdowns = nil
			warnings, _ := p.Ready()
			_, err := d.Revise(p, plan.Revision{Effective: day("2026-02-01"), Signature: by("2026-02-01", "simpler")}, plan.SignAll(by("2026-02-01", ""), warnings)...)
			return err
		}, func() plan.Document { return active(t, quarter(t)) }, "plan.breakdowns closed_breakdown_removed"},
	} {
		if err := c.do(c.from()); len(paths(err)) == 0 || paths(err)[0] != c.want {
			t.Errorf("%s: %v, want %s", c.why, paths(err), c.want)
		}
	}
	closed, err := active(t, quarter(t)).Close(by("2026-03-31", ""))
	if err != nil || closed.Phase() != plan.Closed {
		t.Error(err)
	}
	if _, err := closed.Revise(quarter(t), plan.Revision{}); !slices.Equal(paths(err), []string{"phase wrong_phase"}) {
		t.Errorf("closed is closed: %v", err)
	}
	early, err := active(t, quarter(t)).Close(by("2026-02-01", "the company was sold"))
	if err != nil || early.Log()[2].Reason != "the company was sold" {
		t.Errorf("closed early for a reason: %v", err)
	}
}

// Bo's March goes from 10,000 to 16,000, known on 20 February and in force
// from March: the quarter from 90,000 to 96,000 (worked by hand).
func TestRevision(t *testing.T) {
	d := active(t, quarter(t))
	next, err := d.Revise(raised(t, quarter(t)), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "a hire")})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why         string
		asOf, known string
		at          int
		team        int64
	}{
		{"before it takes effect", "2026-02-28", "2026-02-28", 0, 90000},
		{"in force, but not known yet", "2026-03-10", "2026-02-19", 0, 90000},
		{"in force and known", "2026-03-10", "2026-03-10", 1, 96000},
	} {
		v, at, ok := next.InForce(day(c.asOf), day(c.known))
		if !ok || at != c.at || v.Plan.Goals[0].Target != kpi.Int(c.team) {
			t.Errorf("%s: version %d, %v", c.why, at, v.Plan.Goals)
		}
		s := next.Targets("q1").Attainment("team", period("2026-Q1"), kpi.Int(48000), day(c.asOf), day(c.known))
		if s.Original != kpi.Int(90000) || s.Prorated != kpi.Int(c.team) {
			t.Errorf("%s: original %v, prorated %v", c.why, s.Original, s.Prorated)
		}
	}
	if _, _, ok := next.InForce(day("2026-03-10"), day("2025-12-19")); ok {
		t.Error("nothing was known before the commitment")
	}
	if baseline, ok := next.Baseline(); !ok || baseline.Plan.Goals[0].Target != kpi.Int(90000) || next.Phase() != plan.Active {
		t.Errorf("baseline %v", baseline.Plan.Goals)
	}
	if v := d.Versions(); len(v) != 1 || len(next.Versions()) != 2 {
		t.Errorf("the document before has %d versions", len(v))
	}
}

func TestDocumentJSON(t *testing.T) {
	d := active(t, quarter(t))
	d, err := d.Revise(raised(t, quarter(t)), plan.Revision{Effective: day("2026-03-01"), Signature: by("2026-02-20", "a hire")})
	if err != nil {
		t.Fatal(err)
	}
	closed, err := d.Close(by("2026-03-31", ""))
	if err != nil {
		t.Fatal(err)
	}
	bad := quarter(t)
	bad.Goals[0].Owner = "" // a draft may be wrong
	for why, doc := range map[string]plan.Document{"draft": draft(t, quarter(t)), "a draft with errors": draft(t, bad), "committed": committed(t, quarter(t)), "revised": d, "closed": closed} {
		text, err := json.Marshal(doc)
		if err != nil || !strings.HasPrefix(string(text), `{"schema":"saleskpi/plan_document/1",`) {
			t.Fatalf("%s: %.80s, %v", why, text, err)
		}
		var back plan.Document
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatalf("%s: %v", why, err)
		}
		again, err := json.Marshal(back)
		if err != nil || string(again) != string(text) || back.Phase() != doc.Phase() {
			t.Errorf("%s: %s comes back as %s, %v", why, text, again, err)
		}
		if diff := cmp.Diff(doc.Plan(), back.Plan()); diff != "" {
			t.Errorf("%s:\n%s", why, diff)
		}
	}
	text, _ := json.Marshal(closed)
	for why, c := range map[string]struct{ from, to, path string }{
		"a phase that the log does not reach": {`"phase":"closed"`, `"phase":"active"`, "phase"},
		"a revision that changes January":     {`"by":"mo","day":"2026-02-20"`, `"by":"zoe","day":"2026-02-20"`, "versions[1].signed"},
		"a day before the last":               {`"to":"active","by":"mo","day":"2026-01-01"`, `"to":"active","by":"mo","day":"2025-01-01"`, "log[1].signature.day"},
		"a word that is none":                 {`"to":"closed"`, `"to":"shut"`, "log[3].to"},
	} {
		var back plan.Document
		err := json.Unmarshal([]byte(strings.Replace(string(text), c.from, c.to, 1)), &back)
		if all := check.All(err); len(all) == 0 || all[0].Path != c.path || back.Phase() != plan.Drafted {
			t.Errorf("%s: %v, want %s", why, err, c.path)
		}
	}
}

// Whatever is done to a document, the baseline stays as it was committed.
func TestNoTransitionLosesTheBaseline(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := committed(t, quarter(t))
		want, _ := d.Baseline()
		at := day("2025-12-20")
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			at = at.Add(rapid.IntRange(0, 40).Draw(t, "days"))
			next, err := d, error(nil)
			switch rapid.IntRange(0, 3).Draw(t, "step") {
			case 0:
				next, err = d.Activate(by(at.String(), ""))
			case 1:
				next, err = d.Close(by(at.String(), rapid.SampledFrom([]string{"", "over"}).Draw(t, "reason")))
			default:
				month := rapid.SampledFrom([]string{"2026-01", "2026-02", "2026-03"}).Draw(t, "month")
				revised, e := d.Plan().Revised("q1", target.Revision{Effective: day("2026-01-01"), Known: at, Edits: []target.Edit{{Owner: "bo",
					Period: period(month), Value: kpi.Int(rapid.Int64Range(1, 11000).Draw(t, "amount"))}}})
				if e != nil {
					continue
				}
				next, err = d.Revise(revised, plan.Revision{Effective: at, Signature: by(at.String(), "because")})
			}
			if err == nil {
				d = next
			}
		}
		got, ok := d.Baseline()
		if diff := cmp.Diff(want, got); !ok || diff != "" {
			t.Fatal(diff)
		}
	})
}
