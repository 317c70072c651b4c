# Completion, which is R's own, and inspection: a function's arguments and its help, or an object's structure.

before_cursor <- function(source, cursor) {
  text <- rawToChar(charToRaw(source)[seq_len(cursor)])
  Encoding(text) <- "UTF-8"
  text
}

complete <- function(source, cursor) {
  line <- sub("(?s).*\n", "", before_cursor(source, cursor), perl = TRUE)
  # The arguments of all S3 methods of a function take R most of a second to find.
  utils::rc.settings(S3 = FALSE)
  utils:::.assignLinebuffer(line)
  utils:::.assignEnd(nchar(line))
  utils:::.guessTokenFromLine()
  utils:::.completeToken()
  unique(utils:::.retrieveCompletions())
}

inspect <- function(source, cursor) {
  name <- "[A-Za-z0-9._]"
  before <- before_cursor(source, cursor)
  after <- substring(source, nchar(before) + 1L)
  word <- paste0(regmatches(before, regexpr(paste0(name, "*$"), before)), regmatches(after, regexpr(paste0("^", name, "*"), after)))
  if (!nzchar(word) || !exists(word, globalenv())) return("")
  value <- get(word, globalenv())
  if (is.function(value)) c(utils::capture.output(print(args(value)))[1L], help_of(word))
  else c(word, utils::capture.output(utils::str(value)))
}

help_of <- function(word) {
  found <- utils::help((word), help_type = "text")
  if (length(found) == 0L) return(character())
  options <- list(underline_titles = FALSE)
  c("", utils::capture.output(tools::Rd2txt(utils:::.getHelpFile(found[1L]), options = options)))
}
