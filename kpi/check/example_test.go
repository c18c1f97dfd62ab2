package check_test

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// Stage is a record as the packages of this module have them.
type Stage struct {
	Name        string `json:"name"`
	Probability int    `json:"probability"`
}

type Pipeline struct {
	Name   string  `json:"name"`
	Stages []Stage `json:"stages"`
}

// Validate reports every problem at once.
func (p Pipeline) Validate() error {
	problems := check.List{Op: "example.Pipeline"}
	if p.Name == "" {
		problems.Add(check.ErrMissing, "name", "missing_name", nil)
	}
	for i, s := range p.Stages {
		if s.Probability < 0 || s.Probability > 100 {
			problems.Add(check.ErrRange, check.At("stages", i, "probability"), "not_a_percentage", s.Probability,
				"least", 0, "most", 100)
		}
	}
	return problems.Err()
}

func ExampleList() {
	pipeline := Pipeline{Stages: []Stage{{"Lead", 10}, {"Offer", 140}}}
	err := pipeline.Validate()
	fmt.Println(err)
	fmt.Println(errors.Is(err, check.ErrRange), errors.Is(err, check.ErrCycle))
	// Output:
	// example.Pipeline: name: missing name
	// example.Pipeline: stages[1].probability: not a percentage "140" (least 0, most 100): out of range
	// true false
}

// A handler of a web API answers with every problem.
func ExampleAll() {
	pipeline := Pipeline{Name: "Sales", Stages: []Stage{{"Offer", 140}}}
	body, _ := json.MarshalIndent(check.All(pipeline.Validate()), "", "  ")
	fmt.Println(string(body))
	// Output:
	// [
	//   {
	//     "op": "example.Pipeline",
	//     "path": "stages[0].probability",
	//     "code": "not_a_percentage",
	//     "class": "range",
	//     "value": "140",
	//     "args": {
	//       "least": "0",
	//       "most": "100"
	//     },
	//     "message": "example.Pipeline: stages[0].probability: not a percentage \"140\" (least 0, most 100): out of range"
	//   }
	// ]
}

func ExampleDecode() {
	var pipeline Pipeline
	err := check.Decode("example.Pipeline",
		[]byte(`{"name":7,"stages":[{"name":"Lead"},{"name":"Offer","chance":40}]}`), &pipeline)
	for _, problem := range check.All(err) {
		fmt.Println(problem.Path, problem.Code)
	}
	// Output:
	// name wrong_type
	// stages[1].chance unknown_field
}

func ExampleDecodeStored() {
	var goal struct {
		Schema string `json:"schema"`
		Name   string `json:"name"`
	}
	for _, data := range []string{`{"schema":"example/goal/1","name":"won in 2026"}`, `{"schema":"example/goal/2","title":"won in 2026"}`} {
		ok, err := check.DecodeStored("example.Goal", "example/goal/1", []byte(data), &goal)
		fmt.Println(ok, goal.Name, err)
	}
	// Output:
	// true won in 2026 <nil>
	// false won in 2026 example.Goal: schema: unknown schema "example/goal/2" (known example/goal/1)
}

func ExampleError() {
	err := check.New("example.Quota", check.ErrUnit, "quota.amount", "other_currency", "12 EUR", "want", "USD")
	fmt.Println(err)
	var problem *check.Error
	if errors.As(fmt.Errorf("saving: %w", err), &problem) {
		fmt.Println(problem.Path, problem.Args["want"])
	}
	// Output:
	// example.Quota: quota.amount: other currency "12 EUR" (want USD): unit mismatch
	// quota.amount USD
}

func ExampleAt() {
	fmt.Println(check.At("stages", 2, "probability"))
	fmt.Println(check.At("units", 0))
	// Output:
	// stages[2].probability
	// units[0]
}

func ExampleArgs() {
	fmt.Println(check.Args("n", 7, "least", 10))
	// Output: map[least:10 n:7]
}

func ExampleTemplates() {
	sentences := check.Templates{{
		Code:    "too_few",
		English: "{subject} rests on {n} deals only.",
		Chinese: "{subject}仅基于 {n} 笔商机。",
	}}
	finding := check.Finding{Code: "too_few", Severity: check.Warning, Subject: "Ann", Args: check.Args("n", 7)}
	fmt.Println(sentences.Text(finding, "en"))
	fmt.Println(sentences.Text(finding, "zh"))
	// Output:
	// Ann rests on 7 deals only.
	// Ann仅基于 7 笔商机。
}
