package main

import "slices"

// part is a part of the page that can be asked for alone.
type part struct {
	word           string // of -part
	english, title string
	text           func(*Review) string
}

func parts() []part {
	return []part{
		{"plan", "The plan", "计划", (*Review).planPart},
		{"execution", "Execution", "执行", (*Review).executionPart},
		{"review", "Review as of the day", "当日回顾", (*Review).reviewPart},
		{"evaluation", "Evaluation of the last closed quarter", "上一季度评估", (*Review).evaluationPart},
		{"improvement", "Improvement", "改进", (*Review).improvementPart},
		{"proposal", "Proposal for the next period", "下一期提案", (*Review).proposalPart},
	}
}

const allParts = "all"

func partWords() []string {
	words := make([]string, 0, 7)
	for _, p := range parts() {
		words = append(words, p.word)
	}
	return append(words, allParts)
}

// text gives the part with its number and title.
func (p part) page(r *Review) string {
	number := 1 + slices.IndexFunc(parts(), func(other part) bool { return other.word == p.word })
	return banner(r.say("%d  %s", "%d  %s", number, r.lang().say(p.english, p.title))) + p.text(r)
}

// contents lists the parts and how each is read alone.
func (r *Review) contents() string {
	s := heading(r.say("Contents", "目录"))
	t := newTable(right(""), left(""), left(""))
	for i, p := range parts() {
		t.row(whole(i+1), r.lang().say(p.english, p.title), "-part "+p.word)
	}
	return s + t.String()
}
