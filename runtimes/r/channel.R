# The control channel: frames of one line `TYPE field ... LENGTH`, and then LENGTH bytes.

channel <- new.env(parent = emptyenv())

# `fifo` reads what is there and no more; `file` writes all, however often it is interrupted.
open_channel <- function() {
  channel$requests <- fifo("/proc/self/fd/3", "rb", blocking = TRUE)
  channel$reports <- file("/proc/self/fd/4", "wb", raw = TRUE)
}

# The user may have closed all connections.
repeat_opened <- function(action) {
  tryCatch(action(), error = function(e) {
    open_channel()
    action()
  })
}

# Less than `count` bytes only at the end of the input.
read_bytes <- function(count) {
  bytes <- raw(0)
  while (length(bytes) < count) {
    more <- repeat_opened(function() readBin(channel$requests, "raw", count - length(bytes)))
    if (length(more) == 0L) break
    bytes <- c(bytes, more)
  }
  bytes
}

# The next request as `list(type, fields, text)`, or NULL when the daemon is gone.
next_request <- function() {
  signals$wait()
  line <- raw(0)
  repeat {
    byte <- read_bytes(1L)
    if (length(byte) == 0L) return(NULL)
    if (byte == 0x0aL) break
    line <- c(line, byte)
  }
  words <- strsplit(rawToChar(line), " ", fixed = TRUE)[[1L]]
  text <- rawToChar(read_bytes(as.integer(words[length(words)])))
  Encoding(text) <- "UTF-8"
  list(type = words[1L], fields = words[-c(1L, length(words))], text = text)
}

# `payload` is raw bytes, or one string.
send <- function(header, payload) {
  if (is.character(payload)) payload <- charToRaw(enc2utf8(payload))
  header <- charToRaw(sprintf("%s %d\n", header, length(payload)))
  repeat_opened(function() {
    writeBin(c(header, payload), channel$reports)
    flush(channel$reports)
  })
}
