import { expect, it } from 'vitest'

import { language } from '@/locale'

import { dayWord, firstDay, nextFree, placesAhead } from './days'
import { shareLeft } from './hold-clock'
import type { Place } from './types'
import { reasonText } from './use-appointment'
import { countFilters, noFilters, queryOf } from './use-find'
import { feeMark, stateMark } from './words'
import type { MyAppointment } from './types'
import { deviceMoment } from './zone'

const place = (id: number, time: string, free = 1, isPast = false): Place => ({
  id,
  number: id,
  starts_at: `2026-11-25T${time}:00Z`,
  ends_at: `2026-11-25T${time}:20Z`,
  free,
  is_past: isPast,
  opens_at: null,
})
const day = (name: string, sessions: number, free: number) => ({ day: name, sessions, free })

it('says in a few letters what a day has', () => {
  language.value = 'en'
  expect([dayWord(day('2026-11-25', 0, 0)), dayWord(day('2026-11-25', 2, 0)), dayWord(day('2026-11-25', 2, 240))]).toEqual(['Off', 'Full', '99 free'])
  language.value = 'zh-Hans'
  expect(dayWord(day('2026-11-25', 2, 5))).toBe('余 5')
  language.value = 'en'
})

it('begins with the wanted day, else the first free one, else today', () => {
  const days = [day('2026-11-25', 1, 0), day('2026-11-26', 1, 3)]
  expect(firstDay(days, '2026-11-25')).toBe('2026-11-25')
  expect(firstDay(days, '2027-01-01')).toBe('2026-11-26')
  expect(firstDay([days[0]!], '')).toBe('2026-11-25')
  expect(firstDay([], '')).toBe('')
})

it('shows the places ahead of all sessions in the order of their time', () => {
  const sessions = [
    { session_id: 'pm', places: [place(3, '06:00')] },
    { session_id: 'am', places: [place(1, '01:00', 1, true), place(2, '02:00', 0)] },
  ]
  expect(placesAhead(sessions).map((each) => each.id)).toEqual([2, 3])
})

it('offers the next free place after the one that was lost, else any', () => {
  const places = [place(1, '01:00'), place(2, '02:00', 0), place(3, '03:00')]
  expect(nextFree(places, '2026-11-25T02:00:00Z')?.id).toBe(3)
  expect(nextFree(places, '2026-11-25T09:00:00Z')?.id).toBe(1)
  expect(nextFree([places[1]!], '2026-11-25T01:00:00Z')).toBeNull()
})

it('draws how much of the hold is left, never outside its bar', () => {
  const until = '2026-11-25T02:15:00Z'
  const at = (time: string) => shareLeft(until, new Date(`2026-11-25T${time}Z`).getTime())
  expect([at('02:00:00'), at('02:07:30'), at('02:15:00'), at('02:20:00'), at('01:00:00')]).toEqual([100, 50, 0, 0, 100])
})

it('asks the server for what was chosen and leaves the rest out', () => {
  expect(queryOf('  chest pain ', { ...noFilters(), sex: 'F', language: 'en' })).toEqual({ q: 'chest pain', sex: 'F', language: 'en' })
  expect(queryOf(' ', noFilters())).toEqual({})
  expect(countFilters({ ...noFilters(), sex: 'F', part: 'AM', language: 'en' })).toBe(2)
})

it('sends a reason on one line', () => {
  expect(reasonText('plans', '')).toBe('plans')
  expect(reasonText('other', ' my\nflight\u0000 ')).toBe('other: my flight')
  expect(reasonText('other', 'x'.repeat(300))).toHaveLength(200)
})

it('tells a reader far away the time of their own clock', () => {
  language.value = 'en'
  expect(deviceMoment('2026-11-25T02:00:00Z', -480)).toBeNull()
  expect(deviceMoment('2026-11-25T02:00:00Z', 0)).toBe('25 Nov 2026, 02:00')
  expect(deviceMoment('2026-11-25T02:00:00Z', 300)).toBe('24 Nov 2026, 21:00')
})

it('names the state of a booking and of its fee', () => {
  language.value = 'en'
  const booking = (facts: object, fee: object = {}) =>
    ({ state: 'BOOKED', ended: null, held_until: null, starts_at: '2026-11-25T02:00:00Z', fee: { state: 'NONE', total: '35.00', refunded: '0.00', ...fee }, ...facts }) as MyAppointment
  expect(stateMark(booking({}))).toEqual({ word: 'Booked', kind: 'ok' })
  expect(stateMark(booking({ state: 'EXPIRED', ended: 'NOT_PAID' })).word).toBe('Not paid in time')
  expect(stateMark(booking({ state: 'HELD', held_until: '2026-11-25T02:15:00Z' })).word).toBe('On hold until 10:15')
  expect(feeMark(booking({}))).toBeNull()
  expect(feeMark(booking({}, { state: 'OPEN' }))?.word).toBe('To pay: ¥35.00')
  expect(feeMark(booking({}, { state: 'PAID' }))?.kind).toBe('ok')
  expect(feeMark(booking({}, { state: 'PAID', refunded: '35.00' }))?.word).toBe('Sent back ¥35.00')
})
