// Package calendar holds days, periods and the calendars that name them.
//
// A [Day] is a calendar day without time or zone; it comes in only through a
// strict door, so a day that does not exist is an error everywhere. A
// [Period] is a half-open range of days. A [Calendar] knows fiscal years and
// gives the period of a [Grain] that contains a day, splits and shifts by
// whole periods, and writes and reads labels such as 2026-03 and FY2026-Q3.
//
// It does not know the clock, time zones by name, holidays or hours. An
// instant becomes a day only through [DayIn], in a location that the caller
// passes.
package calendar
