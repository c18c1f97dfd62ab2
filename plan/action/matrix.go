package action

// Responsibility is a line of the responsibility matrix (RACI, 责任矩阵): the
// actions in which one person has a part, each list rising by ID.
type Responsibility struct {
	Person      string   `json:"person"`
	Accountable []string `json:"accountable"`
	Responsible []string `json:"responsible"`
	Consulted   []string `json:"consulted"`
	Informed    []string `json:"informed"`
}

// Matrix gives the responsibility matrix, a line for each person of the plan,
// rising by ID. Roles of people that the plan does not have are not in it;
// Validate reports them.
func (p Plan) Matrix() []Responsibility {
	people, number := p.byID()
	lines := make([]Responsibility, len(people))
	for i, person := range people {
		lines[i] = Responsibility{person.ID, []string{}, []string{}, []string{}, []string{}}
	}
	for _, a := range newGraph(&p).actions {
		for _, r := range a.Roles {
			i, known := number[r.Person]
			if !known || r.Part == NoPart || r.Part > Informed {
				continue
			}
			l := &lines[i]
			list := [...]*[]string{&l.Accountable, &l.Responsible, &l.Consulted, &l.Informed}[r.Part-Accountable]
			*list = append(*list, a.ID)
		}
	}
	return lines
}
