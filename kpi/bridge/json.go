package bridge

import (
	"encoding/json"

	"github.com/saleskpi/saleskpi/kpi/check"
)

// The forms of stored definitions.
const (
	driversSchema = "saleskpi/drivers/1"
	volumeSchema  = "saleskpi/price_volume_mix/1"
	rateSchema    = "saleskpi/rate_mix/1"
	membersSchema = "saleskpi/members/1"
)

// Each definition has a twin without its methods, with the schema in front.
type (
	driversFields Drivers
	driversJSON   struct {
		Schema string `json:"schema"`
		driversFields
	}
	volumeFields PriceVolumeMix
	volumeJSON   struct {
		Schema string `json:"schema"`
		volumeFields
	}
	rateFields RateMix
	rateJSON   struct {
		Schema string `json:"schema"`
		rateFields
	}
	membersFields Members
	membersJSON   struct {
		Schema string `json:"schema"`
		membersFields
	}
)

// MarshalJSON gives the document, with "schema":"saleskpi/drivers/1" first.
func (d Drivers) MarshalJSON() ([]byte, error) {
	return json.Marshal(driversJSON{driversSchema, driversFields(d)})
}

// UnmarshalJSON reads what MarshalJSON writes. A schema that is missing or
// another, an unknown field and a malformed value are errors with their path;
// whether the definition makes sense is up to Validate. null leaves it as it
// is.
func (d *Drivers) UnmarshalJSON(data []byte) error {
	var document driversJSON
	if ok, err := check.DecodeStored("bridge.Drivers", driversSchema, data, &document); !ok {
		return err
	}
	*d = Drivers(document.driversFields)
	return nil
}

// MarshalJSON gives the document, with "schema":"saleskpi/price_volume_mix/1"
// first.
func (p PriceVolumeMix) MarshalJSON() ([]byte, error) {
	if p.Levels == nil {
		p.Levels = []string{}
	}
	return json.Marshal(volumeJSON{volumeSchema, volumeFields(p)})
}

// UnmarshalJSON reads what MarshalJSON writes, as [Drivers.UnmarshalJSON]
// does.
func (p *PriceVolumeMix) UnmarshalJSON(data []byte) error {
	var document volumeJSON
	if ok, err := check.DecodeStored("bridge.PriceVolumeMix", volumeSchema, data, &document); !ok {
		return err
	}
	*p = PriceVolumeMix(document.volumeFields)
	return nil
}

// MarshalJSON gives the document, with "schema":"saleskpi/rate_mix/1" first.
func (r RateMix) MarshalJSON() ([]byte, error) {
	return json.Marshal(rateJSON{rateSchema, rateFields(r)})
}

// UnmarshalJSON reads what MarshalJSON writes, as [Drivers.UnmarshalJSON]
// does.
func (r *RateMix) UnmarshalJSON(data []byte) error {
	var document rateJSON
	if ok, err := check.DecodeStored("bridge.RateMix", rateSchema, data, &document); !ok {
		return err
	}
	*r = RateMix(document.rateFields)
	return nil
}

// MarshalJSON gives the document, with "schema":"saleskpi/members/1" first.
func (m Members) MarshalJSON() ([]byte, error) {
	return json.Marshal(membersJSON{membersSchema, membersFields(m)})
}

// UnmarshalJSON reads what MarshalJSON writes, as [Drivers.UnmarshalJSON]
// does.
func (m *Members) UnmarshalJSON(data []byte) error {
	var document membersJSON
	if ok, err := check.DecodeStored("bridge.Members", membersSchema, data, &document); !ok {
		return err
	}
	*m = Members(document.membersFields)
	return nil
}
