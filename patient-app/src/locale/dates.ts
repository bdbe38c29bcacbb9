// Days and times as a patient in Guangzhou reads them. China keeps +08:00 all year, so plain arithmetic is right;
// `Intl` is not there on every telephone that runs the mini program.
import { t, type Key } from './index'

const OFFSET = 8 * 3_600_000
const DAY = 86_400_000

export interface DayStyle {
  /** Leave the year out: only for the current visit, where space is tight. */
  short?: boolean
  weekday?: boolean
}

/** "24 Nov 2026", of an instant (ISO with time) or a calendar day (YYYY-MM-DD). */
export function formatDay(value: string | Date, style: DayStyle = {}): string {
  const local = inGuangzhou(value)
  const values = {
    year: local.getUTCFullYear(),
    month: t(`date.month.${local.getUTCMonth() + 1}` as Key),
    day: local.getUTCDate(),
  }
  const date = t(style.short ? 'date.day-short' : 'date.day', values)
  return style.weekday ? t('date.with-weekday', { weekday: formatWeekday(value), date }) : date
}

/** "Tue". */
export function formatWeekday(value: string | Date): string {
  return t(`date.weekday.${inGuangzhou(value).getUTCDay()}` as Key)
}

/** "Today", "Tomorrow", else the day with its weekday. */
export function formatNearDay(value: string | Date, now: Date, style: DayStyle = { weekday: true }): string {
  const distance = dayNumber(value) - dayNumber(now)
  if (distance === 0) return t('date.today')
  if (distance === 1) return t('date.tomorrow')
  return formatDay(value, style)
}

/** "14:30". */
export function formatTime(value: string | Date): string {
  const local = inGuangzhou(value)
  return `${twoDigits(local.getUTCHours())}:${twoDigits(local.getUTCMinutes())}`
}

/** "24 Nov 2026, 14:30". */
export function formatMoment(value: string | Date, style: DayStyle = {}): string {
  return t('date.moment', { date: formatDay(value, style), time: formatTime(value) })
}

/** The calendar day in Guangzhou as YYYY-MM-DD. */
export function dayOf(value: string | Date): string {
  return inGuangzhou(value).toISOString().slice(0, 10)
}

export function isSameDay(one: string | Date, other: string | Date): boolean {
  return dayNumber(one) === dayNumber(other)
}

/** The hour of the day, for a greeting. */
export function hourOf(value: Date): number {
  return inGuangzhou(value).getUTCHours()
}

/** Whole years between a birth date and today. */
export function ageOn(birthDate: string, now: Date): number {
  const [born, today] = [birthDate.slice(0, 10), dayOf(now)]
  const years = Number(today.slice(0, 4)) - Number(born.slice(0, 4))
  return today.slice(5) < born.slice(5) ? years - 1 : years
}

function dayNumber(value: string | Date): number {
  return Math.floor(inGuangzhou(value).getTime() / DAY)
}

/** A Date whose UTC fields are the clock of Guangzhou. */
function inGuangzhou(value: string | Date): Date {
  if (typeof value === 'string' && value.length === 10) return new Date(`${value}T00:00:00Z`)
  return new Date((typeof value === 'string' ? new Date(value) : value).getTime() + OFFSET)
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0')
}
