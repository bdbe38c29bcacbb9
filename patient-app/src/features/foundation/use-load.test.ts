import { beforeEach, expect, it, vi } from 'vitest'

import { forgetSession, keepSession, Refusal } from '@/http'

import { runSetup } from '../../../tests/run-setup'
import { life } from '../../../tests/uni-app'

import { useLoad } from './use-load'

beforeEach(() => {
  vi.useRealTimers()
  forgetSession()
})

const offline = () => new Refusal('offline', { status: 0, code: 'offline', detail: 'offline' })

it('loads when the page is shown and keeps what it had when the next try fails', async () => {
  const read = vi.fn<() => Promise<string>>().mockResolvedValueOnce('first').mockRejectedValueOnce(offline())
  const { result } = runSetup(() => useLoad(read))
  expect(read).not.toHaveBeenCalled()
  life('show')
  await vi.waitFor(() => expect(result.data).toBe('first'))
  life('show')
  await vi.waitFor(() => expect(result.refusal?.kind).toBe('offline'))
  expect(result.data).toBe('first')
  expect(result.loadedAt).toBeInstanceOf(Date)
})

it('lets the latest answer win', async () => {
  const waiting: ((value: string) => void)[] = []
  const { result } = runSetup(() => useLoad(() => new Promise<string>((resolve) => waiting.push(resolve))))
  void result.reload()
  void result.reload()
  waiting[1]?.('new')
  waiting[0]?.('old')
  await vi.waitFor(() => expect(result.data).toBe('new'))
})

it('says that it is slow after three seconds', async () => {
  vi.useFakeTimers()
  const { result } = runSetup(() => useLoad(() => new Promise<string>(() => undefined)))
  void result.reload()
  expect(result.isSlow).toBe(false)
  vi.advanceTimersByTime(3100)
  expect(result.isSlow).toBe(true)
})

it('shows at once what another page with the same key loaded, until the session ends', async () => {
  keepSession({ token: 'a', refreshToken: '' })
  const first = runSetup(() => useLoad(() => Promise.resolve('kept'), { key: 'people' }))
  await first.result.reload()
  expect(runSetup(() => useLoad(() => Promise.resolve('x'), { key: 'people' })).result.data).toBe('kept')
  forgetSession()
  expect(runSetup(() => useLoad(() => Promise.resolve('x'), { key: 'people' })).result.data).toBeNull()
})

it('asks for nothing private without a session', async () => {
  const read = vi.fn<() => Promise<string>>()
  const { result } = runSetup(() => useLoad(read, { needsSignIn: true }))
  await result.reload()
  expect(read).not.toHaveBeenCalled()
})
