import { expect, it, vi } from 'vitest'

import { runSetup } from '../../../tests/run-setup'
import { answers } from '../../../tests/uni'
import { life } from '../../../tests/uni-app'

import { usePlaces } from './use-places'

const days = [
  { day: '2026-11-25', sessions: 1, free: 0 },
  { day: '2026-11-26', sessions: 1, free: 1 },
]
const place = (day: string, free: number) => ({ id: Number(day.slice(-2)), number: 1, starts_at: `${day}T02:00:00Z`, ends_at: '', free, opens_at: null, is_past: false })

function open(taken: () => boolean = () => false) {
  answers((call) => {
    const day = /day=([\d-]+)/.exec(call.url)?.[1] ?? ''
    if (call.url.includes('/booking/days')) call.answer(200, days)
    else if (call.url.includes('/places')) call.answer(200, [{ session_id: `S${day}`, places: [place(day, taken() ? 0 : 1)] }])
    else call.answer(200, [{ id: `S${day}`, price: { total: '35.00' } }])
  })
  const { result } = runSetup(() => usePlaces(() => 'D', () => ''))
  life('show')
  return result
}

it('begins with the first day that has a free place, and with its price', async () => {
  const { day, board, session } = open()
  await vi.waitFor(() => expect(board.data?.places).toHaveLength(1))
  expect(day.value).toBe('2026-11-26')
  expect(session.value?.price?.total).toBe('35.00')
})

it('takes the choice and the places of another day away at once', async () => {
  const { day, board, chosen } = open()
  await vi.waitFor(() => expect(board.data).not.toBeNull())
  chosen.value = board.data!.places[0]!
  day.value = '2026-11-25'
  await vi.waitFor(() => expect(board.data?.day).toBe('2026-11-25'))
  expect(chosen.value).toBeNull()
})

it('does not keep a place that somebody else took', async () => {
  let isTaken = false
  const { board, chosen } = open(() => isTaken)
  await vi.waitFor(() => expect(board.data).not.toBeNull())
  chosen.value = board.data!.places[0]!
  isTaken = true
  await board.reload()
  await vi.waitFor(() => expect(chosen.value).toBeNull())
})
