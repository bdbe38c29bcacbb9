// What the state of a payment means to the payer. "No money was taken" is said only of what the server calls ended.
import type { components } from '@/http'

export type Payment = components['schemas']['PaymentOut']
export type Outcome = 'paid' | 'waiting' | 'checking' | 'declined' | 'closed' | 'returning' | 'returned'

export function outcomeOf(payment: Payment): Outcome {
  switch (payment.state) {
    case 'PAID':
      return isMore(payment.returning) ? 'returning' : 'paid'
    case 'PART_REFUNDED':
    case 'REFUNDED':
      return isMore(payment.returning) ? 'returning' : 'returned'
    case 'FAILED':
      return 'declined'
    case 'CLOSED':
      return 'closed'
    case 'CREATED':
    case 'PAYING':
      // Past its end nobody can pay it, but what happened before is not known yet.
      return payment.server_now < payment.expires_at ? 'waiting' : 'checking'
    default:
      return 'checking'
  }
}

/** Whether nothing is left to find out. */
export function isFinal(payment: Payment): boolean {
  return ['paid', 'declined', 'closed', 'returned'].includes(outcomeOf(payment))
}

function isMore(amount: string | number): boolean {
  return !/^0*(\.0*)?$/.test(String(amount))
}
