import { onLoad } from '@dcloudio/uni-app'
import { computed, onUnmounted, ref } from 'vue'

import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'

import { acceptedNotice, enter, languageTag, sentTo } from './entry'

export const PAUSE = 60
export const DIGITS = 6

/** Seconds until another code may be asked for; begins with the page, since a code has just been sent. */
export function usePause() {
  const left = ref(PAUSE)
  let timer: ReturnType<typeof setInterval> | undefined
  const stop = () => clearInterval(timer)

  function begin(seconds = PAUSE): void {
    stop()
    left.value = seconds
    timer = setInterval(() => {
      left.value -= 1
      if (left.value <= 0) stop()
    }, 1000)
  }

  begin()
  onUnmounted(stop)
  return { left, begin }
}

/** What people paste or type around the digits is left out. */
export function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '').slice(0, DIGITS)
}

/** The page that takes the code of signing in. */
export function useCode(leave: () => void) {
  const typed = ref('')
  const address = computed(() => sentTo.value ?? '')
  const isPhone = computed(() => !address.value.includes('@'))
  const code = computed(() => digitsOf(typed.value))
  const pause = usePause()

  const signIn = useSubmit(
    () =>
      api.post('/api/sign-in', {
        body: { address: address.value, code: code.value, language: languageTag(), privacy_notice: acceptedNotice.value || null },
      }),
    enter,
  )
  const again = useSubmit(
    () => api.post('/api/sign-in/codes', { body: { address: address.value, language: languageTag(), purpose: 'SIGN_IN' } }),
    () => {
      typed.value = ''
      signIn.reset()
      pause.begin()
    },
  )
  const needsNotice = computed(() => signIn.refusal?.code === 'privacy_consent_needed')

  onLoad(() => {
    if (sentTo.value === null) leave()
  })
  return { typed, code, address, isPhone, left: pause.left, signIn, again, needsNotice }
}
