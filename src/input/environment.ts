/** What a process needs in its environment so that its reads of stdin are announced. */

export interface InheritedEnvironment {
  readonly LD_PRELOAD?: string | undefined
  readonly ASAN_OPTIONS?: string | undefined
}

/**
 * Variables to set over `inherited`. `channel` is the announcements' name, `inode` that of the stdin pipe,
 * `hook` the absolute path of the library where it was built.
 */
export function inputEnvironment(
  channel: string,
  inode: number,
  hook: string | undefined,
  inherited: InheritedEnvironment,
): Record<string, string> {
  const announced = { KRUNNER_INPUT: `${channel}:${inode}` }
  // The loader splits its list at both, and knows no escape.
  if (!hook || /[ :]/.test(hook)) return announced
  return {
    ...announced,
    LD_PRELOAD: preload(hook, inherited.LD_PRELOAD),
    // A sanitizer's library insists on being the first one otherwise.
    ASAN_OPTIONS: append('verify_asan_link_order=0', inherited.ASAN_OPTIONS),
  }
}

function preload(hook: string, inherited = ''): string {
  const libraries = inherited.split(/[ :]+/).filter((path) => path !== '')
  return libraries.includes(hook) ? inherited : [hook, ...libraries].join(':')
}

function append(option: string, inherited = ''): string {
  return inherited === '' ? option : `${inherited}:${option}`
}
