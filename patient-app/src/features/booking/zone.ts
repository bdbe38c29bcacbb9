// For a reader far from Guangzhou: the same instant by the clock of the device.
import { formatDay, formatTime } from '@/locale/dates'
import { t } from '@/locale'

const GUANGZHOU = -480 // minutes, as Date.getTimezoneOffset counts

/** "24 Nov 2026, 02:30" by the device's clock; null where that clock is Guangzhou's. */
export function deviceMoment(value: string, offset = new Date(value).getTimezoneOffset()): string | null {
  if (offset === GUANGZHOU) return null
  const there = new Date(new Date(value).getTime() - (offset - GUANGZHOU) * 60_000)
  return t('date.moment', { date: formatDay(there), time: formatTime(there) })
}
