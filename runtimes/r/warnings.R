# Warnings come at the end of a statement, as R has them in its console. R's own list of them ends only with its own
# console's statements, so we keep one, and print it in R's words.

MOST_WARNINGS <- 50L
# Wider than this, in columns, a message goes on in the next line.
LONGEST_LINE <- 75L

kept <- new.env(parent = emptyenv())
kept$warnings <- list()
# The user's option `warn`, between cells.
kept$level <- 0

# R makes the binding that `warnings()` reads when it has told a first warning; nobody else can.
make_last_warning <- function() {
  nowhere <- file("/dev/null", "w")
  sink(nowhere, type = "message")
  .Internal(.dfltWarn("", NULL))
  .Internal(printDeferredWarnings())
  sink(type = "message")
  close(nowhere)
  replace_in_base("last.warning", list())
}

on_warning <- function(condition) {
  is_nameless <- is_ours(conditionCall(condition))
  message <- conditionMessage(condition)
  if (getOption("warn") == 0) keep_warning(message, if (!is_nameless) conditionCall(condition))
  else if (is_nameless) .Internal(.dfltWarn(message, NULL))
  else return()
  invokeRestart("muffleWarning")
}

keep_warning <- function(message, call) {
  count <- length(kept$warnings)
  if (count < MOST_WARNINGS) kept$warnings[[count + 1L]] <- list(message, call)
}

tell_warnings <- function(after_error = FALSE) {
  # Those of finalizers, which run without handlers. R says "In addition:" there, whatever was before.
  .Internal(printDeferredWarnings())
  warnings <- kept$warnings
  kept$warnings <- list()
  count <- length(warnings)
  if (count == 0L) return()
  replace_in_base("last.warning", structure(lapply(warnings, `[[`, 2L), names = vapply(warnings, `[[`, "", 1L)))
  heading <- if (after_error) "In addition: " else ""
  cat(heading, text_of(warnings, count), sep = "", file = stderr())
}

text_of <- function(warnings, count) {
  if (count == 1L) return(c("Warning message:\n", warning_line(warnings[[1L]], 6L)))
  if (count >= MOST_WARNINGS)
    return(sprintf("There were %d or more warnings (use warnings() to see the first %d)\n", count, count))
  if (count > 10L) return(sprintf("There were %d warnings (use warnings() to see them)\n", count))
  lines <- vapply(warnings, warning_line, "", 10L)
  c("Warning messages:\n", paste0(seq_len(count), ": ", lines))
}

# `used`: the columns of what R puts around call and message.
warning_line <- function(warning, used) {
  if (is.null(warning[[2L]])) return(paste0(warning[[1L]], " \n"))
  call <- deparse(warning[[2L]])[1L]
  first <- strsplit(warning[[1L]], "\n", fixed = TRUE)[[1L]][1L]
  is_long <- sum(nchar(c(call, first), "width"), na.rm = TRUE) + used > LONGEST_LINE
  paste0("In ", call, " :", if (is_long) "\n  " else " ", warning[[1L]], "\n")
}
