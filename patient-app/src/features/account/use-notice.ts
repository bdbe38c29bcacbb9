// A text to agree to, in parts that a page can draw.
import { useLoad } from '@/features/foundation/use-load'
import { api, type components } from '@/http'

export type Notice = components['schemas']['NoticeOut']
export type Purpose = Notice['purpose']
export type Part = { kind: 'heading' | 'text'; words: string } | { kind: 'list'; lines: string[] }

/** Headings (`## `), lists (`- `) and paragraphs of a notice. */
export function partsOf(body: string): Part[] {
  const parts: Part[] = []
  for (const line of body.split('\n').map((each) => each.trim())) {
    if (!line) continue
    const last = parts.at(-1)
    if (line.startsWith('## ')) parts.push({ kind: 'heading', words: line.slice(3) })
    else if (!line.startsWith('- ')) parts.push({ kind: 'text', words: line })
    else if (last?.kind === 'list') last.lines.push(line.slice(2))
    else parts.push({ kind: 'list', lines: [line.slice(2)] })
  }
  return parts
}

export function useNotice(purpose: () => Purpose) {
  return useLoad(() => api.get('/api/notices/{purpose}', { path: { purpose: purpose() } }))
}
