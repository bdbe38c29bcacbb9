// The session of this device: its tokens live in the device's storage and nowhere else.
import { computed, ref } from 'vue'

export interface Session {
  token: string
  /** Empty when the server gave none. */
  refreshToken: string
}

const STORED = 'session'
const session = ref<Session | null>(null)
const endings: (() => void)[] = []

export const isSignedIn = computed(() => session.value !== null)

export function getSession(): Session | null {
  return session.value
}

/** At the start, and before a refresh: the session that this device kept. Another tab may have renewed it. */
export function restoreSession(): Session | null {
  const stored: unknown = uni.getStorageSync(STORED)
  session.value = isSession(stored) ? stored : null
  return session.value
}

export function keepSession(given: Session): void {
  session.value = given
  uni.setStorageSync(STORED, given)
}

/** Forgets the session here; what else was kept for this person forgets with it. */
export function forgetSession(): void {
  session.value = null
  uni.removeStorageSync(STORED)
  for (const forget of endings) forget()
}

/** Called whenever the session ends, so that nothing of one person stays for the next. */
export function onSessionEnd(forget: () => void): void {
  endings.push(forget)
}

function isSession(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && typeof (value as Session).token === 'string'
}
