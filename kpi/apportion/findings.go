package apportion

import "github.com/saleskpi/saleskpi/kpi/check"

// findRestOfStep is the code of what a last part got beside its steps.
const findRestOfStep = "rest_of_step"

// Findings gives the sentences of this package's findings in English and
// Chinese.
func Findings() check.Templates {
	return check.Templates{
		{Code: findRestOfStep,
			English: "The total is no multiple of {step}: {subject}, the last open part, also gets the {rest} that is left.",
			Chinese: "总额不是 {step} 的整数倍，余下的 {rest} 计入最后一个未锁定的部分 {subject}。"},
	}
}
