package kpi

import (
	"strings"
	"unicode/utf8"
	"unique"

	"github.com/saleskpi/saleskpi/kpi/check"
)

const opParse = "kpi.ParseFormula"

// ParseFormula reads the text form of a [Formula]. Spaces, tabs and line
// breaks may stand between its parts. What is wrong first is reported, with
// the argument column: the character at which it stands, the first being 1.
//
// Errors are check.ErrInvalid for what is not a formula, check.ErrUnknown
// for a function that does not exist, and check.ErrRange for a number or a
// formula beyond the limits.
func ParseFormula(text string) (Formula, error) {
	if len(text) > MaxFormula {
		return Formula{}, check.New(opParse, check.ErrRange, "", "formula_too_long", nil, "bytes", len(text), "most", MaxFormula)
	}
	p := parser{text: text}
	p.space()
	root, err := p.sum()
	if err == nil && p.at < len(text) {
		err = p.unexpected()
	}
	if err != nil {
		return Formula{}, err
	}
	f, problems := Formula{root}, check.List{Op: opParse}
	f.checkSize(&problems)
	if err := problems.Err(); err != nil {
		return Formula{}, err
	}
	return f, nil
}

// parser reads by recursive descent. at is always the start of a part.
type parser struct {
	text   string
	at     int
	levels int // of parentheses, functions and minuses now open
}

type handle = unique.Handle[term]

func (p *parser) sum() (handle, error) { return p.chain("+-", p.product) }

func (p *parser) product() (handle, error) { return p.chain("*/", p.factor) }

// chain reads operands with operators of one precedence between them.
func (p *parser) chain(operators string, operand func() (handle, error)) (handle, error) {
	left, err := operand()
	for err == nil && strings.IndexByte(operators, p.peek()) >= 0 {
		op := OpAdd + Op(strings.IndexByte("+-*/", p.peek()))
		p.skip(1)
		var right handle
		if right, err = operand(); err == nil {
			left = unique.Make(term{op: op, left: left, right: right})
		}
	}
	return left, err
}

// factor reads a number, a reference, a function, a parenthesis, or a minus
// before any of them.
func (p *parser) factor() (handle, error) {
	if p.levels++; p.levels > MaxLevels {
		return handle{}, p.fail(check.ErrRange, p.at, "nested_too_deep", nil, "most", MaxLevels)
	}
	defer func() { p.levels-- }()
	switch c := p.peek(); {
	case c == '-':
		p.skip(1)
		inner, err := p.factor()
		if err != nil {
			return handle{}, err
		}
		return unique.Make(term{op: OpNeg, left: inner}), nil
	case c == '(':
		return p.parenthesis()
	case isDigit(c):
		return p.number()
	case c >= 'a' && c <= 'z':
		return p.name()
	}
	return handle{}, p.unexpected()
}

func (p *parser) parenthesis() (handle, error) {
	open := p.at
	p.skip(1)
	inner, err := p.sum()
	if err != nil {
		return handle{}, err
	}
	return inner, p.close(open)
}

// close reads the parenthesis that ends what began at open.
func (p *parser) close(open int) error {
	switch {
	case p.at == len(p.text):
		return p.fail(check.ErrInvalid, open, "parenthesis_not_closed", nil)
	case p.peek() != ')':
		return p.unexpected()
	}
	p.skip(1)
	return nil
}

func (p *parser) number() (handle, error) {
	start := p.at
	text := p.take(func(c byte) bool { return isDigit(c) || c == '.' })
	v, err := Parse(text)
	if err != nil {
		problem := check.All(err)[0]
		return handle{}, p.fail(problem.Err, start, problem.Code, text)
	}
	return unique.Make(term{number: v}), nil
}

// name reads a reference, or a function where a parenthesis follows.
func (p *parser) name() (handle, error) {
	start := p.at
	id := p.take(func(c byte) bool { return isDigit(c) || c == '_' || c >= 'a' && c <= 'z' })
	if p.peek() == '(' {
		return p.call(start, id)
	}
	if !ValidID(id) { // its form is right, so it is too long
		return handle{}, p.fail(check.ErrRange, start, "id_too_long", id, "most", maxID)
	}
	return unique.Make(term{op: OpRef, ref: id}), nil
}

func (p *parser) call(start int, name string) (handle, error) {
	var op Op
	if err := op.UnmarshalText([]byte(name)); err != nil || !op.function() {
		known := strings.Join(opWords()[OpMin:], " ")
		return handle{}, p.fail(check.ErrUnknown, start, "unknown_function", name, "known", known)
	}
	open := p.at
	p.skip(1)
	var args []handle
	for {
		arg, err := p.sum()
		if err != nil {
			return handle{}, err
		}
		args = append(args, arg)
		if p.peek() != ',' {
			break
		}
		p.skip(1)
	}
	if err := p.close(open); err != nil {
		return handle{}, err
	}
	if least, most := op.arity(); len(args) < least || len(args) > most {
		return handle{}, p.fail(check.ErrInvalid, start, "wrong_number_of_arguments", len(args), "op", op, "least", least, "most", most)
	}
	return makeTerm(op, Value{}, "", args), nil
}

// peek gives the next byte, 0 at the end.
func (p *parser) peek() byte {
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// take reads as long as the bytes belong, and the space behind them.
func (p *parser) take(belongs func(byte) bool) string {
	start := p.at
	for p.at < len(p.text) && belongs(p.text[p.at]) {
		p.at++
	}
	text := p.text[start:p.at]
	p.space()
	return text
}

func (p *parser) skip(n int) {
	p.at += n
	p.space()
}

func (p *parser) space() {
	p.at = len(p.text) - len(strings.TrimLeft(p.text[p.at:], " \t\r\n"))
}

func (p *parser) unexpected() error {
	if p.at == len(p.text) {
		return p.fail(check.ErrInvalid, p.at, "unexpected_end", nil)
	}
	_, size := utf8.DecodeRuneInString(p.text[p.at:])
	return p.fail(check.ErrInvalid, p.at, "unexpected_character", p.text[p.at:p.at+size])
}

func (p *parser) fail(class error, at int, code string, value any, args ...any) error {
	column := utf8.RuneCountInString(p.text[:at]) + 1
	return check.New(opParse, class, "", code, value, append(args, "column", column)...)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
