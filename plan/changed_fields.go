package plan

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// fieldsOf names the fields in which two records differ, by their JSON names,
// as the arguments of a finding in both languages.
func fieldsOf(from, to any) []any {
	a, b := fieldsIn(from), fieldsIn(to)
	names := slices.Sorted(maps.Keys(a))
	names = append(names, slices.Sorted(maps.Keys(b))...)
	slices.Sort(names)
	var en, zh []string
	for _, name := range slices.Compact(names) {
		if !bytes.Equal(a[name], b[name]) {
			en, zh = append(en, fieldEN(name)), append(zh, fieldZH(name))
		}
	}
	return []any{"fields", strings.Join(en, ", "), "fields_zh", strings.Join(zh, "、")}
}

func fieldsIn(record any) map[string]json.RawMessage {
	fields := map[string]json.RawMessage{}
	text, err := json.Marshal(record)
	if err != nil || json.Unmarshal(text, &fields) != nil {
		return nil
	}
	return fields
}

// fieldEN gives the words for a field, which its name mostly is.
func fieldEN(name string) string {
	switch name {
	case "important_n":
		return "ratings of importance"
	case "satisfied_n":
		return "ratings of satisfaction"
	case "name_zh":
		return "Chinese name"
	case "text_zh":
		return "Chinese text"
	}
	return strings.ReplaceAll(name, "_", " ")
}

// fieldZH gives the Chinese word for a field.
func fieldZH(name string) string {
	words := map[string]string{
		"activities": "活动", "actions": "行动", "additivity": "可加性", "after": "前置行动", "away": "离岗时间", "baseline": "基期值", "calendar": "日历",
		"curve": "进度曲线", "cushion": "超额分配", "direct": "自身销售", "direction": "方向", "effort": "工时", "end": "结束日", "every": "周期", "evidence": "依据",
		"formula": "公式", "goal": "目标", "goals": "目标", "grain": "期间粒度", "growth": "增长", "id": "编号", "importance": "重要度", "important_n": "重要度评分人数",
		"kind": "类型", "known": "已知期间", "leads": "主持人", "loss": "流失率", "made": "提出日", "meaning": "含义", "metric": "指标", "mode": "汇总方式", "name": "名称",
		"name_zh": "中文名称", "objective": "战略目的", "on": "工作日序号", "ours": "我方份额", "ours_before": "上年我方份额", "owner": "负责人", "owners": "负责人",
		"parent": "上级", "people": "人员", "period": "期间", "phasing": "期间分配", "population": "统计范围", "productivity": "人均产出", "ramp": "爬坡系数",
		"ranking": "排序方式", "reachable": "可达份额", "review": "复核日", "roles": "分工", "satisfaction": "满意度", "satisfied_n": "满意度评分人数", "scale": "评分上限", "season": "季节权重", "shares": "进度曲线", "within": "目标区间", "floor": "下限", "cap": "上限",
		"segment": "细分市场", "share": "投入比例", "size_before": "上年规模", "source": "来源", "stacking": "叠加规则", "start": "开始日", "state": "状态",
		"strategy": "策略", "text": "内容", "text_zh": "中文内容", "thresholds": "阈值", "unit": "单位", "weight": "权重", "work_days": "工作日", "effects": "效果", "budget": "预算",
	}
	if word, known := words[name]; known {
		return word
	}
	return name
}
