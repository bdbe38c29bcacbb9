// A paid bill with its papers.
import { computed, ref, type Ref } from 'vue'

import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, download, type components } from '@/http'
import { platform } from '@/platform'

export type FiscalReceipt = components['schemas']['FiscalReceiptOut']
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
  const openSheet = (receipt: FiscalReceipt) => open.run(`/api/receipts/${receipt.id}/sheet`, receipt.number)
  const openCopy = (receipt: FiscalReceipt) => open.run(`/api/receipts/${receipt.id}/copy`, receipt.number)
  /** The one that speaks for the bill; null while it is being issued, or when all money went back. */
  const inForce = computed(() => load.data?.receipts.find((one) => one.state === 'IN_FORCE') ?? null)
  const others = computed(() => load.data?.receipts.filter((one) => one.number && one !== inForce.value) ?? [])
  const isWaiting = computed(() => load.data?.receipts.some((one) => one.state === 'WAITING') ?? false)
  return { load, inForce, others, isWaiting, openSheet, openCopy, language, open, openStatement, openNotice }
}
