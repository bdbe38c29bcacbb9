import { beforeEach, expect, it, vi } from 'vitest'

import { keepSession } from '@/http'
import { platform } from '@/platform'

import { runSetup } from '../../../tests/run-setup'
import { answers, calls } from '../../../tests/uni'

import { tagOf, useWriting } from './use-feedback'

const enquiry = { id: 'E1', number: 'FB-1' }

beforeEach(() => {
  vi.restoreAllMocks()
  keepSession({ token: 'a', refreshToken: 'b' })
})

it('sends nothing before there is a topic and a text', () => {
  const { result } = runSetup(() => useWriting(() => undefined))
  const before = calls.length
  result.submit()
  expect(calls.length).toBe(before)
  expect(result.form.wasTried).toBe(true)
})

it('keeps what was typed when the network fails, and sends it under the same key', async () => {
  const done = vi.fn()
  const keys: unknown[] = []
  answers((call) => {
    keys.push((call.data as { idempotency_key: string }).idempotency_key)
    if (keys.length === 1) call.fail('request:fail timeout')
    else call.answer(201, enquiry)
  })
  const { result } = runSetup(() => useWriting(done))
  result.form.topic = 'VISIT'
  result.form.text = 'Where is the pharmacy?'
  result.submit()
  await vi.waitFor(() => expect(result.send.refusal?.kind).toBe('timeout'))
  expect(result.form.text).toBe('Where is the pharmacy?')
  result.submit()
  await vi.waitFor(() => expect(done).toHaveBeenCalledTimes(1))
  expect(keys[0]).toBe(keys[1])
})

it('takes four pictures at most and none above the limit', async () => {
  const file = (size: number) => ({ path: `p${size}`, name: 'p.jpg', size })
  vi.spyOn(platform, 'pickPictures').mockResolvedValueOnce([file(1), file(2), file(9 * 1024 * 1024)]).mockResolvedValueOnce([file(3), file(4), file(5)])
  const { result } = runSetup(() => useWriting(() => undefined))
  await result.pick()
  expect([result.pictures.value.length, result.form.isTooLarge]).toEqual([2, true])
  await result.pick()
  expect(result.pictures.value.length).toBe(4)
  result.remove(0)
  expect(result.pictures.value.map((each) => each.path)).toEqual(['p2', 'p3', 'p4'])
})

it('has a look for every state', () => {
  expect(tagOf('ANSWERED')).toBe('ok')
  expect(tagOf('NEW_STATE')).toBe('plain')
})
