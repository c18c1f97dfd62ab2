package action

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Findings gives the sentences of this package's findings, in English and
// Chinese. {name} and {name_zh} are what a strategy, action or milestone is
// called in the language of the sentence, {owner} the person that answers
// for it.
func Findings() check.Templates {
	all := append(trackTemplates(), loadTemplates()...)
	all = append(all, promiseTemplates()...)
	all = append(all, leverTemplates()...)
	return append(all, evaluationTemplates()...)
}

// scribe collects findings.
type scribe struct{ found []check.Finding }

func (w *scribe) add(code string, severity check.Severity, subject string, args ...any) {
	w.found = append(w.found, check.Finding{Code: code, Severity: severity, Subject: subject, Args: check.Args(args...)})
}

// namer gives what something is called in English and in Chinese.
type namer func(id string) (en, zh string)

func (p *Plan) actionNames(n names) namer {
	return func(id string) (string, string) {
		if i, known := n.actions[id]; known {
			return p.Actions[i].titles()
		}
		return id, id
	}
}

func (p *Plan) strategyNames(n names) namer {
	return func(id string) (string, string) {
		if i, known := n.strategies[id]; known {
			return p.Strategies[i].titles()
		}
		return id, id
	}
}

// list writes down what is named, of so many in all, as the arguments of a
// name in both languages.
func (n namer) list(arg string, ids []string, of int) []any {
	en, zh := make([]string, len(ids)), make([]string, len(ids))
	for i, id := range ids {
		en[i], zh[i] = n(id)
	}
	return []any{arg, few(en, of, ", "), arg + "_zh", few(zh, of, "、")}
}

// few writes the first of a list, and how many more there are of so many in
// all.
func few(ids []string, of int, between string) string {
	const most = 5
	if len(ids) > most {
		ids = ids[:most]
	}
	text := strings.Join(ids, between)
	if of > len(ids) {
		text += fmt.Sprintf(" + %d", of-len(ids))
	}
	return text
}

// person names somebody for people.
func (p *Plan) person(n names, id string) string {
	if i, known := n.people[id]; known {
		return cmp.Or(p.People[i].Name, id)
	}
	return id
}

// change writes a relative change for people: +10 %.
func change(v kpi.Value) string {
	if !v.Defined() {
		return kpi.NoNumber
	}
	scale := int8(0)
	for scale < 2 && v.Mul(kpi.Int(100)).Text(int(scale), kpi.HalfEven) != v.Mul(kpi.Int(100)).String() {
		scale++
	}
	text := kpi.Share(scale).Text(v)
	if v.Sign() > 0 {
		return "+" + text
	}
	return text
}
