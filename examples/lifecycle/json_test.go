package main

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/saleskpi/saleskpi/plan"
)

func text(t *testing.T, v any) string {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The document names its schema, and the stored documents in it can be taken
// out and read by their own types, which refuse what they do not know; they
// come back as they were.
func TestDocumentsInside(t *testing.T) {
	var doc struct {
		Schema     string
		Document   json.RawMessage
		Minutes    json.RawMessage
		Quarters   []struct{ Review, Alone json.RawMessage }
		Amendments []struct{ Diff json.RawMessage }
	}
	if err := json.Unmarshal([]byte(output(t, "-format", "json")), &doc); err != nil {
		t.Fatal(err)
	}
	if doc.Schema != Schema || len(doc.Quarters) != 4 || len(doc.Amendments) != 2 {
		t.Fatalf("%s with %d quarters and %d revisions", doc.Schema, len(doc.Quarters), len(doc.Amendments))
	}
	again[plan.Document](t, doc.Document)
	again[plan.Minutes](t, doc.Minutes)
	for _, q := range doc.Quarters {
		again[plan.Review](t, q.Review)
		again[plan.Review](t, q.Alone)
	}
	for _, r := range doc.Amendments {
		again[plan.Diff](t, r.Diff)
	}
}

func again[T any](t *testing.T, stored json.RawMessage) {
	t.Helper()
	var v T
	if err := json.Unmarshal(stored, &v); err != nil {
		t.Errorf("%T: %v", v, err)
		return
	}
	var want bytes.Buffer
	if err := json.Indent(&want, stored, "", " "); err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, []byte(text(t, v)), "", " "); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), got.String()); diff != "" {
		t.Errorf("%T came back as another: %.2000s", v, diff)
	}
}
