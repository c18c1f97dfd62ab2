package action

import (
	"github.com/saleskpi/saleskpi/internal/enum"
	"github.com/saleskpi/saleskpi/kpi"
)

// Lever is what a strategy moves, and through it the goal. The zero Lever is
// none: a driver without one stays as it is.
type Lever uint8

const (
	NoLever    Lever = iota // stays as it is
	Leads                   // how many come in (线索)
	Conversion              // the share of them that is won (转化率)
	DealSize                // what a won one is worth (客单价)
	Cycle                   // how long it takes; shorter is better (销售周期)
	Retention               // the share of customers that stays (留存率)
	levers     = iota
)

func leverWords() []string {
	return []string{"none", "leads", "conversion", "deal_size", "cycle", "retention"}
}

// String gives none, leads, conversion, deal_size, cycle or retention.
func (l Lever) String() string { return enum.String(leverWords(), l) }

// MarshalText gives the word.
func (l Lever) MarshalText() ([]byte, error) { return enum.Marshal("action.Lever", leverWords(), l) }

// UnmarshalText reads the word.
func (l *Lever) UnmarshalText(text []byte) error {
	return enum.Unmarshal("action.Lever", leverWords(), text, l)
}

// Title gives words for people, in English ("en") or Chinese ("zh").
// Another language gives the English ones.
func (l Lever) Title(lang string) string {
	titles := [levers][2]string{
		{"no lever", "无"}, {"leads", "线索"}, {"conversion", "转化率"}, {"deal size", "客单价"}, {"sales cycle", "销售周期"}, {"retention", "留存率"}}
	if l >= levers {
		return l.String()
	}
	if lang == "zh" {
		return titles[l][1]
	}
	return titles[l][0]
}

// better gives what a lever is multiplied by when it gets better by a share:
// 1 + share, and 1 − share where lower is better.
func (l Lever) better(share kpi.Value) kpi.Value {
	if l == Cycle {
		return kpi.Int(1).Sub(share)
	}
	return kpi.Int(1).Add(share)
}

// isShare reports whether the lever is a part of a whole, which never is
// more than all of it.
func (l Lever) isShare() bool { return l == Conversion || l == Retention }
