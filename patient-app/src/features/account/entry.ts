// From "who are you" to a session: what was typed on the way is kept in memory, never in an address or a storage.
import { ref } from 'vue'

import { keepSession, type components } from '@/http'
import { language, type Language } from '@/locale'
import { replaceWith, startAt, TAB_PAGES } from '@/navigation'

export type SignedIn = components['schemas']['SignedInAnswer']
export type AppLanguage = 'en' | 'zh-hans' | 'zh-hant'

const ACCEPTED = 'privacy-notice'

/** The address to which a code went, for the page that takes it; null when that page was opened by its address. */
export const sentTo = ref<string | null>(null)
/** Where the reader wanted to go before signing in. */
export const nextPage = ref('')
/** The version of the privacy notice that was accepted on this device; 0 for none. */
export const acceptedNotice = ref(0)

export function restoreAcceptedNotice(): void {
  acceptedNotice.value = Number(uni.getStorageSync(ACCEPTED)) || 0
}

export function acceptNotice(version: number): void {
  acceptedNotice.value = version
  uni.setStorageSync(ACCEPTED, version)
}

/** The language as the server writes it. */
export function languageTag(of: Language = language.value): AppLanguage {
  return of.toLowerCase() as AppLanguage
}

/** Signed in: on to where the reader wanted to go. */
export function enter(answer: SignedIn): void {
  keepSession({ token: answer.token, refreshToken: answer.refresh_token })
  sentTo.value = null
  const next = nextPage.value
  nextPage.value = ''
  if (!next || next.startsWith('/account/sign-in')) startAt(TAB_PAGES.home)
  else if (Object.values(TAB_PAGES).includes(next.split('?')[0] ?? '')) startAt(next)
  else replaceWith(next)
}
