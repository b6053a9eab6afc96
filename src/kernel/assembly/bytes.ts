/* Bytes that mean something in JSON. */
export const QUOTE: u32 = 0x22;
export const BACKSLASH: u32 = 0x5c;
export const MINUS: u32 = 0x2d;
export const COLON: u32 = 0x3a;
export const COMMA: u32 = 0x2c;
export const OPEN_OBJECT: u32 = 0x7b;
export const CLOSE_OBJECT: u32 = 0x7d;
export const OPEN_ARRAY: u32 = 0x5b;
export const CLOSE_ARRAY: u32 = 0x5d;
/** First letters of `true`, `false` and `null`. */
export const T: u32 = 0x74;
export const F: u32 = 0x66;
export const N: u32 = 0x6e;
