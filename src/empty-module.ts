// Stands in the bundle for what a package loads and is never used for: see rolldown.config.js.
export {};
