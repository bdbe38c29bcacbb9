import { expect, it, vi } from 'vitest'

import { Refusal } from '@/http'

import { useSubmit } from './use-submit'

it('sends once however often the button is pressed', async () => {
  let finish!: (value: string) => void
  const send = vi.fn(() => new Promise<string>((resolve) => (finish = resolve)))
  const submit = useSubmit(send)
  const first = submit.run()
  expect(await submit.run()).toBe(false)
  finish('done')
  expect(await first).toBe(true)
  expect(send).toHaveBeenCalledTimes(1)
  expect(submit.result).toBe('done')
})

it('keeps the key while no answer came, and takes a new one after an answer', async () => {
  const keys: string[] = []
  const failures: (Refusal | null)[] = [
    new Refusal('timeout', { status: 0, code: 'timeout', detail: '' }),
    new Refusal('refused', { status: 409, code: 'slot_full', detail: 'Full' }),
    null,
    null,
  ]
  const submit = useSubmit((key: string) => {
    keys.push(key)
    const failure = failures.shift()
    return failure ? Promise.reject(failure) : Promise.resolve('ok')
  })
  expect(await submit.run()).toBe(false)
  expect(await submit.run()).toBe(false)
  expect(submit.refusal?.code).toBe('slot_full')
  expect(await submit.run()).toBe(true)
  expect(submit.refusal).toBeNull()
  await submit.run()
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
  expect(keys[3]).not.toBe(keys[2])
})
