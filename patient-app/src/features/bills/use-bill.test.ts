import { beforeEach, expect, it, vi } from 'vitest'
import { ref } from 'vue'

import { api, keepSession, Refusal } from '@/http'
import { platform } from '@/platform'

import { runSetup } from '../../../tests/run-setup'
import { life } from '../../../tests/uni-app'

import { useBill } from './use-bill'
import { useResult } from './use-result'

const replaceWith = vi.hoisted(() => vi.fn())
vi.mock('@/navigation', () => ({ replaceWith }))

const LINES = [
  { id: 'a', campus_code: 'IMC', is_being_paid: false },
  { id: 'b', campus_code: 'IMC', is_being_paid: true },
  { id: 'c', campus_code: 'NORTH', is_being_paid: false },
]
const CALL = { appId: 'wx', timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 's' }
const PAYMENT = { id: 'p-1', state: 'PAYING', checkout_url: 'https://pay.test/1', wechat: null }

/** The device that the test plays. */
function on(name: 'h5' | 'weixin'): void {
  Object.defineProperty(platform, 'name', { value: name, configurable: true })
  Object.defineProperty(platform, 'canPayByWeChat', { value: name === 'weixin', configurable: true })
}

beforeEach(() => {
  on('h5')
  vi.restoreAllMocks()
  replaceWith.mockReset()
  keepSession({ token: 'a', refreshToken: '' })
})

function answer(started: object = { settlement_id: 's-1', payment: PAYMENT }) {
  vi.spyOn(api, 'get').mockResolvedValue({ person: {}, lines: LINES, payable: '3.00', payment: null } as never)
  return vi.spyOn(api, 'post').mockImplementation(((address: string) =>
    Promise.resolve(address === '/api/bills/quote' ? { token: 't-1', lines: [] } : started)) as never)
}

async function shown(campus = '') {
  const { result } = runSetup(() => useBill(ref('person'), ref(campus)))
  life('show')
  await vi.waitFor(() => expect(result.load.data).not.toBeNull())
  return result
}

it('quotes the free lines of one campus and counts the others', async () => {
  const post = answer()
  const bill = await shown()
  expect(post).toHaveBeenCalledWith('/api/bills/quote', { body: { charge_ids: ['a'] } })
  expect(bill.load.data?.elsewhere).toBe(1)
  await shown('NORTH')
  expect(post).toHaveBeenLastCalledWith('/api/bills/quote', { body: { charge_ids: ['c'] } })
})

it('sends the payer to the result first and then to the bank', async () => {
  const post = answer()
  const leave = vi.spyOn(platform, 'leaveFor').mockResolvedValue()
  const bill = await shown()
  await bill.pay.run()
  expect(post).toHaveBeenLastCalledWith('/api/bills/pay', {
    body: { quote_token: 't-1', idempotency_key: expect.any(String), means: 'card', returns_to: 'app' },
  })
  await vi.waitFor(() => expect(leave).toHaveBeenCalledWith('https://pay.test/1'))
  expect(replaceWith).toHaveBeenCalledWith('/bills/result', { payment: 'p-1' })
})

it('accepts the price notice by the text that was read, and looks at the bill again', async () => {
  const post = answer()
  const notice = { service_line: 'INTL', campus_code: 'IMC', hash: 'f00d' }
  post.mockImplementation(((address: string) =>
    Promise.resolve(address === '/api/bills/quote' ? { token: 't-1', lines: [], price_notices: [notice] } : {})) as never)
  const bill = await shown()
  expect(bill.notices.value).toEqual([notice])
  bill.isRead.value = true
  expect(await bill.accept.run()).toBe(true)
  expect(post).toHaveBeenCalledWith('/api/people/{person_id}/price-notices', {
    path: { person_id: 'person' },
    body: { service_line: 'INTL', campus_code: 'IMC', hash: 'f00d', language: expect.stringMatching(/^(en|zh-hans)$/) },
  })
  expect(bill.isRead.value).toBe(false)
  await vi.waitFor(() => expect(post.mock.calls.filter(([address]) => address === '/api/bills/quote')).toHaveLength(2))
})

it('shows the receipt at once where nothing is due', async () => {
  answer({ settlement_id: 's-1', payment: null })
  const bill = await shown()
  await bill.pay.run()
  expect(replaceWith).toHaveBeenCalledWith('/bills/receipt', { bill: 's-1' })
})

it('pays once when the answer was lost: the next try carries the same key', async () => {
  const post = answer()
  const bill = await shown()
  post.mockRejectedValueOnce(new Refusal('timeout', { status: 0, code: 'timeout', detail: '' }))
  expect(await bill.pay.run()).toBe(false)
  vi.spyOn(platform, 'leaveFor').mockResolvedValue()
  expect(await bill.pay.run()).toBe(true)
  const keys = post.mock.calls.filter(([address]) => address === '/api/bills/pay').map((call) => (call[1] as never as { body: { idempotency_key: string } }).body.idempotency_key)
  expect(keys).toHaveLength(2)
  expect(new Set(keys).size).toBe(1)
})

it('connects this WeChat to the account where that is missing, and pays with it', async () => {
  const post = answer({ settlement_id: 's-1', payment: { ...PAYMENT, checkout_url: '', wechat: CALL } })
  const put = vi.spyOn(api, 'put').mockResolvedValue(undefined as never)
  const call = vi.spyOn(platform, 'payByWeChat').mockResolvedValue('sent')
  on('weixin')
  vi.spyOn(platform, 'signInCode').mockResolvedValue('code-1')
  const bill = await shown()
  post.mockRejectedValueOnce(new Refusal('refused', { status: 409, code: 'wechat_not_linked', detail: '' }))
  expect(await bill.pay.run()).toBe(true)
  expect(put).toHaveBeenCalledWith('/api/account/wechat', { body: { code: 'code-1' } })
  await vi.waitFor(() => expect(call).toHaveBeenCalledWith(CALL))
})

it('asks for the result until it is final, and then no more', async () => {
  const told = { id: 'p-1', state: 'UNKNOWN', returning: '0.00' }
  const get = vi.spyOn(api, 'get').mockResolvedValueOnce(told as never).mockResolvedValue({ ...told, state: 'PAID' } as never)
  const { result } = runSetup(() => useResult(ref('p-1')))
  life('show')
  await vi.waitFor(() => expect(result.outcome.value).toBe('checking'))
  await result.load.reload()
  expect(result.outcome.value).toBe('paid')
  await result.load.reload()
  expect(get).toHaveBeenCalledTimes(2)
})
