/** WXSS as CSS for Chromium: units, tags, imports, and pages that do not style each other. */

import path from 'node:path'
import { convertUnits } from './units.mjs'
import { prefixSelector } from './wxml.mjs'

const UNSCOPED = /^@(keyframes|-webkit-keyframes|font-face|charset)\b/

/** CSS of one file, its imports in place. `read` gives the text of a path of the package. */
export function toCss(file, read, seen = new Set()) {
  if (seen.has(file)) return ''
  seen.add(file)
  const text = read(file).replace(/\/\*[\s\S]*?\*\//g, '')
  const whole = text.replace(/@import\s+(?:url\()?["']([^"')]+)["']\)?\s*;?/g, (_, target) =>
    toCss(path.posix.join(target.startsWith('/') ? '' : path.posix.dirname(file), target), read, seen),
  )
  return rewrite(whole)
}

/** CSS that reaches nothing outside the page of this route. */
export function scopeToPage(css, route) {
  const rules = splitRules(css)
  const free = rules.filter((rule) => UNSCOPED.test(rule))
  const scoped = rules.filter((rule) => !UNSCOPED.test(rule))
  return scoped.length ? `${free.join('')}@scope ([data-route="${route}"]) {${scoped.join('')}}` : free.join('')
}

function rewrite(css) {
  let out = ''
  for (const { text, end } of pieces(css)) {
    if (end !== '{') out += convertUnits(text)
    else out += text.trim().startsWith('@') ? text : prefixSelector(text.trim())
    out += end
  }
  return out
}

/** The texts between `{`, `}` and `;`, without falling for those in strings and parentheses. */
function* pieces(css) {
  let start = 0
  for (let at = 0; at < css.length; at += 1) {
    const sign = css[at]
    if (sign === '"' || sign === "'") at = endOfString(css, at)
    else if (sign === '(') at = endOfParenthesis(css, at)
    else if (sign === '{' || sign === '}' || sign === ';') {
      yield { text: css.slice(start, at), end: sign, at }
      start = at + 1
    }
  }
  if (start < css.length) yield { text: css.slice(start), end: '', at: css.length }
}

function endOfString(css, start) {
  for (let at = start + 1; at < css.length; at += 1) {
    if (css[at] === '\\') at += 1
    else if (css[at] === css[start]) return at
  }
  return css.length
}

function endOfParenthesis(css, start) {
  let depth = 0
  for (let at = start; at < css.length; at += 1) {
    const sign = css[at]
    if (sign === '"' || sign === "'") at = endOfString(css, at)
    else if (sign === '(') depth += 1
    else if (sign === ')' && (depth -= 1) === 0) return at
  }
  return css.length
}

function splitRules(css) {
  const rules = []
  let depth = 0
  let start = 0
  for (const { end, at } of pieces(css)) {
    if (end === '{') depth += 1
    if (end === '}') depth -= 1
    if (depth === 0 && end) {
      rules.push(css.slice(start, at + 1).trim())
      start = at + 1
    }
  }
  return rules
}
