/** What Haskell promises beyond the list for all languages. */
import type { ExtraSample } from '../conformance/samples.ts'

const extras: readonly ExtraSample[] = [
  {
    promise: 'a whole module runs, and its names stay',
    cells: [
      {
        code: '{-# LANGUAGE TupleSections #-}\n{- | A program. -}\nmodule Main\n  ( main\n  ) where\n\nimport qualified Data.Map.Strict as M\n\nmain :: IO ()\nmain = do\n  print (total table)\n  mapM_ print (M.toList table)\n\ntable :: Table\ntable = M.fromList (map (,True) [1, 2])\n\ntotal :: Table -> Int\ntotal = sum . M.keys\n\ntype Table = M.Map Int Bool',
        stdout: '3\n(1,True)\n(2,True)',
      },
      { code: 'total table', stdout: '3' },
    ],
  },
  {
    promise:
      'a cell that is a program without a header runs, one that only defines or uses main among others does not twice',
    cells: [
      { code: 'main = putStrLn "ran"', stdout: 'ran' },
      { code: 'main = putStrLn "once"\nmain', stdout: 'once' },
    ],
  },
  {
    promise: "what ghci's own commands say is shown",
    cells: [
      { code: ':type map', stdout: 'map :: (a -> b) -> [a] -> [b]' },
      { code: ':kind Maybe', stdout: 'Maybe :: * -> *' },
      { code: ':info Bool', stdout: /data Bool = False \| True/ },
      { code: ':set -XTypeApplications\nread @Int "5"', stdout: '5' },
      { code: ':! echo from the shell', stdout: 'from the shell' },
      { code: ':{\nlet blockA = 1\n    blockB = 2\n:}\nblockA + blockB', stdout: '3' },
      { code: ':nonsense', exitCode: 1, stderr: /unknown command ':nonsense'/ },
      { code: 'nobody = 1\n:show bindings', stdout: /^(?![\s\S]*krunner_)[\s\S]*nobody/ },
    ],
  },
  {
    promise: 'names of the session can be taken: its loop does not use them',
    cells: [
      {
        code: 'import Prelude hiding ((>>=), (>>), return, print, putStrLn)\nx >>= f = "mine"\nx >> y = "mine"\nreturn = id\nprint = "mine"\n"it" >>= 1',
        stdout: '"mine"',
      },
      { code: 'it ++ print', stdout: '"minemine"' },
      { code: 'import Prelude\n:load\nPrelude.print 5', stdout: /\n5\n$/ },
    ],
  },
  {
    promise: 'a second definition in the same cell wins, with and without signatures',
    cells: [
      { code: 'v = 1\nv = 2\nw :: Int\nw = 3\nw :: Int\nw = 4\n(v, w)', stdout: '(2,4)' },
      { code: 'a = 1\nb = a + 1\na = 10\n(a, b)', stdout: '(10,2)' },
      { code: 'data Again = Once deriving Show\ndata Again = Twice deriving Show\nTwice', stdout: 'Twice' },
    ],
  },
  {
    promise: 'operators, patterns and instances of all forms are declarations',
    cells: [
      {
        code: 'infixr 5 +++\n(+++) :: [a] -> [a] -> [a]\nxs +++ ys = foldr (:) ys xs\na `times` b = a * b\n(p, q) = (1, 2)\n[first, _] = [3, 4]\n{-# NOINLINE h #-}\nh x | x > 0, let y = x = y\n     | otherwise = 0\n([p] +++ [q], first `times` 2, h 7)',
        stdout: '([1,2],6,7)',
      },
      {
        code: '{-# LANGUAGE GADTs #-}\ndata Expr a where\n  I :: Int -> Expr Int\n  B :: Bool -> Expr Bool\neval :: Expr a -> a\neval (I n) = n\neval (B b) = b\neval (I 5)',
        stdout: '5',
      },
    ],
  },
  {
    promise: 'statements go over lines as in a program',
    cells: [
      {
        code: 'import Control.Monad\nimport Data.IORef\ncounter <- newIORef 0\nforM_ [1 .. 3] $ \\i -> do\n  let j = i * 2\n  when (j > 2) $\n    modifyIORef counter (+ j)\nif True\n  then putStrLn "yes"\n  else putStrLn "no"\nreadIORef counter',
        stdout: 'yes\n10',
      },
      { code: 'let f 0 = 1\n    f n = n * f (n - 1)\nf 5', stdout: '120' },
      { code: 'let x = 1 in x + 1\n-- a comment\n(2 +\n  3\n)', stdout: '2\n5' },
    ],
  },
  {
    promise: 'a cell of comments, and one with carriage returns, run',
    cells: [
      { code: '-- nothing\n{- here\n{- at -} all -}', stdout: '' },
      { code: 'g 0 = "zero"\r\ng _ =\r\n  "more"\r\ng 1\r\n', stdout: '"more"' },
    ],
  },
  {
    promise: 'a thread outlives its cell, and its variables are seen by later ones',
    cells: [
      {
        code: 'import Control.Concurrent\nbox <- newEmptyMVar :: IO (MVar Int)\nback <- newEmptyMVar :: IO (MVar Int)\n_ <- forkIO $ do\n  n <- takeMVar box\n  putMVar back (2 * n)',
      },
      { code: 'putMVar box 21\ntakeMVar back', stdout: '42' },
    ],
  },
  {
    promise: 'programs that a cell starts inherit no descriptors of ours, and no libraries',
    cells: [
      { code: ':! ls -l /proc/self/fd | grep -c pipe', stdout: '3' },
      { code: 'import System.Environment\nlookupEnv "KRUNNER_GHCI"\ngetArgs', stdout: 'Nothing\n[]' },
      {
        code: 'import System.Process\nreadProcess "sh" ["-c", "echo $LD_PRELOAD"] ""',
        stdout: /^(?!.*(ghci|driver)).*$/m,
      },
    ],
  },
  {
    promise: 'a session that loses its stdout ends, and the next cell is told so',
    cells: [
      { code: 'import System.IO\nhClose stdout', exitCode: 1, stderr: /handle is closed/ },
      { code: 'putStrLn "again"', stdout: 'again', stderr: /context/ },
    ],
  },
]

export default extras
