// Loading what a page shows: skeleton, slow, error, offline, retry; what was loaded before stays in sight.
import { onHide, onShow } from '@dcloudio/uni-app'
import { onUnmounted, reactive } from 'vue'

import { asRefusal, isSignedIn, onSessionEnd, type Refusal } from '@/http'
import { t } from '@/locale'
import { platform } from '@/platform'

export interface Load<Data> {
  data: Data | null
  /** The last try's failure; with `data` still there the page shows both. */
  refusal: Refusal | null
  isBusy: boolean
  /** The first load takes longer than usual. */
  isSlow: boolean
  loadedAt: Date | null
  /** Asks the server again. Never rejects. */
  reload: () => Promise<void>
}

export interface LoadOptions {
  /** Pages with the same key show at once what another one loaded, then refresh it. Forgotten at sign-out. */
  key?: string
  /** Ask again so often while the page is in sight. */
  everySeconds?: number
  /** Without a session do not ask: the page then shows the way to sign in. */
  needsSignIn?: boolean
}

const SLOW = 3000
const kept = new Map<string, { data: unknown; at: Date }>()
onSessionEnd(() => kept.clear())

/** Whether there is an answer, be it a refusal. */
export function hasEnded(load: Load<unknown>): boolean {
  return load.data !== null || load.refusal !== null
}

/** Call it in `setup`: loads when the page is shown, again each time the reader comes back to it. */
export function useLoad<Data>(read: () => Promise<Data>, options: LoadOptions = {}): Load<Data> {
  const before = options.key === undefined ? undefined : kept.get(options.key)
  let latest = 0
  const load = reactive({
    data: before?.data ?? null,
    refusal: null,
    isBusy: false,
    isSlow: false,
    loadedAt: before?.at ?? null,
    reload,
  }) as Load<Data>

  async function reload(): Promise<void> {
    if (options.needsSignIn && !isSignedIn.value) {
      load.data = null
      load.refusal = null
      return
    }
    latest += 1
    const mine = latest
    load.isBusy = true
    const slow = setTimeout(() => {
      if (mine === latest) load.isSlow = true
    }, SLOW)
    try {
      const data = await read()
      if (mine !== latest) return
      load.data = data
      load.refusal = null
      load.loadedAt = new Date()
      if (options.key !== undefined) kept.set(options.key, { data, at: load.loadedAt })
    } catch (error) {
      if (mine === latest) load.refusal = asRefusal(error, t('problem.server'))
    } finally {
      clearTimeout(slow)
      if (mine === latest) {
        load.isBusy = false
        load.isSlow = false
      }
    }
  }

  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)
  onShow(() => {
    void reload()
    stop()
    if (options.everySeconds) timer = setInterval(() => platform.isOnline() && void reload(), options.everySeconds * 1000)
  })
  onHide(stop)
  onUnmounted(stop)
  return load
}
