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

// few writes the first IDs of a list, and how many more there are. of is how
// many there are in all.
func few(ids []string, of int) string {
	const most = 5
	if len(ids) > most {
		ids = ids[:most]
	}
	text := strings.Join(ids, ", ")
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
