package forecast

import "github.com/saleskpi/saleskpi/internal/enum"

// Method names how the open deals of a period are expected to come in. The
// zero Method is StageAge.
type Method uint8

const (
	// StageAge: the share that was won, of the deals that stood in the same
	// stage at the same age on the same day of earlier periods, shrunk toward
	// the pipeline.
	StageAge Method = iota

	// SnapshotYield: what was won of what was open on the same day of earlier
	// periods, by value.
	SnapshotYield

	// DealProbability: each deal's own probability, or that of its stage.
	DealProbability

	// Categories: what people say. Deals in Commit come in, others do not,
	// and a [Call] takes the place of that sum.
	Categories

	methods = iota
)

func methodWords() []string {
	return []string{"stage_age", "snapshot_yield", "deal_probability", "categories"}
}

// String gives stage_age, snapshot_yield, deal_probability or categories.
func (m Method) String() string { return enum.String(methodWords(), m) }

// MarshalText gives the word; a method outside the constants is an error.
func (m Method) MarshalText() ([]byte, error) {
	return enum.Marshal("forecast.Method", methodWords(), m)
}

// UnmarshalText reads the word.
func (m *Method) UnmarshalText(text []byte) error {
	return enum.Unmarshal("forecast.Method", methodWords(), text, m)
}

// Title gives words for people, in English ("en") or Chinese ("zh"): "stage
// and age" and "阶段与持续天数". Another language gives the English ones.
func (m Method) Title(lang string) string {
	if lang == "zh" {
		return enum.String([]string{"阶段与持续天数", "同日快照转化", "商机自身赢率", "预测类别"}, m)
	}
	return enum.String([]string{"stage and age", "snapshot yield", "deal probability", "categories"}, m)
}
