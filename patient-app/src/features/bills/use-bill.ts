// One person's open bill at one campus: priced by a quote that ends, then paid.
import { computed, ref, type Ref } from 'vue'

import { languageTag } from '@/features/account/entry'
import { useLoad } from '@/features/foundation/use-load'
import { useSubmit } from '@/features/foundation/use-submit'
import { api, Refusal, type components } from '@/http'
import { replaceWith } from '@/navigation'
import { platform } from '@/platform'

import { makePayment, offeredMeans, returnsTo } from './make-payment'

type Bill = components['schemas']['OpenBillOut']
type Quote = components['schemas']['QuoteOut']
type Paid = components['schemas']['PayOut']
export type PriceNotice = components['schemas']['PriceNoticeOut']

export interface PricedBill {
  bill: Bill
  quote: Quote | null
  /** Lines of another campus, which has a bill of its own. */
  elsewhere: number
}

export function useBill(person: Ref<string>, campus: Ref<string>) {
  const load = useLoad<PricedBill>(
    async () => {
      const bill = await api.get('/api/people/{person_id}/bill', { path: { person_id: person.value } })
      const free = bill.lines.filter((line) => !line.is_being_paid)
      const place = campus.value || free[0]?.campus_code
      const mine = free.filter((line) => line.campus_code === place)
      const quote = mine.length
        ? await api.post('/api/bills/quote', { body: { charge_ids: mine.map((line) => line.id) } })
        : null
      return { bill, quote, elsewhere: free.length - mine.length }
    },
    { needsSignIn: true },
  )
  const quote = computed(() => load.data?.quote ?? null)
  const pay = useSubmit(
    (key) => startPayment(key, quote.value?.token ?? ''),
    (started) => void carryOn(started),
  )
  /** What has to be read and accepted before this bill can be paid. */
  const notices = computed(() => quote.value?.price_notices ?? [])
  const isRead = ref(false)
  const accept = useSubmit(
    async () => {
      for (const notice of notices.value) await acceptNotice(person.value, notice)
    },
    () => {
      isRead.value = false
      void load.reload()
    },
  )
  return { load, quote, pay, notices, isRead, accept }
}

/** Tells the server which text was read, by its hash, and in which language it was shown. */
async function acceptNotice(person: string, notice: PriceNotice): Promise<void> {
  const { service_line, campus_code, hash } = notice
  await api.post('/api/people/{person_id}/price-notices', {
    path: { person_id: person },
    body: { service_line: service_line as 'INTL' | 'SPECIAL', campus_code, hash, language: languageTag() },
  })
}

async function startPayment(key: string, token: string): Promise<Paid> {
  const body = { quote_token: token, idempotency_key: key, means: offeredMeans(), returns_to: returnsTo() }
  try {
    return await api.post('/api/bills/pay', { body })
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'wechat_not_linked') throw error
    // Signed in by e-mail or phone: this WeChat is connected to the account, then it may pay.
    const code = await platform.signInCode()
    if (code === null) throw error
    await api.put('/api/account/wechat', { body: { code } })
    return api.post('/api/bills/pay', { body })
  }
}

async function carryOn(started: Paid): Promise<void> {
  if (started.payment === null || started.payment === undefined) replaceWith('/bills/receipt', { bill: started.settlement_id })
  else await makePayment(started.payment)
}
