package apportion

// move is a line that can move a unit, and the remainder that it loses.
type move struct {
	loss int128
	line int32
}

// queue is a binary heap of moves, the least loss first.
type queue []move

func (q *queue) append(m move) { *q = append(*q, m) }

func (q queue) order() {
	for i := len(q)/2 - 1; i >= 0; i-- {
		q.down(i)
	}
}

func (q *queue) push(m move) {
	*q = append(*q, m)
	h := *q
	for i := len(h) - 1; i > 0; {
		above := (i - 1) / 2
		if !m.loss.less(h[above].loss) {
			return
		}
		h[i], h[above] = h[above], m
		i = above
	}
}

func (q *queue) pop() {
	h := *q
	last := len(h) - 1
	h[0] = h[last]
	*q = h[:last]
	q.down(0)
}

func (q queue) down(i int) {
	for {
		least := 2*i + 1
		if least >= len(q) {
			return
		}
		if right := least + 1; right < len(q) && q[right].loss.less(q[least].loss) {
			least = right
		}
		if !q[least].loss.less(q[i].loss) {
			return
		}
		q[i], q[least] = q[least], q[i]
		i = least
	}
}
