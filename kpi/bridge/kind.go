package bridge

import "github.com/saleskpi/saleskpi/internal/enum"

// Kind says how a [Bridge] splits its gap.
type Kind uint8

// The kinds, each with the definition that makes it.
const (
	ByDrivers        Kind = iota // [Drivers]
	ByPriceVolumeMix             // [PriceVolumeMix]
	ByRateAndMix                 // [RateMix]
	ByMarketAndShare             // [MarketShare]
	ByMembers                    // [Members]
)

func kindWords() []string {
	return []string{"drivers", "price_volume_mix", "rate_mix", "market_share", "members"}
}

// String gives the word of the kind, such as price_volume_mix.
func (k Kind) String() string { return enum.String(kindWords(), k) }

// MarshalText gives the word.
func (k Kind) MarshalText() ([]byte, error) { return enum.Marshal("bridge.Kind", kindWords(), k) }

// UnmarshalText reads the word.
func (k *Kind) UnmarshalText(text []byte) error {
	return enum.Unmarshal("bridge.Kind", kindWords(), text, k)
}

// IDs of the parts that are not drivers or members.
const (
	Price    = "price"    // of products sold on both sides, at constant currency
	Cost     = "cost"     // what unit costs take from the margin of those products
	Mix      = "mix"      // dearer or cheaper products, better or worse segments weigh more
	Quantity = "quantity" // more or less in all, at the old mix
	New      = "new"      // products sold on the current side alone
	Lost     = "lost"     // products sold on the base side alone
	Currency = "currency" // what exchange rates did
	Other    = "other"    // amounts without a quantity, numerators without a denominator
	Rate     = "rate"     // segments themselves became better or worse
	Market   = "market"   // the market grew or shrank, at the old share
	Share    = "share"    // share of the market was won or lost
)

// PartTitle gives words for people for the ID of a part, in English ("en") or
// Chinese ("zh"): "Price" and "价格". The ID of a driver or a member is given
// back as it is, and another language gives the English words.
func PartTitle(id, lang string) string {
	for _, t := range partTitles() {
		switch {
		case t.id == id && lang == "zh":
			return t.zh
		case t.id == id:
			return t.en
		}
	}
	return id
}

type partTitle struct{ id, en, zh string }

func partTitles() []partTitle {
	return []partTitle{
		{Price, "Price", "价格"}, {Cost, "Cost", "成本"}, {Mix, "Mix", "结构"}, {Quantity, "Quantity", "数量"},
		{New, "New", "新增"}, {Lost, "Lost", "流失"}, {Currency, "Currency", "汇率"}, {Other, "Other", "其他"},
		{Rate, "Rate", "比率"}, {Market, "Market", "市场规模"}, {Share, "Share", "市场份额"},
	}
}
