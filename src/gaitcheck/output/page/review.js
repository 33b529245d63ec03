/** Empty until a person reviews. */
export function startReview() {}
