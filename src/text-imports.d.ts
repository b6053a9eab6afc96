/* What the build takes into the bundle as text: see `textFiles` in rolldown.config.js. */
declare module '*?text' {
  export const text: string;
}
