// A paid bill with its papers.
import { ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, download } from '@/http'
import { platform } from '@/platform'

export type PaperLanguage = 'en' | 'zh' | 'both'

export function useReceipt(bill: Ref<string>) {
  const load = useLoad(
    () => api.get('/api/bills/{settlement_id}', { path: { settlement_id: bill.value } }),
    { needsSignIn: true },
  )
  const language = ref<PaperLanguage>('en')
  const open = useSubmit(async (_key, path: string, name: string) => {
    const file = await download(`${path}?language=${language.value}`)
    await platform.openDocument(file, `${name}-${language.value}.pdf`)
  })
  const openStatement = () => open.run(`/api/bills/${bill.value}/statement`, load.data?.number ?? 'statement')
  const openNotice = (refund: { id: string; number: string }) => open.run(`/api/refunds/${refund.id}/notice`, refund.number)
  return { load, language, open, openStatement, openNotice }
}
