// Package calendar holds days, periods and the calendars that name them.
//
// A [Day] is a calendar day without time or zone; it comes in only through a
// strict door, so a day that does not exist is an error everywhere. A
// [Period] is a half-open range of days. A [Calendar] cuts time into the
// periods of a [Grain], splits and shifts by whole periods, and writes and
// reads labels such as 2026-03, FY2026-Q3 and FY2026-P03-W2:
//
//	[Fiscal], [FiscalFrom]   years of twelve months from any day of any month
//	[Retail]                 years of 52 or 53 weeks: 4-4-5, 4-5-4, 5-4-4
//	[Calendar.WeeksFrom]     weeks that begin on another day than Monday
//
// [WorkDays] is the data of a work calendar, weekends, holidays and the days
// worked in their stead; [NewWorkCalendar] counts by it. [LikeForLike] puts
// what has passed of a period against as much of an earlier one, by days, by
// working days or to the same date, and [MovingHoliday] tells it of 春节,
// Ramadan and Easter.
//
// # Representation
//
// Day, Period, Grain, Calendar and Weekdays are values: comparable, == is
// equality, fit for keys of maps. WorkDays, RetailYear, LikeForLike and
// MovingHoliday are records to be filled and checked. A WorkCalendar is
// immutable. All of them may be shared between goroutines.
//
// # What is not here
//
// The package does not know the clock, time zones by name, hours, or when a
// holiday falls: lists of holidays come from the caller. An instant becomes a
// day only through [DayIn], in a location that the caller passes.
//
// # Undefined cases and errors
//
// What has no period gives "no period", the zero Period; see
// [Calendar.PeriodOf]. Bad input is a check.Error with the path in the names
// of the JSON form. A day that a work calendar does not cover is an error,
// never silently a working day. Findings, which stop nothing, are listed in
// [Findings].
package calendar
