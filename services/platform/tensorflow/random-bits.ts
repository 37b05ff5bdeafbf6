/** A seeded source of randomness: each call gives the next 32 bits as a signed integer. */
export type RandomBits = () => number;
