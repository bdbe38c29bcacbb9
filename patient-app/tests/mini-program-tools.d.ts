declare module '*/mini-program/units.mjs' {
  export function convertUnits(text: string): string
}

declare module '*/mini-program/wxml.mjs' {
  export function prefixTags(wxml: string): string
  export function prefixSelector(selector: string): string
}

declare module '*/mini-program/wxss.mjs' {
  export function toCss(file: string, read: (file: string) => string): string
  export function scopeToPage(css: string, route: string): string
}
