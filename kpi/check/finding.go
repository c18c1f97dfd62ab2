package check

import (
	"strings"
)

// Severity says how much a finding matters to who reads the number.
type Severity uint8

const (
	Info     Severity = iota // worth knowing; the number stands
	Warning                  // the number may mislead as it is
	Critical                 // act on it, or do not use the number
)

func severityWords() []string { return []string{"info", "warning", "critical"} }

// String gives info, warning or critical.
func (s Severity) String() string {
	if words := severityWords(); int(s) < len(words) {
		return words[s]
	}
	return "unknown"
}

// MarshalText gives the word; a severity outside the constants is an error.
func (s Severity) MarshalText() ([]byte, error) {
	if s > Critical {
		return nil, New("check.Severity", ErrUnknown, "", "unknown_severity", uint8(s))
	}
	return []byte(s.String()), nil
}

// UnmarshalText reads the word.
func (s *Severity) UnmarshalText(text []byte) error {
	for i, word := range severityWords() {
		if word == string(text) {
			*s = Severity(i)
			return nil
		}
	}
	return New("check.Severity", ErrUnknown, "", "unknown_severity", string(text))
}

// Finding is something the reader of a result should know. It stops nothing
// and carries no sentence: Code is a stable word, Subject says what it is
// about (an ID, a period, a stage), Args what its sentence needs.
type Finding struct {
	Code     string            `json:"code"`
	Severity Severity          `json:"severity"`
	Subject  string            `json:"subject,omitzero"`
	Args     map[string]string `json:"args,omitzero"`
}

// Template is the sentence of one code in two languages. {name} stands for
// the argument of that name and {subject} for the subject; {name_zh|name|subject}
// for the first of these that the finding has.
type Template struct {
	Code    string `json:"code"`
	English string `json:"en"`
	Chinese string `json:"zh"`
}

// Templates is the table of a package's codes.
type Templates []Template

// Text gives the sentence of a finding in English ("en") or Chinese ("zh").
// A code that is not in the table, or another language, gives the code and
// its subject, so that nothing is lost in print.
func (t Templates) Text(f Finding, lang string) string {
	for _, template := range t {
		if template.Code != f.Code {
			continue
		}
		switch lang {
		case "en":
			return fill(template.English, f)
		case "zh":
			return fill(template.Chinese, f)
		}
	}
	return strings.TrimSpace(f.Code + " " + f.Subject)
}

func fill(template string, f Finding) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(template, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed {
			b.WriteString("{" + rest)
			return b.String()
		}
		b.WriteString(f.first(name))
		template = after
	}
}

// first gives the first of the alternatives that the finding has.
func (f Finding) first(names string) string {
	for name := range strings.SplitSeq(names, "|") {
		if value, ok := f.Args[name]; ok {
			return value
		}
		if name == "subject" {
			return f.Subject
		}
	}
	return "{" + names + "}"
}
