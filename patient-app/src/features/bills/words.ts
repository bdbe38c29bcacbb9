// Words of bills that several pages share.
import type { components } from '@/http'
import { t } from '@/locale'

type Means = components['schemas']['MeansOut']
const BRANDS: Record<string, string> = { VISA: 'Visa', MASTERCARD: 'Mastercard', AMEX: 'American Express', JCB: 'JCB' }

export function meansWords(means: Means | null | undefined): string {
  if (!means) return t('bills.receipt.nothing-due')
  if (means.code === 'wechat_jsapi' || means.code === 'wechat') return t('bills.means.wechat')
  if (means.code === 'alipay') return t('bills.means.alipay')
  if (means.code === 'cash') return t('bills.means.cash')
  if (means.code === 'partner') return t('bills.means.partner')
  if (!means.card_last4) return t('bills.means.card')
  const brand = BRANDS[means.card_brand] ?? means.card_brand
  return t('bills.card-ending', { brand, last4: means.card_last4 })
}

/** Every way in which a bill was paid. */
export function waysWords(all: Means[]): string {
  return all.length ? all.map((means) => meansWords(means)).join(' · ') : meansWords(null)
}
