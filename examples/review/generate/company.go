package main

// The company of the sample: it sells metering for water and energy to
// businesses, in three regions, and began to keep its deals in a CRM in
// September 2025. It is made up, and so are its people and customers.

type seller struct {
	name, manager, region string
	share                 int // of the deals, as a weight
	wins                  int // per cent of the deals that close
	target                int // of 2026, in cents
}

func sellers() []seller {
	return []seller{
		{"王伟", "陈静", "Shanghai", 13, 58, 335_500_50},
		{"李娜", "陈静", "Shanghai", 12, 56, 302_750_25},
		{"张敏", "陈静", "Shanghai", 11, 53, 270_400_00},
		{"Jonas Weber", "Eva Lindqvist", "Hamburg", 13, 55, 318_900_75},
		{"Marta Kowalska", "Eva Lindqvist", "Hamburg", 16, 70, 402_250_00}, // the strong one
		{"Émile Laurent", "Eva Lindqvist", "Hamburg", 11, 33, 262_600_40},  // the weak one
		{"林美玲", "Daniel Okafor", "Singapore", 12, 57, 297_300_00},
		{"Priya Nair", "Daniel Okafor", "Singapore", 12, 51, 281_150_90},
	}
}

type product struct {
	name, series string
	price        int // in cents
	weight       int
	slow         int // days that its deals take longer
}

func products() []product {
	return []product{
		{"Flow Sensor", "Sensors", 1_890_00, 28, 0},
		{"Pressure Sensor", "Sensors", 2_340_00, 24, 0},
		{"Service Year", "Services", 4_800_00, 20, 5},
		{"Line Controller", "Controllers", 12_750_00, 18, 15},
		{"Plant Suite", "Software", 28_900_00, 11, 25},
	}
}

// accounts gives the customers of a region.
func accounts(region string) []string {
	switch region {
	case "Shanghai":
		return []string{"华东水务", "江南乳业", "滨海化工", "青云制药", "海晟造纸", "蓝天热力", "明珠酒店集团", "长河纺织"}
	case "Hamburg":
		return []string{"Brauerei Lorenz", "Stadtwerke Elbtal", "Hanse Papier", "Nordlicht Foods",
			"Molkerei Feldmann", "Zakłady Wisła", "Laiterie du Vexin", "Aciers Moreau"}
	default:
		return []string{"Meridian Foods", "Straits Cold Chain", "Kestrel Semiconductors", "Lotus Bay Resorts",
			"Penang Rubber", "Nusantara Palm", "Orchid Pharma", "Batavia Textiles"}
	}
}

// month is one month of the sample: how many deals begin in it, and its share
// of the year's target. February and August are slow, the ends of quarters
// are not.
type month struct {
	year, month int
	deals       int
	target      int // weight; 0 before the year that is planned
}

func months() []month {
	return []month{
		{2025, 9, 50, 0}, {2025, 10, 52, 0}, {2025, 11, 50, 0}, {2025, 12, 38, 0},
		{2026, 1, 46, 75}, {2026, 2, 32, 62}, {2026, 3, 52, 92}, {2026, 4, 50, 80},
		{2026, 5, 50, 83}, {2026, 6, 54, 96}, {2026, 7, 46, 78}, {2026, 8, 38, 66},
		{2026, 9, 52, 98}, {2026, 10, 0, 85}, {2026, 11, 0, 87}, {2026, 12, 0, 98},
	}
}
