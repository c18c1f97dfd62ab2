// Package incentive says what attainment pays.
package incentive
