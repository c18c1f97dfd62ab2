package apportion_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/saleskpi/saleskpi/kpi/apportion"
	"github.com/shopspring/decimal"
)

// peerCase is one fact transcribed from the tests of another system.
type peerCase struct {
	Source, Op, Method, Note string
	Input                    struct {
		Amount   int64
		Unit     string
		Weights  json.RawMessage // a list of words, or the number of equal parts
		Maximums []int64
	}
	Expected      json.RawMessage
	PeerQuirk     string          `json:"peer_quirk"`
	ExpectedClean json.RawMessage `json:"expected_clean"`
}

// errNotApplicable comes with the reason why a case says nothing about this
// package, errDiffers with the decision that its expectation breaks.
var (
	errNotApplicable = errors.New("not applicable")
	errDiffers       = errors.New("differs by decision")
)

func TestPeerCases(t *testing.T) {
	folder := os.Getenv("SALESKPI_CASES")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "shared", "cases")
	}
	data, err := os.ReadFile(filepath.Join(folder, "allocation.json"))
	if err != nil {
		t.Skipf("no cases: %v", err)
	}
	var file struct{ Cases []peerCase }
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	passed, failed, other, differs := 0, 0, 0, 0
	for i, c := range file.Cases {
		name := fmt.Sprintf("case %d, %s of %d by %s %s (%s)", i, c.Method, c.Input.Amount, c.list(), c.Input.Unit, c.Source)
		switch err := c.run(); {
		case errors.Is(err, errNotApplicable):
			other++
			t.Logf("%s: %v", name, err)
		case errors.Is(err, errDiffers):
			differs++
			t.Logf("%s: %v", name, err)
		case err != nil:
			failed++
			t.Errorf("%s: %v", name, err)
		default:
			passed++
		}
	}
	t.Logf("%d differ by decision", differs)
	t.Logf("apportion: %d passed, %d failed, %d not applicable", passed, failed, other)
}

// run compares the case with this package. Where the two differ, the
// difference must be one that a decision explains, and our side is checked
// against the decision.
func (c peerCase) run() error {
	method, err := c.method()
	if err != nil {
		return err
	}
	weights, err := c.weights()
	if err != nil {
		return err
	}
	expected := c.Expected
	if c.PeerQuirk != "" {
		expected = c.ExpectedClean
	}
	var refused struct{ Error string }
	var want []int64
	if expected[0] == '{' {
		err = json.Unmarshal(expected, &refused)
	} else {
		err = json.Unmarshal(expected, &want)
	}
	if err != nil {
		return err
	}
	got, err := c.divide(method, weights)
	if decision := c.decision(weights, want, refused.Error, got, err); decision != "" {
		return fmt.Errorf("%w: %s", errDiffers, decision)
	}
	switch {
	case refused.Error != "" && err == nil:
		return fmt.Errorf("got %v; want an error as %q", got, refused.Error)
	case refused.Error == "" && (err != nil || !slices.Equal(got, want)):
		return fmt.Errorf("got %v, %v; want %v", got, err, want)
	}
	return nil
}

func (c peerCase) method() (apportion.Method, error) {
	switch c.Method {
	case "shopify_roundrobin", "shopify_roundrobin_reverse":
		return 0, fmt.Errorf("%w: the units left go around by position, from the first or from the last part, whatever the remainders; "+
			"round-robin is left out on purpose", errNotApplicable)
	case "block_separate":
		return 0, fmt.Errorf("%w: it gives only whole multiples of the normalised weights and leaves the rest apart; "+
			"separate blocks are left out on purpose, for the rest can be nearly the sum of the weights", errNotApplicable)
	case "shopify_capped":
		return apportion.LargestRemainder, nil // its caps are compared, and its rule at the caps is one division
	}
	var method apportion.Method
	err := method.UnmarshalText([]byte(c.Method))
	return method, err
}

