// To the bill of a booking.
import { go } from '@/navigation'

import type { MyAppointment } from './types'

export function payFor(appointment: MyAppointment): void {
  go('/bills/bill', { person: appointment.person_id, campus: appointment.campus_code })
}
