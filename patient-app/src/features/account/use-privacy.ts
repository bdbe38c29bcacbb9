// Consents, one's own data and the end of the account.
import { computed, ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { addressOf, api, forgetSession, type components } from '@/http'
import { t } from '@/locale'
import { startAt } from '@/navigation'
import { platform } from '@/platform'

import { acceptNotice, languageTag } from './entry'
import { digitsOf } from './use-code'
import type { Purpose } from './use-notice'

export type Consent = components['schemas']['ConsentOut']
export type DataCopy = components['schemas']['DataCopyOut']

export function useConsents() {
  const load = useLoad(() => api.get('/api/account/consents'), { needsSignIn: true })
  const keep = (consents: Consent[]) => {
    load.data = consents
  }
  const give = useSubmit(async (_key, purpose: Purpose, version: number) => {
    const body = { version, language: languageTag() }
    const consents = await api.post('/api/account/consents/{purpose}', { path: { purpose }, body })
    if (purpose === 'PRIVACY') acceptNotice(version)
    return consents
  }, keep)
  const withdraw = useSubmit(
    (_key, purpose: Purpose) => api.delete('/api/account/consents/{purpose}', { path: { purpose } }),
    keep,
  )
  return { load, give, withdraw }
}

export function useDevices() {
  const load = useLoad(() => api.get('/api/account/devices'), { needsSignIn: true })
  const signOut = useSubmit(
    (_key, id: string) => api.delete('/api/account/devices/{device_id}', { path: { device_id: id } }),
    () => void load.reload(),
  )
  return { load, signOut }
}

export function useDataCopies() {
  const load = useLoad(() => api.get('/api/account/data-copies'), { needsSignIn: true, everySeconds: 5 })
  const ask = useSubmit(() => api.post('/api/account/data-copies'), () => void load.reload())
  const take = useSubmit(
    (_key, id: string) => api.post('/api/account/data-copies/{copy_id}/link', { path: { copy_id: id } }),
    ({ path }) => {
      void platform.leaveFor(addressOf(path))
      setTimeout(() => void load.reload(), 2000)
    },
  )
  const latest = computed(() => load.data?.[0] ?? null)
  const isWaiting = computed(() => latest.value?.state === 'PREPARING' || latest.value?.state === 'READY')
  return { load, ask, take, latest, isWaiting }
}

export function useCorrections() {
  const load = useLoad(() => api.get('/api/account/corrections'), { needsSignIn: true })
  const text = ref('')
  const isTried = ref(false)
  const ask = useSubmit(
    () => api.post('/api/account/corrections', { body: { text: text.value.trim() } }),
    () => {
      text.value = ''
      isTried.value = false
      void load.reload()
    },
  )
  const fault = computed(() => (isTried.value && text.value.trim().length < 3 ? t('field.required') : ''))

  async function run(): Promise<void> {
    isTried.value = true
    if (!fault.value) await ask.run()
  }
  return { load, text, fault, ask, run }
}

export function useDeletion() {
  const load = useLoad(() => api.get('/api/account/deletion'), { needsSignIn: true })
  const typed = ref('')
  const isSent = ref(false)
  const isTried = ref(false)
  const isFree = computed(() => load.data !== null && load.data.open_bills + load.data.coming_appointments === 0)
  const send = useSubmit(() => api.post('/api/account/deletion/code'), () => (isSent.value = true))
  const end = useSubmit(
    () => api.post('/api/account/deletion', { body: { code: digitsOf(typed.value) } }),
    () => {
      forgetSession()
      startAt('/account/deleted')
    },
  )
  const fault = computed(() => (isTried.value && digitsOf(typed.value).length < 6 ? t('field.required') : ''))

  async function run(): Promise<void> {
    if (!isSent.value) {
      await send.run()
      return
    }
    isTried.value = true
    if (!fault.value) await end.run()
  }
  return { load, typed, isSent, isFree, send, end, fault, run }
}
