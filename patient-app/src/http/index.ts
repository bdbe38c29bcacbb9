export { api, withSession } from './client'
export { download, upload } from './files'
export { asRefusal, Refusal } from './refusal'
export { forgetSession, getSession, isSignedIn, keepSession, onSessionEnd, restoreSession, type Session } from './session'
export { addressOf, setOrigin } from './transport'
export type { components } from './types'

/** A fresh key under which the server does an act once, for bodies that take an `idempotency_key`. */
export function newKey(): string {
  const part = () => Math.random().toString(36).slice(2, 10).padEnd(8, '0')
  return `${Date.now().toString(36)}-${part()}-${part()}`
}
