package incentive

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi"
	"github.com/saleskpi/saleskpi/kpi/calendar"
	"github.com/saleskpi/saleskpi/kpi/check"
)

// RewardSchema names the JSON form of a [Reward].
const RewardSchema = "saleskpi/reward/1"

// Reward is a rule for what is not money: a promotion, a trip, a title. It
// goes to everybody who meets all conditions, or where Places is stated, to
// the first of them. It is a record and a document to be stored: its JSON
// carries "schema":"saleskpi/reward/1".
type Reward struct {
	ID         string      `json:"id"`
	Name       string      `json:"name,omitzero"`
	NameZH     string      `json:"name_zh,omitzero"`
	Conditions []Condition `json:"conditions"`
	Places     int         `json:"places,omitzero"` // 0: everybody who meets the conditions
	By         Order       `json:"by,omitzero"`     // with Places: what orders them
}

// Order says by which number people stand in line. Equal numbers share a
// place (1, 2, 2, 4), so a tie at the last place widens it and nobody is cut
// by chance.
type Order struct {
	Score     string          `json:"score"`
	Period    calendar.Period `json:"period"`
	Direction kpi.Direction   `json:"direction"`
}

// Condition asks that a mark is good in a number of periods: grade A in two
// quarters of four. Exactly one of Grades, Level and First says what is
// good.
type Condition struct {
	Score     string            `json:"score"` // the scorecard or metric, as marks name it
	Periods   []calendar.Period `json:"periods"`
	Times     int               `json:"times,omitzero"`   // in how many of them; all where left out
	Grades    []string          `json:"grades,omitempty"` // any of these
	Level     kpi.Value         `json:"level,omitzero"`   // at least so much, and where lower is better at most
	First     int               `json:"first,omitzero"`   // a place among the first so many of the eligible
	Direction kpi.Direction     `json:"direction"`
}

func (c Condition) need() int {
	if c.Times == 0 {
		return len(c.Periods)
	}
	return c.Times
}

// Mark is what one person reached on one score in one period: a card of
// kpi/scorecard, or the figure of a metric.
type Mark struct {
	Owner  string          `json:"owner"`
	Score  string          `json:"score"`
	Period calendar.Period `json:"period"`
	Value  kpi.Value       `json:"value"`
	Grade  string          `json:"grade,omitzero"`
}

// Validate reports every problem of the rule at once: IDs, scores and periods
// that are missing, no conditions, a period that stands twice in one,
// neither or more than one of grades, level and first, more times than
// periods, and places without an order.
func (r Reward) Validate() error {
	problems := check.List{Op: "incentive.Reward"}
	problems.ID("id", "missing_id", r.ID)
	count(&problems, "conditions", len(r.Conditions), MaxTiers)
	if len(r.Conditions) == 0 {
		problems.Add(check.ErrMissing, "conditions", "no_conditions", nil)
	}
	for i, c := range r.Conditions {
		c.check(&problems, check.At("conditions", i))
	}
	switch {
	case r.Places < 0:
		problems.Add(check.ErrRange, "places", "below_zero", r.Places)
	case r.Places > 0:
		problems.ID("by.score", "missing_id", r.By.Score)
		if r.By.Period.IsZero() {
			problems.Add(check.ErrMissing, "by.period", "missing_period", nil)
		}
		checkDirection(&problems, "by.direction", r.By.Direction)
	case r.By != Order{}:
		problems.Add(check.ErrMissing, "places", "missing_places", nil)
	}
	return problems.Err()
}

func (c Condition) check(problems *check.List, at string) {
	problems.ID(at+".score", "missing_id", c.Score)
	if len(c.Periods) == 0 {
		problems.Add(check.ErrMissing, at+".periods", "no_periods", nil)
	}
	seen := map[calendar.Period]bool{}
	for i, p := range c.Periods {
		switch where := at + check.At(".periods", i); {
		case p.IsZero():
			problems.Add(check.ErrMissing, where, "missing_period", nil)
		case seen[p]:
			problems.Add(check.ErrDuplicate, where, "duplicate_period", p)
		}
		seen[p] = true
	}
	if c.Times < 0 || c.Times > len(c.Periods) {
		problems.Add(check.ErrRange, at+".times", "not_within_periods", c.Times, "most", len(c.Periods))
	}
	checkDirection(problems, at+".direction", c.Direction)
	c.checkGood(problems, at)
}

func (c Condition) checkGood(problems *check.List, at string) {
	stated := 0
	for _, is := range []bool{len(c.Grades) > 0, c.Level != kpi.Value{}, c.First != 0} {
		if is {
			stated++
		}
	}
	if stated != 1 {
		problems.Add(check.ErrInvalid, at, "not_one_of_grades_level_first", stated)
	}
	if c.First < 0 {
		problems.Add(check.ErrRange, at+".first", "below_zero", c.First)
	}
	optional(problems, at+".level", c.Level)
	for i, g := range c.Grades {
		problems.ID(at+check.At(".grades", i), "missing_grade", g)
	}
}

func checkDirection(problems *check.List, at string, d kpi.Direction) {
	switch {
	case d == kpi.InBand:
		problems.Add(check.ErrInvalid, at, "direction_without_order", d)
	case d > kpi.InBand:
		problems.Add(check.ErrUnknown, at, "unknown_word", uint8(d))
	}
}

type plainReward Reward

type rewardDocument struct {
	Schema string `json:"schema"`
	plainReward
}

// MarshalJSON gives the document, with "schema":"saleskpi/reward/1" first.
func (r Reward) MarshalJSON() ([]byte, error) {
	if r.Conditions == nil {
		r.Conditions = []Condition{}
	}
	return json.Marshal(rewardDocument{RewardSchema, plainReward(r)})
}

// UnmarshalJSON reads what MarshalJSON writes, as strictly as that of
// [Plan].
func (r *Reward) UnmarshalJSON(data []byte) error {
	const op = "incentive.Reward"
	var doc rewardDocument
	if ok, err := check.DecodeStored(op, RewardSchema, data, &doc); !ok {
		return err
	}
	if err := Reward(doc.plainReward).Validate(); err != nil {
		return err
	}
	*r = Reward(doc.plainReward)
	return nil
}