func (c peerCase) weights() ([]*big.Rat, error) {
	var weights []*big.Rat
	for _, n := range c.Input.Maximums {
		weights = append(weights, big.NewRat(n, 1))
	}
	if len(weights) > 0 {
		return weights, nil
	}
	if count, err := strconv.Atoi(string(c.Input.Weights)); err == nil {
		if count < 0 {
			return nil, fmt.Errorf("%w: parts are counted by their list here, which cannot be shorter than empty", errNotApplicable)
		}
		return slices.Repeat([]*big.Rat{big.NewRat(1, 1)}, count), nil
	}
	var words []string
	if err := json.Unmarshal(c.Input.Weights, &words); err != nil {
		return nil, err
	}
	for _, word := range words {
		weight, ok := new(big.Rat).SetString(word)
		if !ok {
			return nil, fmt.Errorf("weight %q", word)
		}
		weights = append(weights, weight)
	}
	return weights, nil
}

func (c peerCase) list() string {
	if len(c.Input.Maximums) > 0 {
		return fmt.Sprint("caps ", c.Input.Maximums)
	}
	return strings.Join(strings.Fields(string(c.Input.Weights)), "")
}

// unit gives the amount that one in the figures of the case stands for: a
// cash step, 10^-scale, or a cent.
func (c peerCase) unit() (unit decimal.Decimal, scale int, err error) {
	words := strings.Fields(c.Input.Unit)
	for i, word := range words {
		switch {
		case word == "step":
			return decimal.RequireFromString(words[i+1]), 2, nil
		case word == "scale":
			scale, err = strconv.Atoi(words[i+1])
			return decimal.New(1, int32(-scale)), scale, err
		case strings.HasPrefix(word, "1e-"):
			scale, err = strconv.Atoi(word[3:])
			return decimal.New(1, int32(-scale)), scale, err
		}
	}
	return decimal.New(1, -2), 2, nil
}

func partKey(i int) string { return fmt.Sprintf("part %03d", i) }

// divide gives the parts, and the rest behind them where the method leaves
// it apart.
func (c peerCase) divide(method apportion.Method, weights []*big.Rat) ([]int64, error) {
	unit, scale, err := c.unit()
	if err != nil {
		return nil, err
	}
	split := apportion.Split{Method: method, Scale: scale, Step: unit, Caps: map[string]decimal.Decimal{}}
	keyed := map[string]*big.Rat{}
	for i, w := range weights {
		keyed[partKey(i)] = w
		if len(c.Input.Maximums) > 0 {
			split.Caps[partKey(i)] = decimal.NewFromInt(c.Input.Maximums[i]).Mul(unit)
		}
	}
	division, err := split.Fractions(decimal.NewFromInt(c.Input.Amount).Mul(unit), keyed)
	if err != nil {
		return nil, err
	}
	var figures []int64
	for _, part := range division.Parts {
		figures = append(figures, part.Amount.Div(unit).IntPart())
	}
	if method == apportion.FloorSeparate {
		figures = append(figures, division.Rest.Div(unit).IntPart())
	}
	return figures, nil
}

// decision names the decision of this package that an expectation breaks, or
// nothing.
func (c peerCase) decision(weights []*big.Rat, want []int64, refused string, got []int64, err error) string {
	sum := new(big.Rat)
	for i, w := range weights {
		sum.Add(sum, w)
		if refused == "" && i < len(want) && w.Sign() == 0 && want[i] != 0 && err == nil && got[i] == 0 {
			return fmt.Sprintf("a weight of zero never receives: %v", got)
		}
	}
	switch {
	case refused == "" && sum.Sign() == 0 && len(weights) > 0 && err != nil:
		return fmt.Sprintf("weights that are all zero are an error: %v", err)
	case strings.HasPrefix(refused, "PANIC") && err == nil && total(got) == c.Input.Amount:
		return fmt.Sprintf("weights and totals of any size are divided exactly, nothing panics: %v", got)
	case strings.Contains(refused, "more than 100%") && sum.Cmp(big.NewRat(1, 1)) > 0 && err == nil && total(got) == c.Input.Amount:
		return fmt.Sprintf("weights count in proportion to their sum, whatever it is: %v", got)
	case len(c.Input.Maximums) > 0 && total(want) < c.Input.Amount && err != nil:
		return fmt.Sprintf("nothing is dropped, and caps below the total are an error: %v", err)
	}
	return ""
}

func total(figures []int64) (sum int64) {
	for _, n := range figures {
		sum += n
	}
	return sum
}
