// Asks every second or two whether anything has changed for the account, while the page is in sight and the device is
// online: one cheap question, answered with 304 while nothing did. Where the server tells of changes by itself and the
// platform can listen, it asks when it is told, and seldom otherwise.
import { onHide, onShow } from '@dcloudio/uni-app'
import { onUnmounted, reactive } from 'vue'

import { unreadCount } from '@/features/foundation/unread'
import { asRefusal, isSignedIn, Refusal, withSession } from '@/http'
import { t } from '@/locale'
import { platform } from '@/platform'

export const LIVE_EVERY = 1500
export const LIVE_SELDOM = 10_000
const REST = 10_000
const OPEN = 1 // EventSource's states
const CLOSED = 2

interface Known {
  version: string
  unread: number
  watch?: string
}

export interface Live {
  /** When the server last said that what is shown is true. */
  checkedAt: Date | null
  /** The device or the server is out of reach: what is shown was true at `checkedAt`. */
  isStale: boolean
}

/** Calls `changed` once at each change. Call it in `setup`, beside the `useLoad` that it keeps fresh. */
export function useLive(changed: () => void): Live {
  const live = reactive<Live>({ checkedAt: null, isStale: false })
  let known = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let stream: EventSource | null = null
  let isAsking = false
  let isToldMeanwhile = false
  let streamed = '' // the address that is listened to
  let watch = 0 // which stay in sight this is; 0 while hidden

  async function ask(mine: number): Promise<void> {
    let pause = LIVE_EVERY
    isAsking = true
    isToldMeanwhile = false
    if (!platform.isOnline()) live.isStale = live.checkedAt !== null
    else if (isSignedIn.value) pause = await look(mine)
    if (mine !== watch) return // another stay in sight asks by itself
    isAsking = false
    timer = setTimeout(() => void ask(mine), isToldMeanwhile ? 0 : pause)
  }

  async function look(mine: number): Promise<number> {
    try {
      const found = (await withSession({ method: 'GET', url: '/api/live', headers: known ? { 'If-None-Match': `"${known}"` } : {} })) as Known
      if (mine !== watch) return LIVE_EVERY
      unreadCount.value = found.unread
      const isNews = known !== '' && found.version !== known && !live.isStale
      known = found.version
      listen(found.watch ?? '')
      agree()
      if (isNews) changed()
      return pace()
    } catch (error) {
      if (error instanceof Refusal && error.status === 304) {
        agree()
        return pace()
      }
      live.isStale = true
      return asRefusal(error, t('problem.server')).kind === 'signed-out' ? REST : LIVE_EVERY * 2
    }
  }

  function agree(): void {
    live.checkedAt = new Date()
    const wasStale = live.isStale
    live.isStale = false
    if (wasStale) changed() // what was missed while out of reach
  }

  function pace(): number {
    return stream?.readyState === OPEN ? LIVE_SELDOM : LIVE_EVERY
  }

  function listen(address: string): void {
    if (address === streamed || typeof EventSource === 'undefined') return
    quiet()
    if (!address) return
    streamed = address
    stream = new EventSource(address)
    stream.onmessage = askNow
    stream.onopen = askNow // also after a lost connection
    stream.onerror = () => {
      if (stream?.readyState === CLOSED) quiet()
      askNow()
    }
  }

  function askNow(): void {
    if (isAsking) isToldMeanwhile = true
    else if (watch) {
      clearTimeout(timer)
      void ask(watch)
    }
  }

  function quiet(): void {
    stream?.close()
    stream = null
    streamed = ''
  }

  let shows = 0
  function stop(): void {
    watch = 0
    clearTimeout(timer)
    quiet()
  }

  onShow(() => {
    stop()
    shows += 1
    watch = shows
    void ask(watch)
  })
  onHide(stop)
  onUnmounted(stop)
  return live
}
