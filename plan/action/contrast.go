package action

import (
	"math"

	"github.com/saleskpi/saleskpi/internal/stat"
	"github.com/saleskpi/saleskpi/kpi"
)

// residuals gives what is left of each unit's after when slope × before is
// taken off.
func (s sample) residuals(slope kpi.Value) []kpi.Value {
	all := make([]kpi.Value, len(s.before))
	for i := range all {
		all[i] = s.after[i].Sub(slope.Mul(s.before[i]))
	}
	return all
}

func exactMean(values []kpi.Value) kpi.Value {
	sum := kpi.Int(0)
	for _, v := range values {
		sum = sum.Add(v)
	}
	return sum.Div(kpi.Int(int64(len(values))))
}

// squares gives Σ (x − mean)² exactly.
func squares(values []kpi.Value) kpi.Value {
	mean, sum := exactMean(values), kpi.Int(0)
	for _, v := range values {
		d := v.Sub(mean)
		sum = sum.Add(d.Mul(d))
	}
	return sum
}

// slope gives the least-squares slope of after on before:
//
//	Σ (x − x̄)(y − ȳ) ÷ Σ (x − x̄)²
func (s sample) slope() (slope, spread kpi.Value) {
	x, y, both := exactMean(s.before), exactMean(s.after), kpi.Int(0)
	for i := range s.before {
		both = both.Add(s.before[i].Sub(x).Mul(s.after[i].Sub(y)))
	}
	spread = squares(s.before)
	return both.Div(spread), spread
}

// part is one part of the variance of a difference, with its degrees of
// freedom.
type part struct{ variance, freedom float64 }

// varianceOfMean gives squares ÷ freedom × share, the variance of a mean.
func varianceOfMean(squares kpi.Value, freedom int, share kpi.Value) (part, bool) {
	v, ok := squares.Div(kpi.Int(int64(freedom))).Mul(share).Float64()
	return part{v, float64(freedom)}, ok && freedom > 0
}

// judged is an estimate with its interval and p-value.
type judged struct{ low, high, p kpi.Estimate }

func unjudged(why kpi.Reason) judged {
	return judged{kpi.NoEstimate(why), kpi.NoEstimate(why), kpi.NoEstimate(why)}
}

// student draws the interval of Student's t about an estimate, with the
// degrees of freedom of Welch and Satterthwaite:
//
//	(Σ vᵢ)² ÷ Σ vᵢ²/fᵢ
//
// No spread tells nothing of chance.
func student(net kpi.Value, level kpi.Value, parts ...part) judged {
	at, ok := net.Float64()
	conf, _ := level.Float64()
	variance, below := 0.0, 0.0
	for _, p := range parts {
		variance += p.variance
		below += float64(p.variance*p.variance) / p.freedom
	}
	if !ok || !(variance > 0) || !(below > 0) {
		return unjudged(kpi.TooFew)
	}
	freedom := float64(variance*variance) / below
	err := math.Sqrt(variance)
	half := -float64(stat.StudentQuantile((1-conf)/2, freedom) * err)
	p := 2 * stat.StudentCDF(-math.Abs(at/err), freedom)
	return judged{kpi.NewEstimate(at - half), kpi.NewEstimate(at + half), kpi.NewEstimate(p)}
}

// welch compares the mean residuals of two samples under one given slope.
func welch(a, b sample, slope kpi.Value, c kpi.Confidence) judged {
	if a.group.Counted < 2 || b.group.Counted < 2 || int64(a.group.Counted+b.group.Counted) < c.Fewest {
		return unjudged(kpi.TooFew)
	}
	ra, rb := a.residuals(slope), b.residuals(slope)
	va, oka := varianceOfMean(squares(ra), len(ra)-1, kpi.Frac(1, int64(len(ra))))
	vb, okb := varianceOfMean(squares(rb), len(rb)-1, kpi.Frac(1, int64(len(rb))))
	if !oka || !okb {
		return unjudged(kpi.NotApplicable)
	}
	return student(exactMean(ra).Sub(exactMean(rb)), c.Level, va, vb)
}

// againstLine compares a sample with the line that the others follow. The
// line is learned, so its own error is part of the variance:
//
//	s²ₐ/nₐ + s²ᵦ·(1/nᵦ + (x̄ₐ − x̄ᵦ)²/Σ(x − x̄ᵦ)²)    nₐ − 1 and nᵦ − 2 degrees of freedom
func againstLine(a, b sample, slope, spread kpi.Value, c kpi.Confidence) judged {
	if a.group.Counted < 2 {
		return unjudged(kpi.TooFew)
	}
	ra, rb := a.residuals(slope), b.residuals(slope)
	far := exactMean(a.before).Sub(exactMean(b.before))
	share := kpi.Frac(1, int64(len(rb))).Add(far.Mul(far).Div(spread))
	va, oka := varianceOfMean(squares(ra), len(ra)-1, kpi.Frac(1, int64(len(ra))))
	vb, okb := varianceOfMean(squares(rb), len(rb)-2, share)
	if !oka || !okb {
		return unjudged(kpi.NotApplicable)
	}
	return student(exactMean(ra).Sub(exactMean(rb)), c.Level, va, vb)
}

// trend carries the line through the periods before on to the middle of
// those after, and compares.
//
//	variance  s²·(1/m + 1/n + (t̄ₐ − t̄ᵦ)²/Σ(t − t̄ᵦ)²)    n − 2 degrees of freedom
//
// for n periods before and m after, s² of the n about their line.
func (s sample) trend(after int, c kpi.Confidence) Expectation {
	n := len(s.path)
	if n < fewestPeriods {
		return expectNothing(n, kpi.TooFew)
	}
	times := make([]kpi.Value, n)
	for i := range times {
		times[i] = kpi.Int(int64(i + 1))
	}
	line := sample{group: Group{Counted: n}, before: times, after: s.path}
	slope, spread := line.slope()
	ahead := kpi.Frac(int64(n+after), 2) // from the middle of the periods before to that of those after
	e := Expectation{N: n, Expected: exactMean(s.path).Add(slope.Mul(ahead)).Sub(s.group.Before)}
	e.Net = s.group.Changed.Sub(e.Expected)
	share := kpi.Frac(1, int64(after)).Add(kpi.Frac(1, int64(n))).Add(ahead.Mul(ahead).Div(spread))
	v, ok := varianceOfMean(squares(line.residuals(slope)), n-2, share)
	if !ok {
		return e.with(unjudged(kpi.NotApplicable))
	}
	return e.with(student(e.Net, c.Level, v))
}

// fewestPeriods is how many periods make a trend with an error of its own.
const fewestPeriods = 3
