package scorecard

// Evidence says what a place is worth.
type Evidence struct {
	Best  int `json:"best"`  // 1 + how many intervals lie wholly above this one
	Worst int `json:"worst"` // n − how many lie wholly below
}

// Movement is how a place changed since the last period.
type Movement struct {
	From int `json:"from"` // the rank then
}

// Chance says how much of the spread chance alone would give.
type Chance struct{}

func (e *Evidence) above(o *Evidence) bool { return e.Worst < o.Best }
