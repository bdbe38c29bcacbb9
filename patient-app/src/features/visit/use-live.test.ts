import { beforeEach, expect, it, vi } from 'vitest'

import { unreadCount } from '@/features/foundation/unread'
import { forgetSession, keepSession } from '@/http'
import { platform } from '@/platform'

import { runSetup } from '../../../tests/run-setup'
import { answers, calls } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { LIVE_EVERY, LIVE_SELDOM, useLive } from './use-live'

beforeEach(() => {
  vi.useFakeTimers()
  vi.restoreAllMocks()
  forgetSession()
  keepSession({ token: 'a', refreshToken: 'b' })
})

/** Answers each question with the next version; 304 where it is the one that was named. */
function say(...versions: string[]) {
  let at = 0
  answers((call) => {
    const version = versions[Math.min(at, versions.length - 1)]!
    at += 1
    const named = (call.header as Record<string, string>)['If-None-Match']
    if (named === `"${version}"`) call.answer(304, '')
    else call.answer(200, { version, unread: at })
  })
}

it('asks while in sight and tells of each change once', async () => {
  const changed = vi.fn()
  say('one', 'one', 'two', 'two')
  const { unmount } = runSetup(() => useLive(changed))
  life('show')
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 1.5)
  expect(changed).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 3)
  expect(changed).toHaveBeenCalledTimes(1)
  expect(unreadCount.value).toBe(3)
  unmount()
})

it('stops when the page is hidden or left', async () => {
  say('one')
  const { unmount } = runSetup(() => useLive(() => undefined))
  life('show')
  await vi.advanceTimersByTimeAsync(LIVE_EVERY)
  life('hide')
  const asked = calls.length
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 5)
  expect(calls.length).toBe(asked)
  life('show')
  await vi.advanceTimersByTimeAsync(LIVE_EVERY)
  expect(calls.length).toBeGreaterThan(asked)
  unmount()
  const left = calls.length
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 5)
  expect(calls.length).toBe(left)
})

it('asks nothing while offline, says that it is stale, and catches up', async () => {
  const changed = vi.fn()
  const online = vi.spyOn(platform, 'isOnline').mockReturnValue(true)
  say('one')
  const { result, unmount } = runSetup(() => useLive(changed))
  life('show')
  await vi.advanceTimersByTimeAsync(0)
  expect(result.checkedAt).toBeInstanceOf(Date)
  online.mockReturnValue(false)
  await vi.advanceTimersByTimeAsync(LIVE_EVERY)
  const asked = calls.length
  expect(result.isStale).toBe(true)
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 4)
  expect(calls.length).toBe(asked)
  online.mockReturnValue(true)
  await vi.advanceTimersByTimeAsync(LIVE_EVERY)
  expect(result.isStale).toBe(false)
  expect(changed).toHaveBeenCalledTimes(1)
  unmount()
})

it('asks nothing without a session', async () => {
  forgetSession()
  const before = calls.length
  const { unmount } = runSetup(() => useLive(() => undefined))
  life('show')
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 3)
  expect(calls.length).toBe(before)
  unmount()
})

it('listens where the server tells by itself, asks when told, and asks often again when the line is lost', async () => {
  const opened: FakeStream[] = []
  class FakeStream {
    readyState = 1
    onmessage: () => void = () => undefined
    onopen: () => void = () => undefined
    onerror: () => void = () => undefined
    constructor(readonly address: string) {
      opened.push(this)
    }
    close() {
      this.readyState = 2
    }
  }
  vi.stubGlobal('EventSource', FakeStream)
  const changed = vi.fn()
  let version = 'one'
  answers((call) => {
    const named = (call.header as Record<string, string>)['If-None-Match']
    if (named === `"${version}"`) call.answer(304, '')
    else call.answer(200, { version, unread: 0, watch: 'https://live.example/live?ticket=a' })
  })
  const { unmount } = runSetup(() => useLive(changed))
  life('show')
  await vi.advanceTimersByTimeAsync(0)
  expect(opened.map((each) => each.address)).toEqual(['https://live.example/live?ticket=a'])
  const asked = calls.length
  await vi.advanceTimersByTimeAsync(LIVE_SELDOM - LIVE_EVERY)
  expect(calls.length).toBe(asked)
  version = 'two'
  opened[0]!.onmessage()
  await vi.advanceTimersByTimeAsync(0)
  expect(changed).toHaveBeenCalledTimes(1)
  expect(opened).toHaveLength(1)
  opened[0]!.readyState = 0
  opened[0]!.onerror()
  const lost = calls.length
  await vi.advanceTimersByTimeAsync(LIVE_EVERY * 2)
  expect(calls.length).toBeGreaterThan(lost)
  unmount()
  expect(opened[0]!.readyState).toBe(2)
  vi.unstubAllGlobals()
})
