# Runs what may be user code, with all that may end it. Outside of here interrupts are suspended.

# What is known of the last error: its class, and where it happened.
failure <- new.env(parent = emptyenv())

allow_interrupts <- function(expr) {
  .Internal(interruptsSuspended(FALSE))
  on.exit(.Internal(interruptsSuspended(TRUE)))
  expr
}

# One that R has noticed, but nobody has met.
forget_interrupt <- function() {
  tryCatch(allow_interrupts(Sys.sleep(0)), interrupt = function(condition) NULL)
}

# Returns the cell's exit code, and the kind of its error. `word` is what an interrupt says.
guarded <- function(body, word = "Interrupted\n") {
  failure$kind <- ""
  failure$places <- character()
  options(warn = kept$level)
  outcome <- withRestarts(
    tryCatch(
      allow_interrupts({
        signals$enter()
        body()
        signals$leave()
        Sys.sleep(0)
        list(code = 0L, kind = "")
      }),
      interrupt = function(condition) {
        cat(word, file = stderr())
        list(code = 1L, kind = "interrupt")
      }
    ),
    abort = function() {
      tell_warnings(after_error = TRUE)
      cat(failure$places, sep = "", file = stderr())
      list(code = 1L, kind = failure$kind)
    },
    krunner_exit = function(status) list(code = status, kind = "")
  )
  tell_warnings()
  signals$leave()
  # What connections say when they are swept up between cells is nobody's.
  kept$level <- getOption("warn")
  options(warn = -1)
  forget_interrupt()
  # A forked child of the user's must not speak in our name.
  if (Sys.getpid() != owner) leave_process(outcome$code)
  outcome
}
