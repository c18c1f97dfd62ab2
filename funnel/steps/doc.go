// Package steps computes step funnels over events of entities.
package steps
