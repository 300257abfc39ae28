/** The whole package. Each part has a door of its own: gilproof/model, /cpython, /properties, /checker, /report. */
export * from './checker.ts'
export * from './cpython.ts'
export * from './model.ts'
export * from './properties.ts'
export * from './report.ts'
