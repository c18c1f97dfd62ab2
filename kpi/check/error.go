package check

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The classes of problems, one set for the whole module. Match them with
// [errors.Is].
var (
	ErrMissing    = errors.New("missing")          // a required value is not there
	ErrInvalid    = errors.New("invalid")          // a value is malformed or contradicts another
	ErrRange      = errors.New("out of range")     // a value is outside its stated limits
	ErrDuplicate  = errors.New("duplicate")        // a key stands more than once
	ErrOverlap    = errors.New("overlap")          // two ranges share a part
	ErrUnknown    = errors.New("unknown")          // a reference leads nowhere
	ErrCycle      = errors.New("cycle")            // references lead back to where they began
	ErrUnit       = errors.New("unit mismatch")    // units or kinds of number do not fit
	ErrInfeasible = errors.New("infeasible")       // no answer meets all conditions
	ErrDefinition = errors.New("other definition") // two parts were made under different definitions
	ErrCorrupt    = errors.New("corrupt")          // an encoded form is damaged, cut short or foreign
)

// class pairs a sentinel with its word in JSON.
type class struct {
	word string
	err  error
}

func classes() []class {
	return []class{
		{"missing", ErrMissing}, {"invalid", ErrInvalid}, {"range", ErrRange},
		{"duplicate", ErrDuplicate}, {"overlap", ErrOverlap}, {"unknown", ErrUnknown},
		{"cycle", ErrCycle}, {"unit", ErrUnit}, {"infeasible", ErrInfeasible},
		{"definition", ErrDefinition}, {"corrupt", ErrCorrupt},
	}
}

// Error is one problem with one input. All fields but Code and Err may be
// empty. The zero value is not a useful error.
type Error struct {
	Op    string            // the operation, such as "calendar.ParseDay"
	Path  string            // where, in the JSON names of the record: "stages[2].probability"
	Code  string            // what, as a stable word: "not_a_day"
	Value string            // the offending value as text, cut after 80 characters
	Args  map[string]string // what a translation of the code needs, each cut after 2,000
	Err   error             // the class, one of the sentinels of this package, or a cause
}

// New makes an Error. Value is formatted with fmt.Sprint; nil stands for
// none. Args alternate between names and values.
func New(op string, class error, path, code string, value any, args ...any) *Error {
	return &Error{Op: op, Path: path, Code: code, Value: text(value), Args: Args(args...), Err: class}
}

// Args builds the argument map of an [Error] or a [Finding] from alternating
// names and values; each value is formatted with fmt.Sprint. A last name
// without a value is left out. No arguments give nil.
func Args(pairs ...any) map[string]string {
	if len(pairs) < 2 {
		return nil
	}
	args := make(map[string]string, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[fmt.Sprint(pairs[i])] = clip(pairs[i+1], longestArg)
	}
	return args
}

// How many characters of an offending value an error repeats, and of an
// argument: enough to recognise the one and to name a cycle of some tens of
// IDs in the other, and an error stays small whatever came in.
const (
	longest    = 80
	longestArg = 2000
)

func text(value any) string { return clip(value, longest) }

func clip(value any, most int) string {
	if value == nil {
		return ""
	}
	s, ok := value.(string)
	if !ok {
		s = fmt.Sprint(value)
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) <= most {
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Error gives one line: operation, path, code in words, value, arguments,
// and the class where the code does not name it. Code and Args are for programs; this line is for a log.
func (e *Error) Error() string {
	var b strings.Builder
	for _, s := range []string{e.Op, e.Path} {
		if s != "" {
			b.WriteString(s + ": ")
		}
	}
	words := strings.ReplaceAll(e.Code, "_", " ")
	b.WriteString(words)
	if e.Value != "" {
		fmt.Fprintf(&b, " %q", e.Value)
	}
	for i, name := range slices.Sorted(maps.Keys(e.Args)) {
		sep := ", "
		if i == 0 {
			sep = " ("
		}
		b.WriteString(sep + name + " " + e.Args[name])
	}
	if len(e.Args) > 0 {
		b.WriteString(")")
	}
	if e.Err != nil && !strings.Contains(words, e.Err.Error()) {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

// Unwrap gives the class or cause.
func (e *Error) Unwrap() error { return e.Err }

// errorJSON is the wire form of an Error.
type errorJSON struct {
	Op      string            `json:"op,omitzero"`
	Path    string            `json:"path,omitzero"`
	Code    string            `json:"code"`
	Class   string            `json:"class,omitzero"`
	Value   string            `json:"value,omitzero"`
	Args    map[string]string `json:"args,omitzero"`
	Message string            `json:"message"`
}

// MarshalJSON gives op, path, code, class, value, args and message. The
// class is the word of the sentinel that the error matches, if any; a cause
// that is no sentinel stands in the message alone.
func (e *Error) MarshalJSON() ([]byte, error) {
	j := errorJSON{Op: e.Op, Path: e.Path, Code: e.Code, Value: e.Value, Args: e.Args, Message: e.Error()}
	for _, c := range classes() {
		if errors.Is(e.Err, c.err) {
			j.Class = c.word
			break
		}
	}
	return json.Marshal(j)
}

// UnmarshalJSON reads what MarshalJSON writes; the class becomes its
// sentinel, so that errors.Is works on the far side of a wire too.
func (e *Error) UnmarshalJSON(data []byte) error {
	var j errorJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	read := Error{Op: j.Op, Path: j.Path, Code: j.Code, Value: j.Value, Args: j.Args}
	for _, c := range classes() {
		if j.Class == c.word {
			read.Err = c.err
		}
	}
	if j.Class != "" && read.Err == nil {
		return New("check.Error", ErrUnknown, "class", "unknown_class", j.Class)
	}
	*e = read
	return nil
}

// All gives every problem inside err, in order: err itself, or what was
// joined or wrapped. A leaf that is no *Error comes as one with code "error"
// and the leaf as its cause. All(nil) is empty, not nil, so that it marshals
// as [].
func All(err error) []*Error {
	all := []*Error{}
	walk(err, &all)
	return all
}

func walk(err error, all *[]*Error) {
	if err == nil {
		return
	}
	if e, ok := err.(*Error); ok {
		if e != nil {
			*all = append(*all, e)
		}
		return
	}
	switch u := err.(type) {
	case interface{ Unwrap() []error }:
		for _, e := range u.Unwrap() {
			walk(e, all)
		}
	case interface{ Unwrap() error }:
		var inner *Error
		if errors.As(err, &inner) {
			walk(u.Unwrap(), all)
			return
		}
		*all = append(*all, &Error{Code: "error", Err: err})
	default:
		*all = append(*all, &Error{Code: "error", Err: err})
	}
}
