import type { ITheme } from '@xterm/xterm'

export type ThemeName = 'system' | 'light' | 'dark'
export const THEME_NAMES: readonly ThemeName[] = ['system', 'light', 'dark']

const DARK: ITheme = {
  background: '#16181d',
  foreground: '#e3e6ea',
  cursor: '#6cb2ff',
  selectionBackground: '#3a4a63',
  black: '#2a2e36',
  red: '#ff8577',
  green: '#4cc38a',
  yellow: '#e6c260',
  blue: '#6cb2ff',
  magenta: '#cf9bff',
  cyan: '#5ccfd6',
  white: '#d5d9df',
  brightBlack: '#7d8796',
  brightRed: '#ffa79c',
  brightGreen: '#7fd9ac',
  brightYellow: '#f2d88c',
  brightBlue: '#9bcbff',
  brightMagenta: '#e0bdff',
  brightCyan: '#8ee3e8',
  brightWhite: '#ffffff',
}

const LIGHT: ITheme = {
  background: '#f6f7f9',
  foreground: '#1c2127',
  cursor: '#0b62c4',
  selectionBackground: '#b9d4f5',
  black: '#1c2127',
  red: '#b42318',
  green: '#1a7f4b',
  yellow: '#8a5a00',
  blue: '#0b62c4',
  magenta: '#8236c2',
  cyan: '#0a7380',
  white: '#6b7480',
  brightBlack: '#5a6472',
  brightRed: '#cf3a2c',
  brightGreen: '#21925a',
  brightYellow: '#9c6a08',
  brightBlue: '#2a7bd6',
  brightMagenta: '#9a50d8',
  brightCyan: '#128794',
  brightWhite: '#3a424d',
}

const darkPreferred = matchMedia('(prefers-color-scheme: dark)')

export function themeOf(name: ThemeName): ITheme {
  return name === 'dark' || (name === 'system' && darkPreferred.matches) ? DARK : LIGHT
}

export function onSystemChange(then: () => void): void {
  darkPreferred.addEventListener('change', then)
}
