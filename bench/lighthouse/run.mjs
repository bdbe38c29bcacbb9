// Audits pages of the app as a telephone on a slow network sees them. Reads what to do from standard input, prints
// the scores: {"home": {"performance": 0.97, …, "interactive_ms": 1800}, …}.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import lighthouse from 'lighthouse'
import puppeteer from 'puppeteer-core'

const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const { chromium, flags, base, storage, pages } = JSON.parse(readFileSync(0, 'utf8'))

const folder = mkdtempSync(join(tmpdir(), 'imc-lighthouse-'))
const chrome = spawn(chromium, [...flags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${folder}`, 'about:blank'], {
  stdio: ['ignore', 'ignore', 'pipe'],
})
try {
  const endpoint = await new Promise((resolve, reject) => {
    chrome.stderr.setEncoding('utf8')
    let said = ''
    chrome.stderr.on('data', (part) => {
      said += part
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found) resolve(found[1])
    })
    chrome.on('exit', () => reject(new Error(`Chromium ended: ${said}`)))
  })
  const browser = await puppeteer.connect({ browserWSEndpoint: endpoint })
  const tab = await browser.newPage()
  await tab.goto(base)
  await tab.evaluate((kept) => Object.entries(kept).forEach(([name, value]) => localStorage.setItem(name, value)), storage)
  await tab.close()
  const scores = {}
  for (const [name, address] of Object.entries(pages)) {
    const { lhr } = await lighthouse(base + address, {
      port: Number(new URL(endpoint).port),
      disableStorageReset: true,
      onlyCategories: CATEGORIES,
      logLevel: 'error',
    })
    scores[name] = {
      ...Object.fromEntries(CATEGORIES.map((each) => [each.replace('-', '_'), lhr.categories[each].score])),
      interactive_ms: lhr.audits.interactive?.numericValue ?? lhr.audits['largest-contentful-paint'].numericValue,
      paint_ms: lhr.audits['largest-contentful-paint'].numericValue,
      faults: Object.values(lhr.audits)
        .filter((audit) => audit.score !== null && audit.score < 0.9 && audit.scoreDisplayMode === 'binary')
        .map((audit) => audit.id),
    }
  }
  await browser.disconnect()
  console.log(JSON.stringify(scores))
} finally {
  chrome.kill()
  await new Promise((resolve) => chrome.once('exit', resolve))
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
