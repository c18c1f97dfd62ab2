package plan

import (
	"slices"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// changedTemplates has the sentences of what [Changed] tells.
func changedTemplates() check.Templates {
	all := slices.Concat(goalChanges(), beliefChanges(), actionChanges())
	for _, n := range nouns() {
		all = append(all,
			check.Template{Code: n.code + "_new", English: "New: the " + n.english + " {subject}.", Chinese: "新增" + n.chinese + "{subject}。"},
			check.Template{Code: n.code + "_gone", English: "Gone: the " + n.english + " {subject}.", Chinese: "取消" + n.chinese + "{subject}。"},
			check.Template{Code: n.code + "_changed", English: "The " + n.english + " {subject} changed: {fields}.", Chinese: n.chinese + "{subject}有调整：{fields_zh}。"})
	}
	return all
}

// noun is something of which it is told that it is new, gone or changed.
type noun struct{ code, english, chinese string }

func nouns() []noun {
	return []noun{
		{"objective", "objective", "战略目的"}, {"cadence", "review cadence", "复盘节奏"}, {"place", "owner", "负责人"}, {"metric", "metric", "指标"},
		{"need", "customer need", "客户需求"}, {"person", "person", "人员"}, {"routine", "routine", "例行工作"}, {"activity", "activity", "销售活动"},
	}
}

func goalChanges() check.Templates {
	return check.Templates{
		{Code: "revised", English: "Version {version} holds from {effective} on. {subject} decided so on {day}: {reason}.", Chinese: "第{version}版自{effective}起生效，{subject}于{day}决定：{reason}。"},
		{Code: "revised_backwards", English: "When the revision of {subject} was decided on {day}, periods that it changes were over already: {n}, from {effective} on. Whoever was measured by them is measured by something else now.", Chinese: "{subject}的修订于{day}决定，但自{effective}起已有{n}个受影响的期间结束：原有考核结果随之改变。"},
		{Code: "goal_new", English: "New goal {subject}: {target} for {owner} in {period}.", Chinese: "新增目标{subject}：{owner}在{period}完成{target}。"},
		{Code: "goal_gone", English: "The goal {subject} is dropped: {target} for {owner} in {period}.", Chinese: "取消目标{subject}：{owner}在{period}的{target}。"},
		{Code: "target_up", English: "The target of {subject} goes up from {from} to {to}, by {change}.", Chinese: "{subject}的目标由{from}上调至{to}，增加{change}。"},
		{Code: "target_down", English: "The target of {subject} goes down from {from} to {to}, by {change}.", Chinese: "{subject}的目标由{from}下调至{to}，减少{change}。"},
		{Code: "base_up", English: "The base of {subject} goes up from {from} to {to}.", Chinese: "{subject}的保底目标由{from}上调至{to}。"},
		{Code: "base_down", English: "The base of {subject} goes down from {from} to {to}.", Chinese: "{subject}的保底目标由{from}下调至{to}。"},
		{Code: "base_set", English: "The base of {subject} was {from} and is now {to}.", Chinese: "{subject}的保底目标由{from}改为{to}。"},
		{Code: "stretch_up", English: "The stretch of {subject} goes up from {from} to {to}.", Chinese: "{subject}的冲刺目标由{from}上调至{to}。"},
		{Code: "stretch_down", English: "The stretch of {subject} goes down from {from} to {to}.", Chinese: "{subject}的冲刺目标由{from}下调至{to}。"},
		{Code: "stretch_set", English: "The stretch of {subject} was {from} and is now {to}.", Chinese: "{subject}的冲刺目标由{from}改为{to}。"},
		{Code: "goal_moved", English: "The goal {subject} is now for {to} and no longer for {from}.", Chinese: "目标{subject}的期间由{from}改为{to}。"},
		{Code: "goal_handed_over", English: "{to} answers for the goal {subject} and no longer {from}.", Chinese: "目标{subject}的负责人由{from}改为{to}。"},
		{Code: "goal_changed", English: "The goal {subject} changed: {fields}.", Chinese: "目标{subject}有调整：{fields_zh}。"},
		{Code: "carries_up", English: "{subject} carries {change} more of {goal}: {from} → {to}.", Chinese: "{subject}在{goal}中多承担{change}：{from} → {to}。"},
		{Code: "carries_down", English: "{subject} carries {change} less of {goal}: {from} → {to}.", Chinese: "{subject}在{goal}中少承担{change}：{from} → {to}。"},
		{Code: "carries_set", English: "What {subject} carries of {goal} was {from} and is now {to}.", Chinese: "{subject}在{goal}中承担的目标由{from}改为{to}。"},
		{Code: "cells_changed", English: "{subject}: new targets from {first} to {last}, {n} of {of}; all others stay.", Chinese: "{subject}调整{first}至{last}的目标（{of}个中的{n}个），其余不变。"},
		{Code: "split_new", English: "{subject} is broken down over {n} owners.", Chinese: "{subject}已分解到{n}个负责人。"},
		{Code: "split_gone", English: "{subject} is no longer broken down.", Chinese: "{subject}不再分解。"},
		{Code: "split_anew", English: "{subject} is broken down anew, over {n} owners and {periods} periods.", Chinese: "{subject}重新分解到{n}个负责人、{periods}个期间。"},
		{Code: "split_changed", English: "The way in which {subject} is broken down changed; the targets are the same.", Chinese: "{subject}的分解方式有调整，目标值不变。"},
		{Code: "stated_new", English: "{subject} is stated in {n} targets.", Chinese: "{subject}已设定{n}个目标。"},
		{Code: "stated_gone", English: "{subject} is no longer stated by owner and period.", Chinese: "{subject}不再按负责人和期间设定目标。"},
		{Code: "stated_anew", English: "{subject} is stated anew, in {n} targets.", Chinese: "{subject}重新设定{n}个目标。"},
		{Code: "stated_cells", English: "{subject}, {goal}: new targets from {first} to {last}, {n} in all; the last one is {to} and was {from}.", Chinese: "{subject}在{goal}上调整{n}个目标，期间为{first}至{last}；末期由{from}改为{to}。"},
		{Code: "stated_changed", English: "The way in which {subject} is stated changed; the targets are the same.", Chinese: "{subject}的设定方式有调整，目标值不变。"},
		{Code: "committed", English: "{subject} commits to {amount} of {goal}, as of {day}.", Chinese: "{subject}于{day}对{goal}承诺{amount}。"},
		{Code: "commitment_gone", English: "{subject} takes back the {amount} of {goal} committed on {day}.", Chinese: "{subject}撤回{day}对{goal}承诺的{amount}。"},
		{Code: "commitment_changed", English: "What {subject} committed to of {goal} on {day} changed from {from} to {to}.", Chinese: "{subject}于{day}对{goal}的承诺由{from}改为{to}。"},
		{Code: "acceptance_changed", English: "Which commitments to {subject} are accepted changed.", Chinese: "{subject}的承诺接受范围有调整。"},
		{Code: "assessed", English: "{subject} has been assessed.", Chinese: "目标{subject}已完成SMART评估。"},
		{Code: "assessment_gone", English: "{subject} has no assessment any more.", Chinese: "目标{subject}不再有SMART评估。"},
		{Code: "assessed_better", English: "{subject} is assessed better than before.", Chinese: "目标{subject}的SMART评估好于此前。"},
		{Code: "assessed_worse", English: "{subject} is assessed worse than before.", Chinese: "目标{subject}的SMART评估差于此前。"},
		{Code: "assessed_anew", English: "{subject} is assessed anew, with the same outcome.", Chinese: "目标{subject}重新评估，结论不变。"},
		{Code: "plan_changed", English: "The plan {subject} changed: {fields}.", Chinese: "计划{subject}有调整：{fields_zh}。"},
	}
}

func beliefChanges() check.Templates {
	return check.Templates{
		{Code: "assumption_new", English: "New assumption {subject} of {owner}, to be looked at by {review}: {text}.", Chinese: "{owner}新增假设{subject}，应于{review}前复核：{text}。"},
		{Code: "assumption_gone", English: "The assumption {subject} of {owner} is given up: {text}.", Chinese: "{owner}的假设{subject}已取消：{text}。"},
		{Code: "assumption_proved", English: "The assumption {subject} of {owner} was looked at and holds: {text}.", Chinese: "{owner}的假设{subject}经复核成立：{text}。"},
		{Code: "assumption_refuted", English: "The assumption {subject} of {owner} was looked at and does not hold: {text}.", Chinese: "{owner}的假设{subject}经复核不成立：{text}。"},
		{Code: "assumption_reopened", English: "The assumption {subject} of {owner} is open again: {text}.", Chinese: "{owner}的假设{subject}重新待复核：{text}。"},
		{Code: "assumption_changed", English: "The assumption {subject} changed: {fields}.", Chinese: "假设{subject}有调整：{fields_zh}。"},
		{Code: "segment_new", English: "New segment {subject}, with a market of {size}.", Chinese: "新增细分市场{subject}，规模{size}。"},
		{Code: "segment_gone", English: "The segment {subject} is left out, with its market of {size}.", Chinese: "取消细分市场{subject}，其规模{size}。"},
		{Code: "segment_up", English: "The market of the segment {subject} is put higher, at {to} in place of {from}.", Chinese: "细分市场{subject}的规模由{from}上调至{to}。"},
		{Code: "segment_down", English: "The market of the segment {subject} is put lower, at {to} in place of {from}.", Chinese: "细分市场{subject}的规模由{from}下调至{to}。"},
		{Code: "segment_changed", English: "The segment {subject} changed: {fields}.", Chinese: "细分市场{subject}有调整：{fields_zh}。"},
		{Code: "team_new", English: "The people of {subject} can do {capacity} in {period}.", Chinese: "{subject}在{period}的产能为{capacity}。"},
		{Code: "team_gone", English: "The capacity of {subject} in {period}, {capacity}, is no longer stated.", Chinese: "不再列出{subject}在{period}的产能{capacity}。"},
		{Code: "team_changed", English: "The capacity of {subject} is made up differently: {fields}.", Chinese: "{subject}的产能构成有调整：{fields_zh}。"},
		{Code: "capacity_up", English: "{subject} can do {change} more in {period}: {from} → {to}.", Chinese: "{subject}在{period}的产能增加{change}：{from} → {to}。"},
		{Code: "capacity_down", English: "{subject} can do {change} less in {period}: {from} → {to}.", Chinese: "{subject}在{period}的产能减少{change}：{from} → {to}。"},
		{Code: "history_changed", English: "The history behind the plan changed: {added} figures are new, {removed} gone, {changed} other than before.", Chinese: "计划所依据的历史数据有变：新增{added}项，删除{removed}项，修改{changed}项。"},
		{Code: "preparation_changed", English: "How the plan was prepared changed: {fields}.", Chinese: "计划准备的设定有调整：{fields_zh}。"},
	}
}

func actionChanges() check.Templates {
	return check.Templates{
		{Code: "strategy_new", English: "New strategy from {start} on: {name}, with a frame of {budget}.", Chinese: "新增策略：{name_zh}，自{start}起，预算框架{budget}。"},
		{Code: "strategy_gone", English: "The strategy {name} is given up.", Chinese: "取消策略：{name_zh}。"},
		{Code: "strategy_moved", English: "{name} starts on {to} and not on {from}.", Chinese: "{name_zh}的开始日由{from}改为{to}。"},
		{Code: "strategy_changed", English: "{name} changed: {fields}.", Chinese: "{name_zh}有调整：{fields_zh}。"},
		{Code: "effect_up", English: "{name} is expected to move the {lever} by {to} and not by {from}.", Chinese: "{name_zh}对{lever_zh}的预期效果由{from}上调至{to}。"},
		{Code: "effect_down", English: "{name} is expected to move the {lever} by {to} and not by {from}.", Chinese: "{name_zh}对{lever_zh}的预期效果由{from}下调至{to}。"},
		{Code: "effect_argued", English: "There is another reason for what {name} is expected to do to the {lever}.", Chinese: "{name_zh}对{lever_zh}预期效果的依据有变。"},
		{Code: "frame_up", English: "The frame of {name} goes up from {from} to {to}.", Chinese: "{name_zh}的预算框架由{from}上调至{to}。"},
		{Code: "frame_down", English: "The frame of {name} goes down from {from} to {to}.", Chinese: "{name_zh}的预算框架由{from}下调至{to}。"},
		{Code: "frame_set", English: "The frame of {name} was {from} and is now {to}.", Chinese: "{name_zh}的预算框架由{from}改为{to}。"},
		{Code: "budget_up", English: "All actions together cost {change} more: {from} → {to}.", Chinese: "行动预算合计增加{change}：{from} → {to}。"},
		{Code: "budget_down", English: "All actions together cost {change} less: {from} → {to}.", Chinese: "行动预算合计减少{change}：{from} → {to}。"},
		{Code: "action_new", English: "New action: {name}, {start} to {due}; {owner} answers for it, budget {budget}.", Chinese: "新增行动：{name_zh}，{start}至{due}，由{owner}负责，预算{budget}。"},
		{Code: "action_gone", English: "Dropped: {name}, which was to be done by {due}.", Chinese: "取消行动：{name_zh}（原定{due}前完成）。"},
		{Code: "action_later", English: "{name} is due on {to}, {days} days later than {from}.", Chinese: "{name_zh}的完成日由{from}推迟{days}天至{to}。"},
		{Code: "action_sooner", English: "{name} is due on {to}, {days} days earlier than {from}.", Chinese: "{name_zh}的完成日由{from}提前{days}天至{to}。"},
		{Code: "action_begins", English: "{name} begins on {to} and not on {from}.", Chinese: "{name_zh}的开始日由{from}改为{to}。"},
		{Code: "action_handed_over", English: "{to} answers for {name} and no longer {from}.", Chinese: "{name_zh}的负责人由{from}改为{to}。"},
		{Code: "effort_up", English: "{name} takes {to} working days and not {from}.", Chinese: "{name_zh}所需工作日由{from}增加到{to}。"},
		{Code: "effort_down", English: "{name} takes {to} working days and not {from}.", Chinese: "{name_zh}所需工作日由{from}减少到{to}。"},
		{Code: "action_budget_up", English: "The budget of {name} goes up from {from} to {to}.", Chinese: "{name_zh}的预算由{from}上调至{to}。"},
		{Code: "action_budget_down", English: "The budget of {name} goes down from {from} to {to}.", Chinese: "{name_zh}的预算由{from}下调至{to}。"},
		{Code: "action_budget_set", English: "The budget of {name} was {from} and is now {to}.", Chinese: "{name_zh}的预算由{from}改为{to}。"},
		{Code: "action_changed", English: "{name} changed: {fields}.", Chinese: "{name_zh}有调整：{fields_zh}。"},
		{Code: "milestone_new", English: "New milestone: {name}, due on {due}.", Chinese: "新增里程碑：{name_zh}，应于{due}达成。"},
		{Code: "milestone_gone", English: "The milestone {name} of {due} is dropped.", Chinese: "取消里程碑：{name_zh}（原定{due}）。"},
		{Code: "milestone_moved", English: "The milestone {name} moves from {from} to {to}.", Chinese: "里程碑{name_zh}由{from}改为{to}。"},
		{Code: "milestone_changed", English: "The milestone {name} changed: {fields}.", Chinese: "里程碑{name_zh}有调整：{fields_zh}。"},
		{Code: "actions_new", English: "The plan now says how it is to be done: {subject}.", Chinese: "计划新增行动方案{subject}。"},
		{Code: "actions_gone", English: "The plan no longer says how it is to be done: {subject} is left out.", Chinese: "计划取消行动方案{subject}。"},
		{Code: "actions_changed", English: "The action plan {subject} changed: {fields}.", Chinese: "行动方案{subject}有调整：{fields_zh}。"},
	}
}
