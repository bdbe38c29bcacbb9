import type { components } from '@/http'

export type Offer = components['schemas']['OfferOut']
export type Offers = components['schemas']['OffersOut']
export type Price = components['schemas']['PriceOut']
export type MyAppointment = components['schemas']['MyAppointmentOut']
export type OfferSession = components['schemas']['OfferSessionOut']

/** A day of the strip: what `/api/booking/days` says of it. */
export interface FreeDay {
  day: string
  sessions: number
  free: number
  opens_at?: string | null
}

export interface Place {
  id: number
  number: number
  starts_at: string
  ends_at: string
  free: number
  opens_at: string | null
  is_past: boolean
}

export interface SessionPlaces {
  session_id: string
  places: Place[]
}
