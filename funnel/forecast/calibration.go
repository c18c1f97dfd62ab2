package forecast

import (
	"cmp"
	"maps"
	"slices"
	"strconv"

	"github.com/saleskpi/saleskpi/funnel"
	"github.com/saleskpi/saleskpi/kpi"
)

// Calibration sets the chances that a method gave to the open deals due in
// earlier periods against what came of them: of deals given 30 %, three in
// ten should be won by the end of their period.
type Calibration struct {
	Method      Method `json:"method"`
	Predictions int64  `json:"predictions"` // chances that were given, one a deal and trial
	Unknown     int64  `json:"unknown"`     // due deals that were given none

	Expected kpi.Value `json:"expected"` // Σ chance
	Won      int64     `json:"won"`
	Bias     kpi.Ratio `json:"bias"` // Σ (chance − won) of predictions: above zero is too much

	// Brier is the mean of (chance − won)², won being 1 or 0: 0 is perfect.
	// Plain is what the same share for every deal, that of all predictions,
	// would have had, and Skill 1 − Brier ÷ Plain: above zero the method tells
	// deals apart. Source: Brier, Monthly Weather Review 78 (1950).
	Brier kpi.Value `json:"brier"`
	Plain kpi.Value `json:"plain"`
	Skill kpi.Value `json:"skill"`

	Bins       []CalibrationBin  `json:"bins"`       // of a tenth each, those with predictions
	Categories []CalibrationLine `json:"categories"` // by forecast category on the day
	Owners     []CalibrationLine `json:"owners"`     // by owner on the day
	Horizons   []CalibrationLine `json:"horizons"`   // by days left in the period
}

// CalibrationBin is the predictions of a range of chances, From included and
// To not; the last holds certainty too.
type CalibrationBin struct {
	From kpi.Value `json:"from"`
	To   kpi.Value `json:"to"`
	CalibrationLine
}

// CalibrationLine is a group of predictions.
type CalibrationLine struct {
	Key         string    `json:"key"`
	Predictions int64     `json:"predictions"`
	Expected    kpi.Value `json:"expected"` // Σ chance
	Won         kpi.Ratio `json:"won"`      // won of predictions
	Bias        kpi.Ratio `json:"bias"`     // Σ (chance − won) of predictions
}

// prediction is one chance that was given to a due deal, and what came.
type prediction struct {
	deal     funnel.Deal
	daysLeft int
	chance   kpi.Value
	won      bool
}

// Calibration sets the chances that a method gave on the same day of earlier
// periods against what came; [Backtest.Calibration] does for several days.
func (f *Forecast) Calibration(m Method) Calibration { return calibrate(m, f.trials(m)) }

func calibrate(m Method, trials []trial) Calibration {
	c := Calibration{Method: m, Bins: []CalibrationBin{}, Categories: []CalibrationLine{}, Owners: []CalibrationLine{}, Horizons: []CalibrationLine{}}
	var all []prediction
	for _, t := range trials {
		if t.Method != m {
			continue
		}
		for _, d := range t.projection.given {
			_, won := t.look.wins[keyOf(d.deal)]
			switch {
			case !d.due:
			case !d.wins.Defined():
				c.Unknown++
			default:
				all = append(all, prediction{d.deal, t.DaysLeft, d.wins, won})
			}
		}
	}
	c.score(all)
	c.Categories = lines(all, func(p prediction) string { return p.deal.Category.String() })
	c.Owners = lines(all, func(p prediction) string { return p.deal.Owner })
	c.Horizons = horizons(all)
	c.Bins = bins(all)
	return c
}

func (c *Calibration) score(all []prediction) {
	one := line("", all)
	c.Predictions, c.Expected, c.Bias = one.Predictions, one.Expected, one.Bias
	won, _ := one.Won.Num().Int64()
	c.Won = won
	if c.Predictions == 0 {
		c.Brier, c.Plain, c.Skill = kpi.Undefined(kpi.TooFew), kpi.Undefined(kpi.TooFew), kpi.Undefined(kpi.TooFew)
		return
	}
	squares := kpi.Int(0)
	for _, p := range all {
		off := p.chance.Sub(kpi.Int(p.hit()))
		squares = squares.Add(off.Mul(off))
	}
	share := one.Won.Value()
	c.Brier = squares.Div(kpi.Int(c.Predictions))
	c.Plain = share.Mul(kpi.Int(1).Sub(share))
	c.Skill = kpi.Int(1).Sub(c.Brier.Div(c.Plain))
}

func (p prediction) hit() int64 {
	if p.won {
		return 1
	}
	return 0
}

func line(key string, all []prediction) CalibrationLine {
	l := CalibrationLine{Key: key, Predictions: int64(len(all)), Expected: kpi.Int(0)}
	won := int64(0)
	for _, p := range all {
		l.Expected = l.Expected.Add(p.chance)
		won += p.hit()
	}
	l.Won = kpi.RatioOf(won, l.Predictions)
	l.Bias = kpi.NewRatio(l.Expected.Sub(kpi.Int(won)), kpi.Int(l.Predictions))
	return l
}

// lines groups predictions by a key, in the order of its bytes.
func lines(all []prediction, key func(prediction) string) []CalibrationLine {
	groups := map[string][]prediction{}
	for _, p := range all {
		groups[key(p)] = append(groups[key(p)], p)
	}
	list := []CalibrationLine{}
	for _, k := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, line(k, groups[k]))
	}
	return list
}

// horizons groups predictions by the days left: up to 30, 60, 90 and more.
func horizons(all []prediction) []CalibrationLine {
	groups := map[int][]prediction{}
	for _, p := range all {
		i := min((max(p.daysLeft, 1)-1)/30, 3)
		groups[i] = append(groups[i], p)
	}
	list := []CalibrationLine{}
	for _, i := range slices.Sorted(maps.Keys(groups)) {
		key := strconv.Itoa(30*i+1) + "-" + strconv.Itoa(30*i+30)
		if i == 3 {
			key = "91+"
		}
		list = append(list, line(key, groups[i]))
	}
	return list
}

// bins groups predictions by tenths of the chance.
func bins(all []prediction) []CalibrationBin {
	groups := map[int64][]prediction{}
	for _, p := range all {
		tenth, _ := p.chance.Minor(1, kpi.Floor)
		groups[min(tenth, 9)] = append(groups[min(tenth, 9)], p)
	}
	list := []CalibrationBin{}
	for _, tenth := range slices.SortedFunc(maps.Keys(groups), cmp.Compare[int64]) {
		from, to := kpi.Minor(tenth, 1), kpi.Minor(tenth+1, 1)
		list = append(list, CalibrationBin{from, to, line(from.Text(1, kpi.HalfEven)+"-"+to.Text(1, kpi.HalfEven), groups[tenth])})
	}
	return list
}
