import { beforeEach, expect, it, vi } from 'vitest'
import { ref } from 'vue'

import { keepSession } from '@/http'

import { runSetup } from '../../../tests/run-setup'
import { answers, calls, uniMock } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { useConfirm } from './use-confirm'

const held = {
  id: 'A',
  state: 'HELD',
  clinician_id: 'D',
  person_id: 'P',
  starts_at: '2026-11-26T01:00:00Z',
  held_until: '2026-11-25T02:15:00Z',
  read_at: '2026-11-25T02:00:00Z',
  preview: { price: { total: '35.00' }, pay_by: '2026-11-25T23:00:00Z', free_until: '2026-11-25T09:00:00Z' },
}
const places = [
  {
    session_id: 'S',
    places: [
      { id: 1, number: 1, starts_at: held.starts_at, ends_at: '', free: 0, is_past: false },
      { id: 2, number: 2, starts_at: '2026-11-26T01:20:00Z', ends_at: '', free: 1, is_past: false },
    ],
  },
]

beforeEach(() => keepSession({ token: 't', refreshToken: 'r' }))

function open(appointment: object = held) {
  answers((call) => {
    if (call.url.includes('/places')) call.answer(200, places)
    else if (call.url.endsWith('/book')) call.answer(200, { id: 'A' })
    else if (call.url.endsWith('/hold')) call.answer(201, { appointment_id: 'B', state: 'HELD' })
    else if (call.url.endsWith('/release')) call.answer(204)
    else call.answer(200, appointment)
  })
  const id = ref('A')
  const { result } = runSetup(() => useConfirm(id))
  life('show')
  return { id, result }
}

it('shows what booking would mean while the hold lasts', async () => {
  const { result } = open()
  await vi.waitFor(() => expect(result.appointment.value?.id).toBe('A'))
  expect(result.isOver.value).toBe(false)
  expect(result.preview.value).toEqual({ price: { total: '35.00' }, payBy: held.preview.pay_by, freeUntil: held.preview.free_until })
})

it('books once and leads to what is booked', async () => {
  const { result } = open()
  await vi.waitFor(() => expect(result.appointment.value).not.toBeNull())
  await Promise.all([result.book.run(true), result.book.run(true)])
  expect(calls.filter((call) => call.url.endsWith('/book'))).toHaveLength(1)
  expect(uniMock.redirectTo).toHaveBeenCalledWith({ url: '/booking/booked?id=A&pay=1' })
})

it('keeps the page when the time is over and offers the next free place', async () => {
  const { id, result } = open()
  await vi.waitFor(() => expect(result.appointment.value).not.toBeNull())
  result.end()
  await vi.waitFor(() => expect(result.next.value?.id).toBe(2))
  expect(result.isOver.value).toBe(true)
  await result.takeNext.run(2)
  expect(calls.find((call) => call.url.endsWith('/hold'))?.data).toEqual({ slot_id: 2, person_id: 'P' })
  expect(id.value).toBe('B')
})

it('leads to the appointment when it was booked elsewhere meanwhile', async () => {
  open({ ...held, state: 'BOOKED' })
  await vi.waitFor(() => expect(uniMock.redirectTo).toHaveBeenCalledWith({ url: '/booking/appointment?id=A' }))
})
