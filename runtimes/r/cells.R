# Evaluates cells. Errors and warnings are printed by R itself; we only hide that the code runs below functions of ours,
# and say where an error has happened.

# The frames that are ours when user code starts below `evaluate`: up to `eval`, which has two.
FRAMES_BELOW <- 3L

cell <- new.env(parent = emptyenv())

run_cell <- function(source, name) {
  guarded(function() {
    cell$depth <- Inf
    cell$place <- NULL
    withCallingHandlers(evaluate_all(source, name), error = on_error, warning = on_warning)
  })
}

evaluate_all <- function(source, name) {
  file <- srcfilecopy(name, strsplit(source, "\n", fixed = TRUE)[[1L]])
  expressions <- parse(text = source, keep.source = TRUE, srcfile = file, encoding = "UTF-8")
  references <- attr(expressions, "srcref")
  for (index in seq_along(expressions)) {
    cell$place <- sprintf("  at %s#%d\n", name, references[[index]][1L])
    evaluate(expressions[[index]])
  }
}

evaluate <- function(expression) {
  cell$depth <- sys.nframe() + FRAMES_BELOW
  result <- withVisible(eval(expression, globalenv()))
  replace_in_base(".Last.value", result$value)
  # A read that was broken off has returned, and its interrupt is still to come.
  Sys.sleep(0)
  if (result$visible) show_value(result$value)
  tell_warnings()
}

show_value <- function(value) {
  if (is.data.frame(value)) send("display text/html", html_table(value))
  else eval(quote(print(x)), list(x = value), globalenv())
}

# A call of ours, which would mean nothing to the user.
is_ours <- function(call) {
  ours <- utils::head(sys.calls(), cell$depth)
  for (mine in ours) if (identical(mine, call)) return(TRUE)
  FALSE
}

on_error <- function(condition) {
  calls <- sys.calls()
  failure$kind <- class(condition)[1L]
  failure$places <- places_of(calls)
  # Without the handler's own two frames.
  failure$calls <- utils::head(calls[seq_along(calls) > cell$depth], -2L)
  if (is_ours(conditionCall(condition))) .Internal(.dfltStop(conditionMessage(condition), NULL))
}

# Lines such as `  at <cell 3>#2 in f()`, from where the error happened outwards to the cell's own statement.
places_of <- function(calls) {
  places <- character()
  for (index in rev(seq_along(calls)[seq_along(calls) > cell$depth])) {
    reference <- attr(calls[[index]], "srcref")
    file <- attr(reference, "srcfile")$filename
    if (is.null(file)) next
    if (index == cell$depth + 1L) cell$place <- sprintf("  at %s#%d\n", file, reference[1L])
    else places <- c(places, sprintf("  at %s#%d in %s()\n", file, reference[1L], name_of(calls[[index - 1L]])))
  }
  unique(c(places, cell$place))
}

name_of <- function(call) deparse(call[[1L]])[1L]

real_traceback <- base::traceback

# R keeps these only when it comes back to its own console.
show_traceback <- function(x = NULL, ...) {
  if (is.null(x)) x <- rev(lapply(failure$calls, function(call) structure(deparse(call), srcref = attr(call, "srcref"))))
  real_traceback(x, ...)
}
