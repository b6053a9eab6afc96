/* Imports that the build replaces: see .build/imports.js. */

/** The file as it is. */
declare module '*?text' {
  export const text: string;
}

/** The module and all that it imports, bundled into one script for a browser. */
declare module '*?script' {
  export const text: string;
}

/** The module of AssemblyScript, compiled to WebAssembly. */
declare module '*?wasm' {
  /** In base64. */
  export function base64(): string;
}
