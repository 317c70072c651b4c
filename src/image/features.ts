/** The words of `ai.backend.features`, and what each promises. */

const MEANINGS = {
  batch: 'Programs that are passed as files can be built and run.',
  query: 'Snippets can be run, with a context that lasts from one to the next.',
  'uid-match': 'The user in the container gets the ids of the one outside. Always there.',
  'user-input': 'Programs can ask their user, in query and batch mode.',
  tty: 'There is a terminal. Ours is there in every session, so that the word changes nothing.',
  private: 'Front ends do not list the image.',
  operation: 'An image of the cluster itself, which front ends do not list.',
} as const

export type Feature = keyof typeof MEANINGS

export const FEATURES = Object.keys(MEANINGS) as Feature[]

export function isFeature(word: string): word is Feature {
  return Object.hasOwn(MEANINGS, word)
}

export function meaningOf(feature: Feature): string {
  return MEANINGS[feature]
}
