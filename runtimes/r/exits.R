# `quit()` ends the cell, not the session.

owner <- Sys.getpid()
real_quit <- base::quit

replace_in_base <- function(name, value) {
  if (exists(name, baseenv(), inherits = FALSE)) unlockBinding(name, baseenv())
  assign(name, value, baseenv())
  lockBinding(name, baseenv())
}

# A forked child of the user's ends without R's cleaning up, which would take the session's temporary files with it.
leave_process <- function(status) {
  if (Sys.getpid() != owner && "parallel" %in% loadedNamespaces()) parallel:::mcexit(status)
  real_quit("no", status, FALSE)
}

leave_cell <- function(save = "default", status = 0, runLast = TRUE) {
  names <- vapply(computeRestarts(), function(restart) restart[[1L]], "")
  if (Sys.getpid() != owner || !("krunner_exit" %in% names)) leave_process(status)
  invokeRestart("krunner_exit", as.integer(status) %% 256L)
}
