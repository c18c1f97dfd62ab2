package funnel_test

import "github.com/saleskpi/saleskpi/funnel"

// report and reportBy are Analyze with the report, as most tests want it.
func report(h *funnel.Histories, q funnel.Question) (funnel.Report, error) {
	a, err := funnel.Analyze(h, q)
	if err != nil {
		return funnel.Report{}, err
	}
	return a.Report(), nil
}

func reportBy(h *funnel.Histories, q funnel.Question, key func(funnel.Deal) (string, bool)) (funnel.Groups, error) {
	a, err := funnel.Analyze(h, q)
	if err != nil {
		return funnel.Groups{}, err
	}
	return a.ReportBy(key)
}
