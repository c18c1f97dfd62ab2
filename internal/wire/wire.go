// Package wire writes and reads the binary states of this module: a mark that
// names the form and its version, the contents, and a CRC-32 of both. Counts
// and codes are unsigned varints, what may be negative is a signed one, and
// strings follow their length.
package wire

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
)

// Seal closes a state that begins with its mark.
func Seal(data []byte) []byte {
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(data))
}

// Open gives a reader of what stands between mark and checksum; ok is false
// where the data have another mark or are damaged.
func Open(data []byte, mark string) (r *Reader, ok bool) {
	body, ok := bytes.CutPrefix(data, []byte(mark))
	if !ok || len(body) < crc32.Size {
		return nil, false
	}
	end := len(data) - crc32.Size
	if binary.BigEndian.Uint32(data[end:]) != crc32.ChecksumIEEE(data[:end]) {
		return nil, false
	}
	return &Reader{data: body[:len(body)-crc32.Size]}, true
}

// AppendString appends a text behind its length.
func AppendString(data []byte, s string) []byte {
	return append(binary.AppendUvarint(data, uint64(len(s))), s...)
}

// Reader takes a state apart. After the first thing that does not fit it is
// bad, and everything further is zero.
type Reader struct {
	data []byte
	bad  bool
}

// Refuse marks the state as one that makes no sense.
func (r *Reader) Refuse() { r.bad = true }

// Done reports whether everything was read, and all of it made sense.
func (r *Reader) Done() bool { return !r.bad && len(r.data) == 0 }

// Count reads how many things follow, each at least so many bytes long, so
// that no false count asks for memory or time.
func (r *Reader) Count(bytesEach int) int {
	n := r.Uvarint()
	if n > uint64(len(r.data)/bytesEach) {
		r.bad = true
		return 0
	}
	return int(n)
}

// Below reads a number that must be less than n.
func (r *Reader) Below(n int) int {
	i := r.Uvarint()
	if i >= uint64(n) {
		r.bad = true
		return 0
	}
	return int(i)
}

// Uvarint reads an unsigned number.
func (r *Reader) Uvarint() uint64 {
	n, size := binary.Uvarint(r.data)
	if !r.skip(size) {
		return 0
	}
	return n
}

// Varint reads a signed number.
func (r *Reader) Varint() int64 {
	n, size := binary.Varint(r.data)
	if !r.skip(size) {
		return 0
	}
	return n
}

// String reads a text.
func (r *Reader) String() string {
	n := r.Count(1)
	s := string(r.data[:n])
	r.data = r.data[n:]
	return s
}

// skip moves on by size bytes and reports whether that was possible.
func (r *Reader) skip(size int) bool {
	if r.bad || size <= 0 || size > len(r.data) {
		r.bad = true
		return false
	}
	r.data = r.data[size:]
	return true
}
