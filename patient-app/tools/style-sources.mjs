// What the style sheet takes from elsewhere: the design tokens that the staff pages use too, and the drawn icons.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const APP = join(dirname(fileURLToPath(import.meta.url)), '..')
const TOKENS = join(APP, '..', 'hospital', 'staff_web', 'design', 'tokens.json')
const ICONS = join(APP, 'design', 'icons')
const NOTICE = '/* Written by `npm run style`. Change the sources named in tools/style-sources.mjs. */'

export const TARGETS = {
  'src/style/tokens.scss': renderTokens,
  'src/style/icons.scss': renderIcons,
  'src/components/icon-names.ts': renderIconNames,
}

export function renderTokens() {
  const tokens = JSON.parse(readFileSync(TOKENS, 'utf8'))
  const lines = []
  for (const [family, steps] of Object.entries(tokens.color)) {
    for (const [step, value] of Object.entries(steps)) lines.push(`--${family}-${step}: ${value};`)
  }
  lines.push(`--font-sans: ${tokens.font.sans};`)
  for (const [step, value] of Object.entries(tokens.radius)) lines.push(`--r-${step}: ${value}px;`)
  for (const [step, value] of Object.entries(tokens.shadow)) lines.push(`--shadow-${step}: ${value};`)
  for (const [step, value] of Object.entries(tokens.motion)) lines.push(`--motion-${step}: ${value};`)
  return `${NOTICE}\npage, :root {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`
}

export function renderIcons() {
  const rules = iconNames().map((name) => {
    const drawing = readFileSync(join(ICONS, `${name}.svg`), 'utf8').trim().replaceAll('currentColor', '#000').replaceAll('"', "'")
    const address = drawing.replaceAll('%', '%25').replaceAll('#', '%23').replaceAll('<', '%3C').replaceAll('>', '%3E')
    return `.i-${name} { --i: url("data:image/svg+xml,${address}"); }`
  })
  return `${NOTICE}
.icon { display: inline-block; flex: none; width: u(24); height: u(24); background-color: currentColor; -webkit-mask: var(--i) center / contain no-repeat; mask: var(--i) center / contain no-repeat; }
.icon-20 { width: u(20); height: u(20); } .icon-16 { width: u(16); height: u(16); } .icon-28 { width: u(28); height: u(28); }
${rules.join('\n')}
`
}

export function renderIconNames() {
  const names = iconNames().map((name) => `  | '${name}'`)
  return `// Written by \`npm run style\` from design/icons.\nexport type IconName =\n${names.join('\n')}\n`
}

function iconNames() {
  return readdirSync(ICONS).filter((file) => file.endsWith('.svg')).map((file) => file.slice(0, -4)).sort()
}
