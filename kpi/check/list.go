package check

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// most is how many problems one validation reports; further ones are
// counted.
const most = 100

// List collects the problems of one validation, in the order in which they
// are added. The zero value is ready to use; Op names the operation. A List
// belongs to one goroutine.
type List struct {
	Op   string
	errs []error
	left int
}

// Add records one problem; see [New] for the arguments.
func (l *List) Add(class error, path, code string, value any, args ...any) {
	l.add(New(l.Op, class, path, code, value, args...))
}

// ID records an ID that is missing (with the code given) or is not UTF-8 text
// (not_utf8), which JSON would turn into another one.
func (l *List) ID(path, missing, id string) {
	switch {
	case id == "":
		l.Add(ErrMissing, path, missing, nil)
	case !utf8.ValidString(id):
		l.Add(ErrInvalid, path, "not_utf8", id)
	}
}

// Nest records every problem of err as one of the part at path. The list's
// operation takes the place of theirs: a caller called this one. A nil err
// adds nothing.
func (l *List) Nest(path string, err error) {
	for _, e := range All(err) {
		if left, inList := e.left(); inList {
			l.left += left
			continue
		}
		inner := *e
		inner.Op, inner.Path = l.Op, join(path, e.Path)
		l.add(&inner)
	}
}

func (l *List) add(e *Error) {
	if len(l.errs) == most {
		l.left++
		return
	}
	l.errs = append(l.errs, e)
}

// codeMore marks the problem that stands for those left out.
const codeMore = "more_problems"

// left gives how many problems e stands for, and whether it stands for any.
func (e *Error) left() (int, bool) {
	n, err := strconv.Atoi(e.Args["count"])
	return n, e.Code == codeMore && err == nil && n > 0
}

// Empty reports whether nothing was recorded.
func (l *List) Empty() bool { return len(l.errs) == 0 && l.left == 0 }

// Err gives nil, or the problems joined by [errors.Join]. Of more than a
// hundred the first hundred come, and then one with code "more_problems"
// whose argument count says how many were left out.
func (l *List) Err() error {
	if l.left == 0 {
		return errors.Join(l.errs...)
	}
	more := New(l.Op, ErrInvalid, "", codeMore, nil, "count", l.left)
	return errors.Join(append(l.errs[:len(l.errs):len(l.errs)], more)...)
}

// At writes a path: names are joined by dots and ints are indices, so
// At("stages", 2, "probability") is stages[2].probability.
func At(parts ...any) string {
	var path []byte
	for _, part := range parts {
		if i, ok := part.(int); ok {
			path = append(strconv.AppendInt(append(path, '['), int64(i), 10), ']')
			continue
		}
		name := text(part)
		if len(path) > 0 && name != "" && name[0] != '[' {
			path = append(path, '.')
		}
		path = append(path, name...)
	}
	return string(path)
}

func join(path, rest string) string {
	if path == "" || rest == "" || strings.HasPrefix(rest, "[") {
		return path + rest
	}
	return path + "." + rest
}
