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
// problem is reported, each with its path.
//
// What was in the record before does not matter and is not written to: it is
// replaced as a whole where there is no problem, and kept where there is
// one. A field that data does not name gets its zero value. A name that
// stands twice in one object is an error, and so are more than 256 levels of
// objects and arrays. As everywhere in encoding/json, names match without
// regard to case.
func Decode(op string, data []byte, into any) error {
	read, err := decode(op, data, into)
	if err == nil {
		reflect.ValueOf(into).Elem().Set(read)
	}
	return err
}

// decode gives what is to stand in the record at into.
func decode(op string, data []byte, into any) (reflect.Value, error) {
	target := reflect.ValueOf(into)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return reflect.Value{}, New(op, ErrInvalid, "", "not_a_pointer", reflect.TypeOf(into))
	}
	if err := scan(op, data); err != nil {
		return reflect.Value{}, err
	}
	read := reflect.New(target.Type().Elem())
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(read.Interface()); err != nil {
		return reflect.Value{}, explain(op, data, target.Type().Elem(), err)
	}
	end := d.InputOffset()
	if _, err := d.Token(); err != io.EOF {
		return reflect.Value{}, New(op, ErrInvalid, "", "trailing_data", nil, "offset", end)
	}
	return read.Elem(), nil
}

// explain finds what encoding/json does not tell: where, and what else. It
// runs only after a failure and decodes part by part.
func explain(op string, data []byte, t reflect.Type, err error) error {
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(data, new(json.RawMessage)), &syntax) {
		return New(op, ErrInvalid, "", "not_json", nil, "offset", syntax.Offset, "problem", syntax.Error())
	}
	problems := List{Op: op}
	locate(&problems, "", bytes.TrimSpace(data), t)
	if problems.Empty() { // encoding/json refused what no part of it explains
		problems.Add(ErrInvalid, "", "not_decodable", nil, "problem", err.Error())
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
		if field, known := fieldNamed(fields, name); known {
			locate(problems, join(path, name), parts[name], field)
		} else {
			problems.Add(ErrUnknown, join(path, text(name)), "unknown_field", nil)
		}
	}
}

// fieldNamed follows encoding/json: the exact name, or else one that differs
// in case alone.
func fieldNamed(fields map[string]reflect.Type, name string) (reflect.Type, bool) {
	if field, known := fields[name]; known {
		return field, true
	}
	for _, known := range slices.Sorted(maps.Keys(fields)) {
		if strings.EqualFold(known, name) {
			return fields[known], true
		}
	}
	return nil, false
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
		at := join(path, text(key))
		locateKey(problems, at, key, t.Key())
		locate(problems, at, parts[key], t.Elem())
	}
}

// locateKey tries one key of a map by a map of that key alone.
func locateKey(problems *List, path, key string, t reflect.Type) {
	alone, err := json.Marshal(map[string]bool{key: true})
	if err == nil {
		locateLeaf(problems, path, alone, reflect.MapOf(t, reflect.TypeFor[bool]()))
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
		problems.Add(ErrInvalid, path, "wrong_type", kind.Value, "want", jsonKind(kind.Type))
	default:
		problems.Add(ErrInvalid, path, "not_decodable", nil, "problem", err.Error())
	}
}

// jsonKind says in the words of JSON what a Go type is read from.
func jsonKind(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if decodesItself(t) {
		return "string"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "bool"
	case reflect.String:
		return "string"
	case reflect.Struct, reflect.Map:
		return "object"
	case reflect.Slice, reflect.Array:
		return "array"
	case reflect.Float32, reflect.Float64:
		return "number"
	default:
		return t.Kind().String() // int, uint8 and the like say the range too
	}
}
