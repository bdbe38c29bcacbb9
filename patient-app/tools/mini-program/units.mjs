/** WeChat's units in CSS. */

const DESIGN_WIDTH = 750
const LITERAL = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\)`
const UNIT = new RegExp(String.raw`${LITERAL}|(-?\d*\.?\d+)(rpx|vh)\b`, 'g')

/** `rpx` as a share of the window's width, `vh` as a share of the page's own height (between its bars). */
export function convertUnits(text) {
  return text.replace(UNIT, (whole, number, unit) => {
    if (!unit) return whole
    return unit === 'vh' ? `calc(${number} * var(--mp-vh))` : `${round((Number(number) / DESIGN_WIDTH) * 100)}vw`
  })
}

function round(number) {
  return Number(number.toFixed(4))
}
