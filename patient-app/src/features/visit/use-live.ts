// Asks every second or two whether anything has changed for the account, while the page is in sight and the device is
// online: one cheap question, answered with 304 while nothing did.
import { onHide, onShow } from '@dcloudio/uni-app'
import { onUnmounted, reactive } from 'vue'

import { unreadCount } from '@/features/foundation/unread'
import { asRefusal, isSignedIn, Refusal, withSession } from '@/http'
import { t } from '@/locale'
import { platform } from '@/platform'

export const LIVE_EVERY = 1500
const REST = 10_000

interface Known {
  version: string
  unread: number
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
  let watch = 0 // which stay in sight this is; 0 while hidden

  async function ask(mine: number): Promise<void> {
    let pause = LIVE_EVERY
    if (!platform.isOnline()) live.isStale = live.checkedAt !== null
    else if (isSignedIn.value) pause = await look(mine)
    if (mine === watch) timer = setTimeout(() => void ask(mine), pause)
  }

  async function look(mine: number): Promise<number> {
    try {
      const found = (await withSession({ method: 'GET', url: '/api/live', headers: known ? { 'If-None-Match': `"${known}"` } : {} })) as Known
      if (mine !== watch) return LIVE_EVERY
      unreadCount.value = found.unread
      const isNews = known !== '' && found.version !== known && !live.isStale
      known = found.version
      agree()
      if (isNews) changed()
      return LIVE_EVERY
    } catch (error) {
      if (error instanceof Refusal && error.status === 304) {
        agree()
        return LIVE_EVERY
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

  let shows = 0
  function stop(): void {
    watch = 0
    clearTimeout(timer)
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
