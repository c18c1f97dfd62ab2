package incentive

import (
	"cmp"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Why says of each condition how somebody stands, in the order of the rule:
// one finding each, whose sentences [Findings] has. Periods are named by the
// calendar.
func (c Candidate) Why(cal calendar.Calendar) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	for _, p := range c.Conditions {
		code, severity := "condition_unmet", check.Warning
		if p.Met {
			code, severity = "condition_met", check.Info
		}
		switch {
		case len(p.Condition.Grades) > 0:
			code += "_grade"
		case p.Condition.First > 0:
			code += "_place"
		default:
			code += "_level"
		}
		w.add(code, severity, c.Owner, "score", p.Condition.Score, "grades", strings.Join(p.Condition.Grades, "/"), "first", p.Condition.First,
			"level", number(p.Condition.Level, 4), "times", p.Times, "need", p.Need, "of", len(p.Marks), "open", p.Open, "marks", p.list(cal))
	}
	return w.found
}

// list writes the marks: 2026-Q1 A ✓, 2026-Q2 B.
func (p Progress) list(cal calendar.Calendar) string {
	words := make([]string, len(p.Marks))
	for i, m := range p.Marks {
		var s string
		switch {
		case m.Open:
			s = "…"
		case len(p.Condition.Grades) > 0:
			s = cmp.Or(m.Grade, kpi.NoNumber)
		default:
			s = number(m.Value, 4)
			if m.Place > 0 {
				s += " (#" + number(kpi.Int(int64(m.Place)), 0) + ")"
			}
		}
		words[i] = cal.Label(m.Period) + " " + s
		if m.Good {
			words[i] += " ✓"
		}
	}
	return strings.Join(words, ", ")
}

// tell says who earns the reward, and who is nearest.
func (r Reward) tell(all []Candidate, tied int) []check.Finding {
	w := &scribe{found: []check.Finding{}}
	told := false
	for i, c := range all {
		switch {
		case c.Qualifies:
			w.add("reward_earned", check.Info, c.Owner, "reward", r.ID)
		case c.Missing == 0 && c.Place > 0:
			w.add("reward_behind", check.Info, c.Owner, "reward", r.ID, "place", c.Place, "places", r.Places)
		case c.Missing == 0:
			w.add("reward_unordered", check.Warning, c.Owner, "reward", r.ID, "score", r.By.Score)
		case !told || c.Missing == all[i-1].Missing && all[i-1].Missing > 0 && c.nearAs(all[i-1]):
			told = true
			code := "reward_nearest"
			if !c.CanStill {
				code = "reward_nearest_closed"
			}
			w.add(code, check.Info, c.Owner, "reward", r.ID, "missing", c.Missing)
		}
	}
	if tied > 0 {
		w.add("places_tied", check.Warning, r.ID, "places", r.Places, "more", tied)
	}
	return w.found
}

// nearAs reports whether two are told apart by their names alone.
func (c Candidate) nearAs(o Candidate) bool {
	c.Owner = o.Owner
	return c.compare(o) == 0
}

func rewardTemplates() check.Templates {
	return check.Templates{
		{
			Code:    "reward_earned",
			English: "{subject} earns {reward}.",
			Chinese: "{subject}获得{reward}。",
		}, {
			Code:    "reward_behind",
			English: "{subject} meets every condition of {reward} and stands at place {place} of {places}.",
			Chinese: "{subject}满足{reward}的全部条件，但排名第 {place}，名额 {places} 个。",
		}, {
			Code:    "reward_unordered",
			English: "{subject} meets every condition of {reward} but has no {score} to be ordered by.",
			Chinese: "{subject}满足{reward}的全部条件，但缺少用于排序的{score}。",
		}, {
			Code:    "reward_nearest",
			English: "{subject} is nearest to {reward}; good marks lacking: {missing}, and they may still come.",
			Chinese: "{subject}最接近{reward}：还差 {missing} 次达标，仍有机会。",
		}, {
			Code:    "reward_nearest_closed",
			English: "{subject} came nearest to {reward}; good marks lacking: {missing}, and none are to come.",
			Chinese: "{subject}最接近{reward}：差 {missing} 次达标，本轮已无机会。",
		}, {
			Code:    "places_tied",
			English: "{subject} has {places} places; a tie at the last one lets in {more} more.",
			Chinese: "{subject}名额 {places} 个，末位并列，增加 {more} 人。",
		}, {
			Code:    "condition_met_grade",
			English: "{score} {grades} in {times} of {of} periods, {need} needed: {marks}.",
			Chinese: "{score} 在 {of} 期中有 {times} 期为 {grades}（需 {need} 期）：{marks}。",
		}, {
			Code:    "condition_unmet_grade",
			English: "{score} {grades} in {times} of {of} periods only, {need} needed, {open} still to come: {marks}.",
			Chinese: "{score} 在 {of} 期中仅 {times} 期为 {grades}（需 {need} 期，尚有 {open} 期未评）：{marks}。",
		}, {
			Code:    "condition_met_place",
			English: "Among the first {first} by {score} in {times} of {of} periods, {need} needed: {marks}.",
			Chinese: "{score} 在 {of} 期中有 {times} 期排名前 {first}（需 {need} 期）：{marks}。",
		}, {
			Code:    "condition_unmet_place",
			English: "Among the first {first} by {score} in {times} of {of} periods only, {need} needed, {open} still to come: {marks}.",
			Chinese: "{score} 在 {of} 期中仅 {times} 期排名前 {first}（需 {need} 期，尚有 {open} 期未评）：{marks}。",
		}, {
			Code:    "condition_met_level",
			English: "{score} reached {level} in {times} of {of} periods, {need} needed: {marks}.",
			Chinese: "{score} 在 {of} 期中有 {times} 期达到 {level}（需 {need} 期）：{marks}。",
		}, {
			Code:    "condition_unmet_level",
			English: "{score} reached {level} in {times} of {of} periods only, {need} needed, {open} still to come: {marks}.",
			Chinese: "{score} 在 {of} 期中仅 {times} 期达到 {level}（需 {need} 期，尚有 {open} 期未评）：{marks}。",
		},
	}
}
