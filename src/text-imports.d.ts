/* Imports that the build replaces with text: see `textFiles` and `pageScript` in .build/imports.js. */

/** The file as it is. */
declare module '*?text' {
  export const text: string;
}

/** The module and all that it imports, bundled into one script for a browser. */
declare module '*?script' {
  export const text: string;
}
