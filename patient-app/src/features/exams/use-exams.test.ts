import { expect, it } from 'vitest'

import { answersOf, byDay, dayChoices } from './use-exams'

it('sends the answers to what was asked, and nothing that was not answered', () => {
  const asked = [{ code: 'IMPLANT' }, { code: 'KIDNEY' }]
  expect(answersOf(asked, { IMPLANT: 'no', KIDNEY: '', ESCORT: 'yes' })).toEqual({ IMPLANT: false })
})

it('keeps the days of Guangzhou apart', () => {
  const at = (starts_at: string) => ({ starts_at })
  const exams = [at('2026-11-26T15:30:00Z'), at('2026-11-26T16:30:00Z'), at('2026-11-27T01:00:00Z')]
  expect(byDay(exams).map((each) => [each.day, each.exams.length])).toEqual([['2026-11-26', 1], ['2026-11-27', 2]])
})

it('offers two weeks from today on', () => {
  const days = dayChoices(new Date('2026-11-26T16:30:00Z'))
  expect([days.length, days[0]?.value, days[13]?.value]).toEqual([14, '2026-11-27', '2026-12-10'])
})
