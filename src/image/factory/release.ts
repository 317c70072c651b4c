/** One release of an image, as the manifest has it: what it says itself, and what its image says for all. */
import type { Path } from './document.ts'
import type { ImageEntry, ReleaseEntry } from './manifest-schema.ts'

type Shared = {
  [K in keyof ImageEntry & keyof ReleaseEntry]: ImageEntry[K]
}

export class Release {
  readonly image: ImageEntry
  readonly entry: ReleaseEntry
  readonly path: Path
  readonly #imagePath: Path

  constructor(image: ImageEntry, entry: ReleaseEntry, imageIndex: number, index: number) {
    this.image = image
    this.entry = entry
    this.#imagePath = ['images', imageIndex]
    this.path = [...this.#imagePath, 'releases', index]
  }

  get<K extends keyof Shared>(key: K): Shared[K] | undefined {
    return (this.entry[key] ?? this.image[key]) as Shared[K] | undefined
  }

  /** Where that is said. */
  pathOf(key: keyof ImageEntry | keyof ReleaseEntry): Path {
    if (key in this.entry && this.entry[key as keyof ReleaseEntry] !== undefined) return [...this.path, key]
    return key in this.image && this.image[key as keyof ImageEntry] !== undefined
      ? [...this.#imagePath, key]
      : this.path
  }
}
