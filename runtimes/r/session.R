# Starts the session as R starts its own, and serves the daemon's requests.

open_session <- function(library_path, profiles) {
  .Internal(interruptsSuspended(TRUE))
  open_channel()
  load_signals(library_path)
  replace_in_base("quit", leave_cell)
  replace_in_base("q", leave_cell)
  replace_in_base("traceback", show_traceback)
  options(device = open_device, pager = show_pages, browser = show_address, menu.graphics = FALSE)
  if (!isTRUE(l10n_info()[["UTF-8"]])) suppressWarnings(Sys.setlocale("LC_CTYPE", "C.UTF-8"))
  run_profile(Find(file.exists, profiles))
  watch_pages()
  make_last_warning()
  kept$level <- getOption("warn")
  signals$start()
  signals$insist()
  send("ready", R.version.string)
}

run_profile <- function(path) {
  if (!is.null(path)) try(sys.source(path, globalenv()))
  if (exists(".First", globalenv(), inherits = FALSE)) try(get(".First", globalenv())())
  .First.sys()
}

# Help comes with letters struck over each other, for printers.
show_pages <- function(files, header, title, delete.file) {
  for (file in files) cat(gsub(".\b", "", readLines(file)), sep = "\n")
  if (isTRUE(delete.file)) unlink(files)
}

show_address <- function(url) cat(url, "\n", sep = "")

serve <- function() {
  while (!is.null(request <- next_request())) {
    id <- request$fields[1L]
    switch(request$type,
      run = {
        outcome <- run_cell(request$text, sprintf("<cell %s>", id))
        drawn <- guarded(show_plot)
        if (outcome$code == 0L) outcome <- drawn
        send(sprintf("done %s %d", id, outcome$code), outcome$kind)
      },
      complete = send(paste("matches", id), answer_with(complete, request)),
      inspect = send(paste("doc", id), answer_with(inspect, request))
    )
  }
  real_quit("no", runLast = FALSE)
}

answer_with <- function(look, request) {
  cursor <- as.integer(request$fields[2L])
  text <- ""
  guarded(function() text <<- look(request$text, cursor), word = "")
  paste(text, collapse = "\n")
}
