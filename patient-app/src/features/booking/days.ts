// What the strip of days shows.
import { t } from '@/locale'
import { dayOf } from '@/locale/dates'

import type { FreeDay, Place, SessionPlaces } from './types'

const MOST = 99

/** "12 free", "Full" or "Off": at most so long that it stands under a date. */
export function dayWord(day: FreeDay): string {
  if (day.sessions === 0) return t('booking.day.off')
  return day.free === 0 ? t('booking.day.full') : t('booking.day.free', { count: Math.min(day.free, MOST) })
}

export function isFree(day: FreeDay): boolean {
  return day.free > 0
}

/** The day to begin with: the wanted one, else the first with a free place, else today. */
export function firstDay(days: readonly FreeDay[], wanted: string): string {
  if (days.some((each) => each.day === wanted)) return wanted
  return days.find(isFree)?.day ?? days[0]?.day ?? ''
}

/** The places of a day that have not passed, in the order of their time. */
export function placesAhead(sessions: readonly SessionPlaces[]): Place[] {
  return sessions
    .flatMap((session) => session.places)
    .filter((place) => !place.is_past)
    .sort((one, other) => (one.starts_at < other.starts_at ? -1 : 1))
}

/** The next free place after an instant, for one who lost theirs. */
export function nextFree(places: readonly Place[], after: string): Place | null {
  return places.find((place) => place.free > 0 && place.starts_at >= after) ?? places.find((place) => place.free > 0) ?? null
}

export function isOn(place: Place, day: string): boolean {
  return dayOf(place.starts_at) === day
}
