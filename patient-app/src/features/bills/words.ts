// Words of bills that several pages share.
import type { components } from '@/http'
import { t } from '@/locale'

type Means = components['schemas']['MeansOut']
const BRANDS: Record<string, string> = { VISA: 'Visa', MASTERCARD: 'Mastercard', AMEX: 'American Express', JCB: 'JCB' }

export function meansWords(means: Means | null | undefined): string {
  if (!means) return t('bills.receipt.nothing-due')
  if (means.code === 'wechat_jsapi') return t('bills.means.wechat')
  if (!means.card_last4) return t('bills.means.card')
  const brand = BRANDS[means.card_brand] ?? means.card_brand
  return t('bills.card-ending', { brand, last4: means.card_last4 })
}
