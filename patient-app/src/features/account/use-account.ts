import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, forgetSession, getSession, isSignedIn, type components } from '@/http'
import { language, onLanguage, setLanguage, type Language } from '@/locale'
import { startAt, TAB_PAGES } from '@/navigation'

import { languageTag } from './entry'

export type Account = components['schemas']['AccountAnswer']

export function useAccount() {
  return useLoad(() => api.get('/api/account'), { key: 'account', needsSignIn: true })
}

/** What the app calls the reader. */
export function useName(name: () => string, done: (account: Account) => void) {
  return useSubmit(() => api.patch('/api/account', { body: { display_name: name() } }), done)
}

/** The account's language follows the app's, so that mail and messages come in it. */
export function followLanguage(): void {
  let told = language.value
  onLanguage((chosen) => {
    if (chosen === told) return
    told = chosen
    if (isSignedIn.value) void tellLanguage(chosen)
  })
}

export async function tellLanguage(chosen: Language): Promise<void> {
  try {
    await api.patch('/api/account', { body: { language: languageTag(chosen) } })
  } catch {
    // The app itself has changed already; the next change tells the server again.
  }
}

/** On a new device the account's own language is taken over. */
export function takeLanguage(account: Account): void {
  const wanted = { en: 'en', 'zh-hans': 'zh-Hans', 'zh-hant': 'zh-Hant' }[account.language] as Language
  if (wanted !== language.value) setLanguage(wanted)
}

/** Signs out here, or everywhere. Without an answer of the server this device forgets the session all the same. */
export function useSignOut() {
  return useSubmit(
    async (_key, isEverywhere: boolean) => {
      if (getSession() === null) return
      if (isEverywhere) await api.post('/api/sign-out/all')
      else await api.post('/api/sign-out').catch(() => undefined)
    },
    () => {
      forgetSession()
      startAt(TAB_PAGES.home)
    },
  )
}
