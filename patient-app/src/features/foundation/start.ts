import { restoreAcceptedNotice } from '@/features/account/entry'
import { followLanguage } from '@/features/account/use-account'
import { restoreSession, setOrigin } from '@/http'
import { startLanguage } from '@/locale'
import { platform } from '@/platform'

import { startAppearance } from './appearance'

/** Before the first page: what this device remembers. */
export function startApp(): void {
  setOrigin(import.meta.env['VITE_IMC_ORIGIN'] ?? '')
  startAppearance()
  startLanguage(platform.deviceLanguage())
  restoreSession()
  restoreAcceptedNotice()
  followLanguage()
}
