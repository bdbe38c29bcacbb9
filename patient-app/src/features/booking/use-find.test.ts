import { expect, it, vi } from 'vitest'

import { runSetup } from '../../../tests/run-setup'
import { answers, calls } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { useFind } from './use-find'

const doctor = (id: string) => ({ id })

function open(total = 3) {
  answers((call) => {
    if (call.url.includes('/booking/days')) call.answer(200, [])
    else if (call.url.includes('/campuses')) call.answer(200, [])
    else if (call.url.includes('offset=2')) call.answer(200, { total, doctors: [doctor('b'), doctor('c')] })
    else call.answer(200, { total, doctors: [doctor('a'), doctor('b')] })
  })
  const { result } = runSetup(useFind)
  life('show')
  return result
}

const asked = (path: string) => calls.filter((call) => call.url.includes(path))

it('shows more doctors below, each once', async () => {
  const find = open()
  await vi.waitFor(() => expect(find.shown.value).toHaveLength(2))
  expect(find.hasMore.value).toBe(true)
  await find.more.run()
  expect(find.shown.value.map((each) => each.id)).toEqual(['a', 'b', 'c'])
  expect(find.hasMore.value).toBe(false)
})

it('asks when the reader pauses, not at each letter, and for days and doctors alike', async () => {
  vi.useFakeTimers()
  const find = open()
  await vi.advanceTimersByTimeAsync(0)
  const before = asked('/booking/doctors').length
  for (const words of ['c', 'ch', 'chest']) {
    find.words.value = words
    await vi.advanceTimersByTimeAsync(100)
  }
  await vi.advanceTimersByTimeAsync(400)
  expect(asked('/booking/doctors')).toHaveLength(before + 1)
  expect(asked('/booking/doctors').at(-1)?.url).toContain('q=chest')
  expect(asked('/booking/days').at(-1)?.url).toContain('q=chest')
  vi.useRealTimers()
})

it('takes every choice back at once', async () => {
  const find = open()
  find.filters.sex = 'F'
  find.day.value = '2026-11-26'
  find.clear()
  await vi.waitFor(() => expect(find.filters.sex).toBe(''))
  expect(find.day.value).toBe('')
})
