package main

import (
	"encoding"
	"io/fs"
	"slices"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
	"github.com/saleskpi/saleskpi/plan"
)

// readPlan reads the files of the plan that are there.
func (in *input) readPlan() {
	in.records.Plan = PlanFiles{Has: map[string]bool{}, chinese: map[string]string{}}
	in.readGoal()
	in.readMarket()
	in.readNeeds()
	in.readAssumptions()
	in.readCommitments()
	in.readActions()
	in.readHistory()
	in.readActivities()
}

// optional reads a file that may be left out; what is there but broken is
// reported.
func (in *input) optional(name string, columns ...string) []row {
	if _, err := fs.Stat(in.files, name); err != nil {
		return nil
	}
	in.records.Plan.Has[name] = true
	s, ok := readSheet(in.files, name, &in.problems, columns...)
	if !ok {
		return nil
	}
	return s.rows
}

// named gives the name in a column, which is to stand there once, and keeps
// its Chinese one.
func (in *input) named(r row, column string, seen map[string]bool) string {
	name := r.need(column)
	if seen[name] && name != "" {
		r.problem(check.ErrDuplicate, column, "duplicate_name")
	}
	seen[name] = true
	in.records.Plan.chinese[name] = r.text(column + "_zh")
	return name
}

func (in *input) readGoal() {
	rows := in.optional(goalFile, "from", "through", "objective", "objective_zh", "base", "stretch", "led_by", "committed_on")
	for i, r := range rows {
		g := GoalRow{From: r.needDay("from"), Through: r.needDay("through"), Base: r.notNegative("base"), Stretch: r.notNegative("stretch"),
			LedBy: r.need("led_by"), CommittedOn: r.needDay("committed_on")}
		g.Objective = in.named(r, "objective", map[string]bool{})
		if g.Through < g.From {
			r.problem(check.ErrRange, "through", "before_from", "from", g.From)
		}
		if i > 0 {
			r.problem(check.ErrDuplicate, "from", "one_goal_only")
			continue
		}
		in.records.Plan.Goal = &g
	}
}

func (in *input) readMarket() {
	seen := map[string]bool{}
	for _, r := range in.optional(marketFile, "segment", "segment_zh", "size", "size_before", "ours", "ours_before", "reachable", "source") {
		s := plan.Segment{Size: r.notNegative("size"), SizeBefore: r.notNegative("size_before"), Ours: r.notNegative("ours"),
			OursBefore: r.notNegative("ours_before"), Reachable: r.share("reachable"), Source: r.text("source")}
		if r.need("size") != "" && s.Size.Defined() && s.Size.Sign() == 0 {
			r.problem(check.ErrRange, "size", "not_above_zero")
		}
		s.ID = in.named(r, "segment", seen)
		in.records.Plan.Segments = append(in.records.Plan.Segments, s)
	}
}

func (in *input) readNeeds() {
	seen := map[string]bool{}
	for _, r := range in.optional(needsFile, "need", "need_zh", "importance", "satisfaction", "rated_importance", "rated_satisfaction", "evidence") {
		n := plan.Need{Importance: r.rating("importance"), Satisfaction: r.rating("satisfaction"),
			Important: r.count("rated_importance"), Satisfied: r.count("rated_satisfaction")}
		r.need("importance")
		if evidence := r.text("evidence"); evidence != "" {
			n.Evidence = []string{evidence}
		}
		n.ID = in.named(r, "need", seen)
		in.records.Plan.Needs = append(in.records.Plan.Needs, n)
	}
}

func (in *input) readAssumptions() {
	seen := map[string]bool{}
	for _, r := range in.optional(assumptionsFile, "assumption", "assumption_zh", "owner", "made", "review", "state") {
		a := plan.Assumption{Owner: r.need("owner"), Made: r.needDay("made"), Review: r.needDay("review")}
		r.word("state", &a.State, "unproven", "holds", "fails")
		if a.Review < a.Made {
			r.problem(check.ErrRange, "review", "before_it_was_made", "made", a.Made)
		}
		a.ID = in.named(r, "assumption", seen)
		a.Text, a.TextZH = a.ID, in.records.Plan.called(a.ID, Chinese)
		in.records.Plan.Assumptions = append(in.records.Plan.Assumptions, a)
	}
}

