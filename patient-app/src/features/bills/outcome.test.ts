import { expect, it } from 'vitest'

import { isFinal, outcomeOf, type Payment } from './outcome'

const NOW = '2026-11-24T02:00:00Z'

function payment(state: string, changes: Partial<Payment> = {}): Payment {
  return {
    id: 'p', state, person_id: null, bill_id: null, amount: '35.00', paid: '0.00', refunded: '0.00', returning: '0.00',
    means: { code: 'card', card_brand: '', card_last4: '' }, checkout_url: '', wechat: null,
    expires_at: '2026-11-24T02:30:00Z', server_now: NOW, card_brand: '', card_last4: '', ...changes,
  }
}

it.each([
  ['PAID', {}, 'paid', true],
  ['PAID', { returning: '35.00' }, 'returning', false],
  ['PART_REFUNDED', { refunded: '5.00' }, 'returned', true],
  ['PART_REFUNDED', { refunded: '5.00', returning: '30.00' }, 'returning', false],
  ['REFUNDED', { refunded: '35.00' }, 'returned', true],
  ['FAILED', {}, 'declined', true],
  ['CLOSED', {}, 'closed', true],
  ['CREATED', {}, 'waiting', false],
  ['PAYING', {}, 'waiting', false],
  ['UNKNOWN', {}, 'checking', false],
  ['SOMETHING_NEW', {}, 'checking', false],
])('%s %o is %s', (state, changes, outcome, final) => {
  const told = payment(state, changes)
  expect(outcomeOf(told)).toBe(outcome)
  expect(isFinal(told)).toBe(final)
})

it('does not say that no money was taken while a payment past its end is not decided', () => {
  expect(outcomeOf(payment('PAYING', { server_now: '2026-11-24T02:31:00Z' }))).toBe('checking')
})
