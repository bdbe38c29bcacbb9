import { afterEach, expect, it } from 'vitest'

import { ageOn, dayOf, formatDay, formatMoment, formatNearDay, formatTime, isSameDay } from './dates'
import { setLanguage } from './index'
import { formatMoney, isZero } from './money'

afterEach(() => setLanguage('en'))

it('speaks Guangzhou time whatever the device thinks', () => {
  expect(formatTime('2026-11-24T06:30:00Z')).toBe('14:30')
  expect(formatDay('2026-11-24T16:30:00Z')).toBe('25 Nov 2026')
  expect(dayOf('2026-11-24T16:30:00Z')).toBe('2026-11-25')
  expect(formatDay('2026-11-24')).toBe('24 Nov 2026')
})

it('writes dates as the language does', () => {
  expect(formatDay('2026-11-24', { weekday: true })).toBe('Tue 24 Nov 2026')
  expect(formatMoment('2026-11-24T06:30:00Z', { short: true })).toBe('24 Nov, 14:30')
  setLanguage('zh-Hans')
  expect(formatDay('2026-11-24', { weekday: true })).toBe('2026年11月24日 周二')
  setLanguage('zh-Hant')
  expect(formatDay('2026-11-24', { weekday: true })).toBe('2026年11月24日 週二')
})

it('names near days', () => {
  const now = new Date('2026-11-24T15:59:00Z')
  expect(formatNearDay('2026-11-24T02:00:00Z', now)).toBe('Today')
  expect(formatNearDay('2026-11-25T02:00:00Z', now)).toBe('Tomorrow')
  expect(formatNearDay('2026-11-26', now)).toBe('Thu 26 Nov 2026')
  expect(isSameDay('2026-11-24T16:00:00Z', '2026-11-25')).toBe(true)
})

it('counts whole years', () => {
  expect(ageOn('2012-11-25', new Date('2026-11-24T15:59:00Z'))).toBe(13)
  expect(ageOn('2012-11-25', new Date('2026-11-24T16:00:00Z'))).toBe(14)
})

it('writes amounts without touching their digits', () => {
  expect(formatMoney('1877.90')).toBe('¥1,877.90')
  expect(formatMoney('1234567.5')).toBe('¥1,234,567.50')
  expect(formatMoney('-12.30')).toBe('−¥12.30')
  expect(formatMoney('300.00', { round: true })).toBe('¥300')
  expect(isZero('0.00')).toBe(true)
  expect(isZero('0.01')).toBe(false)
})
