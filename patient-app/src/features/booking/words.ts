// How a booking and its fee are called.
import { t } from '@/locale'
import { formatTime } from '@/locale/dates'
import { formatMoney, isZero } from '@/locale/money'

import type { MyAppointment } from './types'

export interface Mark {
  word: string
  kind: 'plain' | 'ok' | 'warn' | 'bad' | 'info' | 'warm'
}

export function stateMark(appointment: MyAppointment): Mark {
  if (appointment.ended === 'NOT_PAID') return { word: t('booking.state.NOT_PAID'), kind: 'warn' }
  if (appointment.ended === 'CALLED_OFF') return { word: t('booking.state.CALLED_OFF'), kind: 'warn' }
  if (appointment.ended === 'HOLD_OVER') return { word: t('booking.state.HOLD_OVER'), kind: 'plain' }
  switch (appointment.state) {
    case 'HELD':
      return { word: t('booking.state.HELD', { time: formatTime(appointment.held_until ?? appointment.starts_at) }), kind: 'warm' }
    case 'BOOKED':
      return { word: t('booking.state.BOOKED'), kind: 'ok' }
    case 'TAKEN':
      return { word: t('booking.state.TAKEN'), kind: 'ok' }
    case 'NO_SHOW':
      return { word: t('booking.state.NO_SHOW'), kind: 'warn' }
    default:
      return { word: t('booking.state.CANCELLED'), kind: 'plain' }
  }
}

/** What the fee says beside the state; null where there is nothing to say. */
export function feeMark(appointment: MyAppointment): Mark | null {
  const { fee } = appointment
  if (fee.state === 'OPEN') return { word: t('booking.fee.OPEN', { amount: formatMoney(fee.total) }), kind: 'warn' }
  if (fee.state === 'BEING_PAID') return { word: t('booking.fee.BEING_PAID'), kind: 'warm' }
  if (!isZero(fee.refunded)) return { word: t('booking.fee.REFUNDED', { amount: formatMoney(fee.refunded) }), kind: 'plain' }
  if (fee.state === 'PAID') return { word: t('booking.fee.PAID', { amount: formatMoney(fee.total) }), kind: 'ok' }
  return null
}

export function isOpenFee(appointment: MyAppointment): boolean {
  return appointment.fee.state === 'OPEN' || appointment.fee.state === 'BEING_PAID'
}
