/// <reference types="vite/client" />

/** Whether this build carries the pseudo-language, twice as long as English. Tests only. */
declare const __PSEUDO__: boolean
