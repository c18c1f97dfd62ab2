package cube

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// Definition says what a cube keeps: which measures, by which dimensions,
// cut into which periods. It is a record: write it as a literal; [New]
// checks it.
//
// It is data, so it can be stored, compared by its [Definition.Hash] and
// shared between goroutines and tenants. How records are read is code and
// stands in a [Reader]: raise Version when the meaning of a reader's
// function changes, because a hash cannot see code.
type Definition struct {
	ID         string            `json:"id"` // [a-z][a-z0-9_]*
	Version    int               `json:"version"`
	Window     calendar.Period   `json:"window"`   // records outside are excluded
	Calendar   calendar.Calendar `json:"calendar"` // the zero Calendar is the calendar year
	Grain      calendar.Grain    `json:"grain"`    // of a cell; no grain makes the window one period
	Dimensions []string          `json:"dimensions"`
	Measures   []Measure         `json:"measures"`
	// Credit names the dimension whose members share records, see [Credit];
	// empty where every record is one member's.
	Credit string `json:"credit,omitzero"`
	// Levels says which dimensions are derived through an organisation.
	Levels []Level `json:"levels,omitempty"`
}

// Measure is one number that a cube keeps for each cell.
type Measure struct {
	ID   string   `json:"id"` // [a-z][a-z0-9_]*
	Kind Kind     `json:"kind"`
	Unit kpi.Unit `json:"unit"` // its Scale is that of minor units; the zero Unit is a plain count
	// P says below which part of the amounts a quantile lies, from 0 to 1; no
	// data, the zero Value, is the median. Other kinds have none.
	P kpi.Value `json:"p,omitzero"`
	// Method is that of a quantile.
	Method Method `json:"method,omitzero"`
}

// part gives the P of a quantile.
func (m Measure) part() kpi.Value { return m.P.Or(kpi.Frac(1, 2)) }

// Validate reports every problem at once: an ID or dimension that is
// missing, malformed or stands twice, a window that is missing or does not
// begin and end where periods of the grain do, no measure, an unknown kind
// or grain, a unit that contradicts itself, a count of anything but things,
// a P or method that is none or has no quantile, a credit dimension that is
// none, a quantile under credit, and a level whose dimensions are not there.
func (d Definition) Validate() error {
	problems := check.List{Op: "cube.Definition"}
	checkID(&problems, "id", d.ID)
	if d.Version < 0 {
		problems.Add(check.ErrRange, "version", "negative_version", d.Version)
	}
	d.checkTime(&problems)
	d.checkDimensions(&problems)
	d.checkMeasures(&problems)
	d.checkCredit(&problems)
	d.checkLevels(&problems)
	return problems.Err()
}

func checkID(problems *check.List, path, id string) {
	switch {
	case id == "":
		problems.Add(check.ErrMissing, path, "missing_id", nil)
	case !kpi.ValidID(id):
		problems.Add(check.ErrInvalid, path, "malformed_id", id, "form", "[a-z][a-z0-9_]*")
	}
}

func (d Definition) checkTime(problems *check.List) {
	switch {
	case d.Window.IsZero():
		problems.Add(check.ErrMissing, "window", "missing_period", nil)
	case d.Grain > calendar.Yearly:
		problems.Add(check.ErrUnknown, "grain", "unknown_grain", uint8(d.Grain))
	default:
		_, err := split(d.Calendar, d.Window, d.Grain)
		problems.Nest("window", err)
	}
}

func (d Definition) checkDimensions(problems *check.List) {
	for i, name := range d.Dimensions {
		at := check.At("dimensions", i)
		switch {
		case name == "":
			problems.Add(check.ErrMissing, at, "missing_name", nil)
		case !utf8.ValidString(name):
			problems.Add(check.ErrInvalid, at, "not_utf8", name)
		case slices.Contains(d.Dimensions[:i], name):
			problems.Add(check.ErrDuplicate, at, "duplicate_dimension", name)
		}
	}
}

func (d Definition) checkMeasures(problems *check.List) {
	if len(d.Measures) == 0 {
		problems.Add(check.ErrMissing, "measures", "no_measures", nil)
	}
	for i, m := range d.Measures {
		at := check.At("measures", i)
		checkID(problems, check.At(at, "id"), m.ID)
		if slices.ContainsFunc(d.Measures[:i], func(o Measure) bool { return o.ID == m.ID }) {
			problems.Add(check.ErrDuplicate, check.At(at, "id"), "duplicate_measure", m.ID)
		}
		problems.Nest(check.At(at, "unit"), m.Unit.Validate())
		switch {
		case m.Kind > Quantile:
			problems.Add(check.ErrUnknown, check.At(at, "kind"), "unknown_word", uint8(m.Kind))
		case m.Kind.counts() && !m.Unit.Same(kpi.Count()):
			problems.Add(check.ErrUnit, check.At(at, "unit"), "count_with_dimension", m.Unit)
		}
		m.checkQuantile(problems, at)
	}
}

func (m Measure) checkQuantile(problems *check.List, at string) {
	p := m.part()
	switch {
	case m.Kind == Quantile && (p.Sign() < 0 || kpi.Int(1).Less(p)):
		problems.Add(check.ErrRange, check.At(at, "p"), "part_out_of_range", m.P)
	case m.Kind != Quantile && m.P != kpi.Value{}:
		problems.Add(check.ErrInvalid, check.At(at, "p"), "not_a_quantile", m.P)
	}
	switch {
	case m.Method > NearestRank:
		problems.Add(check.ErrUnknown, check.At(at, "method"), "unknown_word", uint8(m.Method))
	case m.Kind != Quantile && m.Method != Linear:
		problems.Add(check.ErrInvalid, check.At(at, "method"), "not_a_quantile", m.Method)
	}
}

// Hash gives a stable fingerprint, the SHA-256 in hex of the definition's
// canonical form. It covers every field: two cubes can be merged where their
// hashes are equal. An invalid definition has none; the error is that of
// Validate.
func (d Definition) Hash() (string, error) {
	if err := d.Validate(); err != nil {
		return "", err
	}
	form, err := d.canonical()
	if err != nil {
		return "", err
	}
	return fingerprint(form), nil
}

func fingerprint(form []byte) string {
	sum := sha256.Sum256(form)
	return hex.EncodeToString(sum[:])
}

// canonical is the definition's JSON: fields in a fixed order, and every
// value in the one form that its own type writes.
func (d Definition) canonical() ([]byte, error) {
	d = d.clone()
	return json.Marshal(d)
}

// clone shares nothing with d, and has [] where d has nil.
func (d Definition) clone() Definition {
	d.Dimensions = append([]string{}, d.Dimensions...)
	d.Measures = append([]Measure{}, d.Measures...)
	d.Levels = slices.Clone(d.Levels)
	return d
}

// split cuts a window into the periods of a grain; without a grain it is one
// period.
func split(c calendar.Calendar, window calendar.Period, g calendar.Grain) ([]calendar.Period, error) {
	if g == calendar.NoGrain {
		return []calendar.Period{window}, nil
	}
	return c.Split(window, g)
}
