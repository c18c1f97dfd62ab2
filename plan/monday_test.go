package plan_test

import "testing"

// TestMonday runs what the package comment names for each question of a
// manager. The stories are in monday_forecast_test.go and so on, with figures
// worked by hand.
func TestMonday(t *testing.T) {
	run(t, "What a manager asks on Monday", map[string]func(*testing.T){
		"where will we land":                         whereWeLand,
		"why is it not what we said last week":       whyAnotherLanding,
		"which five deals decide the quarter":        dealsThatDecide,
		"is next quarter covered":                    nextQuarterCovered,
		"do we create pipeline fast enough":          pipelineCreated,
		"who has not cleaned up":                     whoHasNotCleanedUp,
		"did last month's number change":             lastMonthChanged,
		"growth by region after the re-organisation": growthByRegion,
		"did our market shrink or did we lose share": marketOrShare,
		"is this quota fair":                         quotaFair,
		"who is punished for last year":              punishedForLastYear,
		"is the difference between two sellers real": differenceReal,
		"did the training work":                      didTheTrainingWork,
		"who is owed what":                           whoIsOwedWhat,
		"who is near a reward":                       nearAReward,
		"overdue receivables by seller":              overdueBySeller,
		"why is my score missing":                    scoreMissing,
		"linearity and pull-ins":                     linearity,
		"forecast bias per manager":                  biasPerManager,
		"share of sellers at quota":                  sellersAtQuota,
		"productivity by tenure":                     productivityByTenure,
		"win and loss reasons":                       winAndLossReasons,
		"which records are behind a figure":          recordsBehind,
	})
}
