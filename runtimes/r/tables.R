# Data frames as HTML tables.

MOST_ROWS <- 60L
MOST_COLUMNS <- 20L

escape_html <- function(text) {
  text <- gsub("&", "&amp;", enc2utf8(text), fixed = TRUE)
  gsub(">", "&gt;", gsub("<", "&lt;", text, fixed = TRUE), fixed = TRUE)
}

html_row <- function(cells, tag) {
  paste0("<tr>", paste0("<", tag, ">", escape_html(cells), "</", tag, ">", collapse = ""), "</tr>\n")
}

html_table <- function(frame) {
  shown <- frame[seq_len(min(nrow(frame), MOST_ROWS)), seq_len(min(ncol(frame), MOST_COLUMNS)), drop = FALSE]
  cells <- as.matrix(format(as.data.frame(shown)))
  head <- html_row(c("", names(shown)), "th")
  rows <- vapply(seq_len(nrow(shown)), function(row) html_row(c(rownames(shown)[row], cells[row, ]), "td"), "")
  size <- if (nrow(shown) < nrow(frame) || ncol(shown) < ncol(frame))
    sprintf("<p>%d rows and %d columns, of which the first are shown</p>\n", nrow(frame), ncol(frame))
  paste0("<table>\n", head, paste(rows, collapse = ""), "</table>\n", size)
}
