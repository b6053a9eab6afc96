// The bundle imports this instead of node:child_process. commander uses that only to start subcommands that are programs
// of their own, which convoscope has none of, and loading it takes 5 ms. See rolldown.config.js.
export {};
