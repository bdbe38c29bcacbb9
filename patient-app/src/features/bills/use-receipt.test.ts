import { beforeEach, expect, it, vi } from 'vitest'
import { ref } from 'vue'

import { api, keepSession } from '@/http'
import * as http from '@/http'
import { platform } from '@/platform'

import { runSetup } from '../../../tests/run-setup'
import { life } from '../../../tests/uni-app'

import { useReceipt } from './use-receipt'
import { useStatement } from './use-statement'

const BLUE = { id: 'r-1', kind: 'BLUE', state: 'REVERSED', number: '0001' }
const RED = { id: 'r-2', kind: 'RED', state: 'ISSUED', number: '0002' }
const REST = { id: 'r-3', kind: 'BLUE', state: 'IN_FORCE', number: '0003' }
const NEW = { id: 'r-4', kind: 'BLUE', state: 'WAITING', number: '' }

vi.mock('@/http', async (original) => ({ ...(await original<typeof http>()), download: vi.fn() }))

beforeEach(() => {
  vi.restoreAllMocks()
  keepSession({ token: 'a', refreshToken: '' })
  vi.mocked(http.download).mockReset().mockResolvedValue('blob:paper')
})

async function shown(receipts: object[]) {
  vi.spyOn(api, 'get').mockResolvedValue({ id: 'b-1', number: 'S-1', receipts } as never)
  const { result: receipt } = runSetup(() => useReceipt(ref('b-1')))
  life('show')
  await vi.waitFor(() => expect(receipt.load.data).not.toBeNull())
  return receipt
}

it('shows the receipt in force, and beside it those that were reversed', async () => {
  const receipt = await shown([BLUE, RED, REST])
  expect(receipt.inForce.value).toEqual(REST)
  expect(receipt.others.value).toEqual([BLUE, RED])
  expect(receipt.isWaiting.value).toBe(false)
})

it('says that a receipt is being issued', async () => {
  const receipt = await shown([NEW])
  expect([receipt.inForce.value, receipt.others.value, receipt.isWaiting.value]).toEqual([null, [], true])
})

it('opens the sheet in the chosen language', async () => {
  const open = vi.spyOn(platform, 'openDocument').mockResolvedValue()
  const receipt = await shown([REST])
  receipt.language.value = 'both'
  await receipt.openSheet(receipt.inForce.value!)
  expect(http.download).toHaveBeenCalledWith('/api/receipts/r-3/sheet?language=both')
  expect(open).toHaveBeenCalledWith('blob:paper', '0003-both.pdf')
})

it('asks for the statement of a period, from the first of the month until the reader says otherwise', async () => {
  vi.spyOn(platform, 'openDocument').mockResolvedValue()
  vi.spyOn(api, 'get').mockResolvedValue([{ id: 'p-1', is_default: true }] as never)
  const { result: statement } = runSetup(() => useStatement(() => new Date('2026-11-25T02:00:00Z')))
  life('show')
  await vi.waitFor(() => expect(statement.asked.person).toBe('p-1'))
  expect([statement.asked.from, statement.asked.to, statement.isReady.value]).toEqual(['2026-11-01', '2026-11-25', true])
  await statement.open.run()
  expect(http.download).toHaveBeenCalledWith(
    '/api/people/p-1/statement?first_on=2026-11-01&last_on=2026-11-25&language=en',
  )
  statement.asked.to = '2026-10-31'
  expect(statement.isReady.value).toBe(false)
})
