# What is drawn goes to a PNG device of ours, which stays open over cells, so that a later cell can add to a plot. A page is
# shown when the next one begins, and at the end of a cell that has changed it: it is recorded, and played to a device
# of its own. The options `repr.plot.width`, `repr.plot.height` (inches) and `repr.plot.res` are those of other front ends.

plots <- new.env(parent = emptyenv())
plots$device <- NULL

option <- function(name, default) as.numeric(getOption(paste0("repr.plot.", name), default))

open_png <- function(file, width, height) {
  grDevices::png(file, width, height, units = "in", res = option("res", 120), type = "cairo")
}

# R calls it when something is drawn and no device is open; `dev.new()` calls it with arguments.
open_device <- function(width = option("width", 7), height = option("height", 7), ...) {
  plots$size <- c(width, height)
  plots$folder <- tempfile("plots")
  dir.create(plots$folder)
  open_png(file.path(plots$folder, "page%d.png"), width, height)
  grDevices::dev.control(displaylist = "enable")
  plots$device <- grDevices::dev.cur()
  plots$shown <- plots$sent <- NULL
}

watch_pages <- function() {
  setHook("before.plot.new", function(...) if (is_current() && graphics::par("page")) show_plot())
  setHook("before.grid.newpage", function(...) if (is_current()) show_plot())
}

is_current <- function() {
  !is.null(plots$device) && identical(grDevices::dev.cur(), plots$device)
}

# Shows the page of our device, if that has changed.
show_plot <- function() {
  if (is.null(plots$device)) return()
  if (!(plots$device %in% grDevices::dev.list())) return(show_closed())
  current <- grDevices::dev.cur()
  on.exit(grDevices::dev.set(current))
  grDevices::dev.set(plots$device)
  page <- grDevices::recordPlot()
  if (is_empty(page) || identical(page[[1L]], plots$shown)) return()
  plots$shown <- page[[1L]]
  show_image(rendered(page))
}

# The user has closed the device, by which R has written the last page.
show_closed <- function() {
  plots$device <- NULL
  files <- file.path(plots$folder, sprintf("page%d.png", seq_along(dir(plots$folder))))
  if (length(files) > 0L) show_image(bytes_of(files[length(files)]))
  unlink(plots$folder, recursive = TRUE)
}

# A page without anything drawn on it: only its settings were made.
is_empty <- function(page) {
  names <- vapply(page[[1L]], function(step) {
    name <- tryCatch(step[[2L]][[1L]]$name, error = function(e) NULL)
    if (is.character(name)) name else ""
  }, "")
  all(names %in% c("C_par", "C_layout", "palette", "palette2"))
}

rendered <- function(page) {
  file <- tempfile("plot", fileext = ".png")
  on.exit(unlink(file))
  open_png(file, plots$size[1L], plots$size[2L])
  tryCatch(grDevices::replayPlot(page), finally = grDevices::dev.off())
  bytes_of(file)
}

bytes_of <- function(file) readBin(file, "raw", file.size(file))

# The last page of a closed device may have been shown before.
show_image <- function(bytes) {
  if (!identical(bytes, plots$sent)) send("display image/png", bytes)
  plots$sent <- bytes
}
