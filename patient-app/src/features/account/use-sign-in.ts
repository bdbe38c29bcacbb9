import { computed, ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api } from '@/http'
import { t } from '@/locale'
import { go } from '@/navigation'
import { platform } from '@/platform'

import { acceptedNotice, acceptNotice, enter, languageTag, sentTo } from './entry'

export type Way = 'code' | 'password'

/** The first page of signing in: an address and a code, a password, or WeChat. */
export function useSignIn() {
  const way = ref<string>('code')
  const address = ref('')
  const password = ref('')
  const isTried = ref(false)
  const isAcceptTried = ref(false) // WeChat needs the notice and no address
  const notice = useLoad(() => api.get('/api/notices/{purpose}', { path: { purpose: 'PRIVACY' } }), { key: 'privacy' })
  const version = computed(() => notice.data?.version ?? 0)
  const isAccepted = computed({
    get: () => version.value > 0 && acceptedNotice.value === version.value,
    set: (isNow: boolean) => acceptNotice(isNow ? version.value : 0),
  })
  const canUseWechat = platform.name === 'weixin'

  const sendCode = useSubmit(
    (_key, to: string) => api.post('/api/sign-in/codes', { body: { address: to, language: languageTag(), purpose: 'SIGN_IN' } }),
    () => {
      sentTo.value = address.value.trim()
      go('/account/code')
    },
  )
  const byPassword = useSubmit(
    (_key, to: string, secret: string) => api.post('/api/sign-in/password', { body: { address: to, password: secret } }),
    enter,
  )
  const byWechat = useSubmit(async () => {
    const code = (await platform.signInCode()) ?? ''
    return api.post('/api/sign-in/wechat', { body: { code, language: languageTag(), privacy_notice: acceptedNotice.value || null } })
  }, enter)

  const addressFault = computed(() => (isTried.value && !address.value.trim() ? t('field.required') : ''))
  const passwordFault = computed(() => (isTried.value && !password.value ? t('field.required') : ''))
  const acceptFault = computed(() => (isAcceptTried.value && !isAccepted.value ? t('account.notice.needed') : ''))
  const submit = computed(() => (way.value === 'password' ? byPassword : sendCode))

  /** Sends what is complete; otherwise the faults stand beside their fields. */
  async function run(): Promise<void> {
    isTried.value = true
    isAcceptTried.value = true
    if (!address.value.trim()) return
    if (way.value === 'password') {
      if (password.value) await byPassword.run(address.value.trim(), password.value)
    } else if (isAccepted.value) await sendCode.run(address.value.trim())
  }

  async function enterByWechat(): Promise<void> {
    isAcceptTried.value = true
    if (isAccepted.value) await byWechat.run()
  }

  function choose(chosen: string): void {
    way.value = chosen
    isTried.value = false
    isAcceptTried.value = false
    sendCode.reset()
    byPassword.reset()
  }

  return {
    way, address, password, notice, isAccepted, canUseWechat, submit, byWechat,
    addressFault, passwordFault, acceptFault, run, enterByWechat, choose,
  }
}
