// Links to one report: made, copied or sent while their address is known, and withdrawn.
import { ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, type components } from '@/http'
import { isChinese, sayPlain, t } from '@/locale'
import { formatMoment } from '@/locale/dates'
import { platform } from '@/platform'

export type Share = components['schemas']['ShareOut']
export type Opening = Share['openings'][number]
export type Kind = 'LAB' | 'EXAM'

export function useShares(id: Ref<string>, kind: Ref<Kind>) {
  const days = ref('7')
  const isCopied = ref(false)
  const load = useLoad(() => api.get('/api/reports/{report_id}/shares', { path: { report_id: id.value } }), { needsSignIn: true })
  const make = useSubmit(
    () => {
      isCopied.value = false
      return api.post('/api/report-shares', { body: { kind: kind.value, report_id: id.value, days: Number(days.value) as 1 | 7 | 30 } })
    },
    () => void load.reload(),
  )
  const withdraw = useSubmit(
    (_key, share: string) => api.delete('/api/report-shares/{share_id}', { path: { share_id: share } }).then(() => share),
    (share) => {
      if (make.result?.id === share) make.reset()
      void load.reload()
    },
  )
  async function copy(): Promise<void> {
    await platform.copy(make.result?.address ?? '')
    isCopied.value = true
  }
  async function send(): Promise<void> {
    const isSent = await platform.share(t('reports.share.subject'), t('reports.share.message'), make.result?.address ?? '')
    if (!isSent) await copy()
  }
  return { days, isCopied, load, make, withdraw, copy, send }
}

/** One look by a link on a line: the page or the paper, with what, from where. */
export function sayOpening(opening: Opening): string {
  const what = t(opening.is_paper ? 'reports.share.paper' : 'reports.share.page')
  const where = opening.network ? t('reports.share.network', { network: opening.network }) : ''
  return [what, sayPlain(opening.device), where].filter(Boolean).join(isChinese.value ? '，' : ', ')
}

export function sayEnd(share: Share): string {
  if (share.withdrawn_at) return t('reports.share.withdrawn', { time: formatMoment(share.withdrawn_at) })
  return t(share.is_working ? 'reports.share.until' : 'reports.share.ended', { time: formatMoment(share.expires_at) })
}
