import type { CalendarEvent } from './types'

/** An iCalendar file (RFC 5545) with one event; times in UTC, so that every calendar shows the reader's own. */
export function calendarFile(event: CalendarEvent, now: Date): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//International Medical Center//Patient app//EN',
    'BEGIN:VEVENT',
    `UID:${stamp(new Date(event.startsAt))}-${hash(event.title + event.place)}@imc.example`,
    `DTSTAMP:${stamp(now)}`,
    `DTSTART:${stamp(new Date(event.startsAt))}`,
    `DTEND:${stamp(new Date(event.endsAt))}`,
    `SUMMARY:${escaped(event.title)}`,
    `LOCATION:${escaped(event.place)}`,
    `DESCRIPTION:${escaped(event.notes)}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return `${lines.flatMap(folded).join('\r\n')}\r\n`
}

function stamp(at: Date): string {
  return `${at.toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`
}

function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n')
}

/** Lines end at 75 octets; a character of Chinese takes three. */
function folded(line: string): string[] {
  const parts: string[] = []
  let [part, octets] = ['', 0]
  for (const character of line) {
    const size = encodeURIComponent(character).replace(/%../g, 'x').length
    if (octets + size > 74) {
      parts.push(part)
      ;[part, octets] = [' ', 1]
    }
    part += character
    octets += size
  }
  return [...parts, part]
}

function hash(text: string): string {
  let value = 7
  for (const character of text) value = (value * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return value.toString(36)
}
