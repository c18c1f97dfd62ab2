package check

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// Decode reads one JSON value into the record at into and accepts nothing
// else: broken syntax, anything after the value, unknown fields, values of a
// wrong type and values that their own type refuses are errors. Every
// problem is reported, each with its path; into is changed only where there
// is none.
func Decode(op string, data []byte, into any) error {
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return New(op, ErrInvalid, "", "not_a_pointer", reflect.TypeOf(into))
	}
	read := reflect.New(target.Type().Elem())
	read.Elem().Set(target.Elem())
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(read.Interface()); err != nil {
		return explain(op, data, target.Type().Elem(), err)
	}
	if _, err := d.Token(); err != io.EOF {
		return New(op, ErrInvalid, "", "trailing_data", nil, "offset", d.InputOffset())
	}
	target.Elem().Set(read.Elem())
	return nil
}

// explain finds what encoding/json does not tell: where, and what else. It
// runs only after a failure and decodes part by part.
func explain(op string, data []byte, t reflect.Type, err error) error {
	problems := List{Op: op}
	locate(&problems, "", data, t)
	if problems.Empty() {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return New(op, ErrInvalid, "", "not_json", syntax.Error(), "offset", syntax.Offset)
		}
		return New(op, ErrInvalid, "", "not_json", err.Error())
	}
	return problems.Err()
}

func locate(problems *List, path string, data []byte, t reflect.Type) {
	if string(data) == "null" {
		return
	}
	if !decodesItself(t) {
		switch t.Kind() {
		case reflect.Pointer:
			locate(problems, path, data, t.Elem())
			return
		case reflect.Struct:
			locateFields(problems, path, data, t)
			return
		case reflect.Slice, reflect.Array:
			locateItems(problems, path, data, t)
			return
		case reflect.Map:
			locateEntries(problems, path, data, t)
			return
		}
	}
	locateLeaf(problems, path, data, t)
}

func decodesItself(t reflect.Type) bool {
	p := reflect.PointerTo(t)
	return p.Implements(reflect.TypeFor[json.Unmarshaler]()) || p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

func locateFields(problems *List, path string, data []byte, t reflect.Type) {
	var parts map[string]json.RawMessage
	if json.Unmarshal(data, &parts) != nil {
		locateLeaf(problems, path, data, t)
		return
	}
	fields := fieldsOf(t)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if field, known := fields[name]; known {
			locate(problems, join(path, name), parts[name], field)
		} else if !knownFolded(fields, name) {
			problems.Add(ErrUnknown, join(path, text(name)), "unknown_field", nil)
		}
	}
}

// knownFolded follows encoding/json, which matches names without regard to
// case.
func knownFolded(fields map[string]reflect.Type, name string) bool {
	for known := range fields {
		if strings.EqualFold(known, name) {
			return true
		}
	}
	return false
}

// fieldsOf gives the JSON names of a record and their types, those of
// embedded records among them.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case name == "-" || !f.IsExported() || f.Anonymous && name == "":
		case name == "":
			fields[f.Name] = f.Type
		default:
			fields[name] = f.Type
		}
	}
	return fields
}

func locateItems(problems *List, path string, data []byte, t reflect.Type) {
	var parts []json.RawMessage
	if json.Unmarshal(data, &parts) != nil {
		locateLeaf(problems, path, data, t)
		return
	}
	for i, part := range parts {
		locate(problems, path+At(i), part, t.Elem())
	}
}

func locateEntries(problems *List, path string, data []byte, t reflect.Type) {
	var parts map[string]json.RawMessage
	if json.Unmarshal(data, &parts) != nil {
		locateLeaf(problems, path, data, t)
		return
	}
	for _, key := range slices.Sorted(maps.Keys(parts)) {
		locate(problems, join(path, text(key)), parts[key], t.Elem())
	}
}

func locateLeaf(problems *List, path string, data []byte, t reflect.Type) {
	err := json.Unmarshal(data, reflect.New(t).Interface())
	var inner *Error
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
	case errors.As(err, &inner):
		problems.Nest(path, err)
	case errors.As(err, &kind):
		problems.Add(ErrInvalid, path, "wrong_type", kind.Value, "want", kind.Type)
	default:
		problems.Add(ErrInvalid, path, "not_json", err.Error())
	}
}