func (in *input) readCommitments() {
	seen := map[string]bool{}
	for _, r := range in.optional(commitmentsFile, "owner", "amount", "given_on") {
		c := Commitment{Owner: r.need("owner"), Amount: r.notNegative("amount"), Given: r.needDay("given_on")}
		r.need("amount")
		if in.owners != nil && c.Owner != "" && !in.owners[c.Owner] {
			r.problem(check.ErrUnknown, "owner", "unknown_owner", "known_from", teamsFile)
		}
		if seen[c.Owner] && c.Owner != "" {
			r.problem(check.ErrDuplicate, "owner", "committed_twice")
		}
		seen[c.Owner] = true
		in.records.Plan.Commitments = append(in.records.Plan.Commitments, c)
	}
}

func (in *input) readHistory() {
	seen := map[string]bool{}
	for _, r := range in.optional(historyFile, "seller", "month", "amount") {
		b := Booked{Seller: in.seller(r), Month: r.month("month"), Amount: r.number("amount")}
		r.need("amount")
		in.once(r, b.Seller, b.Month, seen)
		in.records.Plan.History = append(in.records.Plan.History, b)
	}
}

func (in *input) readActivities() {
	seen := map[string]bool{}
	for _, r := range in.optional(activitiesFile, "seller", "month", "calls", "meetings") {
		a := Activities{Seller: in.seller(r), Month: r.month("month"), Calls: kpi.Int(int64(r.count("calls"))), Meetings: kpi.Int(int64(r.count("meetings")))}
		in.once(r, a.Seller, a.Month, seen)
		in.records.Plan.Activities = append(in.records.Plan.Activities, a)
	}
}

func (in *input) seller(r row) string {
	name := r.need("seller")
	if in.sellers != nil && name != "" && !in.sellers[name] {
		r.problem(check.ErrUnknown, "seller", "unknown_seller", "known_from", teamsFile)
	}
	return name
}

// once refuses a month of a seller that stands twice.
func (in *input) once(r row, seller string, month calendar.Period, seen map[string]bool) {
	key := seller + "\x00" + month.String()
	if seen[key] && seller != "" && !month.IsZero() {
		r.problem(check.ErrDuplicate, "month", "month_twice", "seller", seller)
	}
	seen[key] = true
}

// needDay gives a day that may not be left out.
func (r row) needDay(column string) calendar.Day {
	r.need(column)
	return r.day(column)
}

// month gives a month of the calendar, YYYY-MM, whatever the fiscal year.
func (r row) month(column string) calendar.Period {
	label := r.need(column)
	if label == "" {
		return calendar.Period{}
	}
	p, err := calendar.Calendar{}.Parse(label)
	if grain, ok := (calendar.Calendar{}).GrainOf(p); err == nil && (!ok || grain != calendar.Monthly) {
		r.problem(check.ErrInvalid, column, "not_a_month")
	}
	r.sheet.problems.Nest(r.sheet.path(r.line, column), err)
	return p
}

// notNegative gives an amount of zero or more.
func (r row) notNegative(column string) kpi.Value { return r.upTo(column, kpi.Value{}) }

// share gives a number from 0 to 1, and rating one from 0 to 10.
func (r row) share(column string) kpi.Value  { return r.upTo(column, kpi.Int(1)) }
func (r row) rating(column string) kpi.Value { return r.upTo(column, kpi.Int(10)) }

func (r row) upTo(column string, most kpi.Value) kpi.Value {
	v := r.number(column)
	switch {
	case v.Sign() < 0:
		r.problem(check.ErrRange, column, "below_zero")
	case most.Defined() && most.Less(v):
		r.problem(check.ErrRange, column, "too_large", "most", most)
	}
	return v
}

// count gives a whole number of zero or more, and 0 for an empty cell.
func (r row) count(column string) int {
	v := r.number(column)
	n, ok := v.Int64()
	if v.Defined() && (!ok || n < 0 || n > 1_000_000_000) {
		r.problem(check.ErrRange, column, "not_a_count")
		return 0
	}
	return int(n)
}

// word reads a word into what has words; an empty cell leaves it as it is.
func (r row) word(column string, into encoding.TextUnmarshaler, words ...string) {
	s := r.text(column)
	if s == "" {
		return
	}
	if !slices.Contains(words, s) || into.UnmarshalText([]byte(s)) != nil {
		r.problem(check.ErrUnknown, column, "unknown_word", "known", strings.Join(words, " "))
	}
}

// list gives the parts of a cell that semicolons separate.
func (r row) list(column string) (parts []string) {
	for part := range strings.SplitSeq(r.text(column), ";") {
		if part = strings.TrimSpace(part); part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}
