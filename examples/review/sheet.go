package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// sheet is one CSV file: which column stands where, and its rows. Whatever is
// wrong goes into problems, with a path such as sales_pipeline.csv:17:close_date.
type sheet struct {
	name     string
	columns  map[string]int // where a column stands
	fields   int            // how many fields a row has
	rows     []row
	problems *check.List
}

type row struct {
	sheet *sheet
	line  int
	cells []string
}

// readSheet reads a file that has at least the named columns, in any order;
// others are ignored. ok is false where the file cannot be used at all, and
// then what refers to it cannot be checked.
func readSheet(files fs.FS, name string, problems *check.List, columns ...string) (s *sheet, ok bool) {
	s = &sheet{name: name, columns: map[string]int{}, problems: problems}
	data, err := fs.ReadFile(files, name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		problems.Add(check.ErrMissing, name, "no_such_file", nil)
		return s, false
	case err != nil:
		problems.Add(err, name, "unreadable_file", nil)
		return s, false
	}
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if line, bad := notUTF8(data); bad {
		problems.Add(check.ErrCorrupt, fmt.Sprintf("%s:%d", name, line), "not_utf8", nil, "remedy", "save as CSV UTF-8")
		return s, false
	}
	reader := csv.NewReader(bytes.NewReader(data))
	reader.FieldsPerRecord = -1 // counted here, so that one wrong row does not hide the next
	return s, s.header(reader, columns) && s.body(reader)
}

// notUTF8 gives the first line that is no UTF-8: most often a Chinese Excel
// saved GBK, and names would come out broken.
func notUTF8(data []byte) (line int, bad bool) {
	for text := range bytes.Lines(data) {
		if line++; !utf8.Valid(text) {
			return line, true
		}
	}
	return 0, false
}

func (s *sheet) header(reader *csv.Reader, columns []string) bool {
	names, err := reader.Read()
	if errors.Is(err, io.EOF) {
		s.problems.Add(check.ErrMissing, s.name, "empty_file", nil)
		return false
	}
	if err != nil {
		s.syntax(err)
		return false
	}
	s.fields = len(names)
	whole := true
	for i, name := range names {
		if _, twice := s.columns[name]; twice && slices.Contains(columns, name) {
			s.problems.Add(check.ErrDuplicate, s.path(1, name), "duplicate_column", nil)
			whole = false
		}
		s.columns[name] = i
	}
	for _, name := range columns {
		if _, found := s.columns[name]; !found {
			s.problems.Add(check.ErrMissing, s.path(1, name), "no_such_column", nil)
			whole = false
		}
	}
	return whole
}

func (s *sheet) body(reader *csv.Reader) bool {
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return true
		}
		if err != nil {
			s.syntax(err) // after a stray quote the rest cannot be trusted
			return false
		}
		line, _ := reader.FieldPos(0)
		if len(cells) != s.fields {
			s.problems.Add(check.ErrInvalid, fmt.Sprintf("%s:%d", s.name, line), "wrong_number_of_fields", len(cells), "want", s.fields)
			continue
		}
		s.rows = append(s.rows, row{s, line, cells})
	}
}

func (s *sheet) syntax(err error) {
	path := s.name
	if at := (*csv.ParseError)(nil); errors.As(err, &at) {
		path, err = fmt.Sprintf("%s:%d", s.name, at.Line), at.Err
	}
	s.problems.Add(err, path, "not_csv", nil)
}

func (s *sheet) path(line int, column string) string {
	return fmt.Sprintf("%s:%d:%s", s.name, line, column)
}

// problem records what is wrong with one cell.
func (r row) problem(class error, column, code string, args ...any) {
	r.sheet.problems.Add(class, r.sheet.path(r.line, column), code, r.text(column), args...)
}

// text gives a cell as it stands: nothing is trimmed.
func (r row) text(column string) string { return r.cells[r.sheet.columns[column]] }

// need gives a cell that may not be empty.
func (r row) need(column string) string {
	s := r.text(column)
	if s == "" {
		r.problem(check.ErrMissing, column, "no_value")
	}
	return s
}

// day gives a day, and no day for an empty cell.
func (r row) day(column string) calendar.Day {
	s := r.text(column)
	if s == "" {
		return calendar.Day(0)
	}
	day, err := calendar.ParseDay(s)
	r.sheet.problems.Nest(r.sheet.path(r.line, column), err)
	return day
}

// number gives an exact number, and no data for an empty cell.
func (r row) number(column string) kpi.Value {
	s := r.text(column)
	switch {
	case s == "":
		return kpi.Value{}
	case strings.Contains(s, "/"): // kpi.Parse reads fractions, an amount is none
		r.problem(check.ErrInvalid, column, "not_a_number")
		return kpi.Value{}
	}
	v, err := kpi.Parse(s)
	r.sheet.problems.Nest(r.sheet.path(r.line, column), err)
	return v
}

// amount gives a number with the places that it is written with.
func (r row) amount(column string) decimal.NullDecimal {
	_, places, _ := strings.Cut(r.text(column), ".")
	d, ok := r.number(column).Decimal(len(places), kpi.HalfEven)
	return decimal.NullDecimal{Decimal: d, Valid: ok}
}
