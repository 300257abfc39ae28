declare const brand: unique symbol

/**
 * `Base` that cannot be mixed up with another brand of the same base. Costs nothing at run time: a value gets its brand by one `as` in the
 * function that makes it.
 */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }
