import { expect, it } from 'vitest'

import { byDay, leadsTo, lookOf, type Message } from './use-inbox'

const message = (created_at: string): Message => ({ created_at }) as Message

it('gathers messages by the day in Guangzhou', () => {
  const days = byDay([message('2026-11-25T02:00:00Z'), message('2026-11-24T17:00:00Z'), message('2026-11-24T15:00:00Z')])
  expect(days.map((each) => [each.day, each.messages.length])).toEqual([
    ['2026-11-25', 2],
    ['2026-11-24', 1],
  ])
})

it('leads a message to its page', () => {
  const to = (kind: string, target_kind: string, target_id = 'x') => leadsTo({ kind, target_kind, target_id })?.to
  expect(to('called', 'visit')).toBe('/visit/journey')
  expect(to('report', 'report')).toBe('/reports/report')
  expect(to('report', 'exam_report')).toBe('/reports/exam')
  expect(to('report_held', 'report')).toBe('/reports/closed')
  expect(to('answer', 'enquiry')).toBe('/inbox/thread')
  expect(to('assistance', 'help')).toBe('/booking/help')
  expect(to('request', 'person')).toBe('/people/person')
  expect(to('request', 'claim')).toBe('/people/claim')
  expect(to('request', 'correction')).toBe('/account/correction')
  expect(to('announcement', 'announcement', '')).toBeUndefined()
  expect(to('new', 'somewhere')).toBeUndefined()
})

it('has a look for kinds that it does not know yet', () => {
  expect(lookOf('something-new').icon).toBe('inbox')
})
