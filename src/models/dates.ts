import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const clock: Operation = { yields: 'clock' };
const rows = (names: string, operation: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const now: readonly Operation[] = [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'clock' }, pure];

export default {
  name: 'dates',
  packages: ['dayjs', 'dayjs/*', 'moment', 'moment-timezone', 'luxon', 'date-fns', 'date-fns/*', 'date-fns-tz', '@date-fns/tz', '@js-temporal/polyfill', 'temporal-polyfill', 'ms'],
  source: 'dayjs 1.11, moment 2.31, luxon 3.7, date-fns 4.4; Temporal from its specification; date-fns-tz from memory',
  verified: 'types',
  globals: { Temporal: 'Temporal' },
  exports: {
    /** `dayjs()` and `moment()`; called with nothing they read the clock. */
    default: 'Calendar',
    DateTime: 'DateTime', Duration: 'platform#Pure', Interval: 'platform#Pure', Info: 'platform#Pure', Settings: 'platform#Pure',
    Temporal: 'Temporal',
    // date-fns: pure, but for those that compare with now
    ...rows('isPast isFuture isToday isTomorrow isYesterday isThisHour isThisMinute isThisSecond isThisWeek isThisMonth isThisQuarter isThisYear isThisISOWeek formatDistanceToNow formatDistanceToNowStrict startOfToday startOfTomorrow startOfYesterday endOfToday endOfTomorrow endOfYesterday constructNow', clock),
    ...rows('add addBusinessDays addDays addHours addMilliseconds addMinutes addMonths addQuarters addSeconds addWeeks addYears areIntervalsOverlapping clamp closestTo compareAsc compareDesc differenceInBusinessDays differenceInCalendarDays differenceInCalendarMonths differenceInCalendarWeeks differenceInCalendarYears differenceInDays differenceInHours differenceInMilliseconds differenceInMinutes differenceInMonths differenceInQuarters differenceInSeconds differenceInWeeks differenceInYears eachDayOfInterval eachHourOfInterval eachMonthOfInterval eachWeekOfInterval endOfDay endOfHour endOfMinute endOfMonth endOfQuarter endOfWeek endOfYear format formatDate formatDistance formatDistanceStrict formatDuration formatISO formatRFC3339 formatRFC7231 formatRelative fromUnixTime getDate getDay getDaysInMonth getHours getISOWeek getMilliseconds getMinutes getMonth getQuarter getSeconds getTime getUnixTime getWeek getYear hoursToMilliseconds hoursToMinutes hoursToSeconds interval intervalToDuration intlFormat isAfter isBefore isDate isEqual isExists isLeapYear isMatch isMonday isSameDay isSameHour isSameMinute isSameMonth isSameSecond isSameWeek isSameYear isSaturday isSunday isValid isWeekend isWithinInterval lastDayOfMonth max milliseconds min minutesToMilliseconds minutesToSeconds nextDay nextMonday parse parseISO parseJSON previousDay roundToNearestMinutes secondsToMilliseconds set setDate setDay setHours setMilliseconds setMinutes setMonth setSeconds setYear startOfDay startOfHour startOfMinute startOfMonth startOfQuarter startOfSecond startOfWeek startOfYear sub subBusinessDays subDays subHours subMilliseconds subMinutes subMonths subSeconds subWeeks subYears toDate', pure),
    ...rows('toZonedTime fromZonedTime formatInTimeZone utcToZonedTime zonedTimeToUtc tz', pure),
  },
  types: {
    Calendar: { call: now, members: { utc: now, tz: [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'clock' }, { when: [{ at: 'a1', kind: 'absent' }, { at: 'a0', kind: 'string' }], yields: 'clock' }, pure], now: clock, '*': pure } },
    DateTime: { members: { now: clock, utc: now, local: now, '*': pure } },
    Temporal: { members: { Now: 'TemporalNow', '*': 'platform#Pure' } },
    TemporalNow: { members: { timeZoneId: pure, '*': clock } },
  },
} satisfies LibraryModel;
