package kpi

import "github.com/saleskpi/saleskpi/internal/enum"

// Reason says why a number is undefined. The reasons stand in the order in
// which one wins over another when both operands of a calculation are
// undefined. The zero Reason belongs to a defined number.
type Reason uint8

// The reasons, strongest first.
const (
	Unpriced        Reason = iota + 1 // an amount has no exchange rate
	NoTarget                          // there is nothing to compare with
	ZeroDenominator                   // a division by zero
	BaseNotPositive                   // growth on a base of zero or less
	UndefinedMix                      // a mixed case of two sides is undefined
	NotYetDue                         // the period or deadline has not come
	NoTimeLeft                        // the period is over
	Immature                          // too young to be judged
	TooFew                            // too few observations
	NotApplicable                     // the question does not fit the number
	NoAmount                          // the records carry no amounts
	NoData                            // there are no records, or none are known
)

func reasonWords() []string {
	return []string{"", "unpriced", "no_target", "zero_denominator", "base_not_positive", "undefined_mix",
		"not_yet_due", "no_time_left", "immature", "too_few", "not_applicable", "no_amount", "no_data"}
}

// String gives the word of the reason, such as zero_denominator, and "" for
// the zero Reason.
func (r Reason) String() string { return enum.String(reasonWords(), r) }

// MarshalText gives the word; a Reason outside the constants is an error.
func (r Reason) MarshalText() ([]byte, error) { return enum.Marshal("kpi.Reason", reasonWords(), r) }

// UnmarshalText reads the word.
func (r *Reason) UnmarshalText(text []byte) error {
	return enum.Unmarshal("kpi.Reason", reasonWords(), text, r)
}

// Title gives words for people, in English ("en") or Chinese ("zh"): "too
// few" and "样本太少". Another language gives the English ones, the zero
// Reason "".
func (r Reason) Title(lang string) string {
	if lang == "zh" {
		return enum.String(reasonTitlesZH(), r)
	}
	return enum.String(reasonTitles(), r)
}

func reasonTitles() []string {
	return []string{"", "no exchange rate", "no target", "division by zero", "base is zero or negative", "no mixed case",
		"not yet due", "no time left", "too young to judge", "too few", "not applicable", "no amounts", "no data"}
}

func reasonTitlesZH() []string {
	return []string{"", "缺少汇率", "未设目标", "分母为零", "基数为零或负数", "混合情形无定义",
		"尚未到期", "已无剩余时间", "周期未满，尚不能评判", "样本太少", "不适用", "没有金额", "没有数据"}
}

// Stronger gives the reason that wins over the other: the one that stands
// first in the list of constants. The zero Reason stands for none and wins
// over nothing.
func Stronger(a, b Reason) Reason {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
