-- | A program that asks its user shows its prompt first, also where its output is a pipe.
module KrunnerMain (main) where

import qualified Main
import System.IO (BufferMode (NoBuffering), hSetBuffering, stdout)

main = hSetBuffering stdout NoBuffering >> Main.main
