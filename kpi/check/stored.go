package check

import (
	"bytes"
	"encoding/json"
	"reflect"
)

// DecodeStored is [Decode] for a document that says what it is, in a field
// "schema", which the record at into must have. It reports whether it read
// one, so that an UnmarshalJSON begins with
//
//	var doc document
//	if ok, err := check.DecodeStored(op, "saleskpi/plan/1", data, &doc); !ok {
//		return err
//	}
//
// null is no document and no error: nothing is read. A schema that is missing
// is ErrMissing (missing_schema), beside the other problems; another one is
// ErrUnknown (unknown_schema) alone, for the fields of another document would
// only be noise.
func DecodeStored(op, schema string, data []byte, into any) (ok bool, err error) {
	if string(bytes.TrimSpace(data)) == "null" {
		return false, nil
	}
	var head struct {
		Schema string `json:"schema"`
	}
	isObject := json.Unmarshal(data, &head) == nil // where not, decode says what it is
	if isObject && head.Schema != "" && head.Schema != schema {
		return false, New(op, ErrUnknown, "schema", "unknown_schema", head.Schema, "known", schema)
	}
	problems := List{Op: op}
	if isObject && head.Schema == "" {
		problems.Add(ErrMissing, "schema", "missing_schema", nil, "known", schema)
	}
	read, err := decode(op, data, into)
	problems.Nest("", err)
	if err := problems.Err(); err != nil {
		return false, err
	}
	reflect.ValueOf(into).Elem().Set(read)
	return true, nil
}
