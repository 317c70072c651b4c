# Keeps a user's R session: R 3.3 and later, with nothing but R's base and recommended packages' own tools.
#
# R runs this file as the user's profile, and never comes to its end. So R is interactive and has not read a line of its
# console, which is the user's stdin: `readline()`, `scan()`, `menu()` and `browser()` ask there as they do in R.
#
# Cells are parsed, and their expressions evaluated in the global environment one after the other (`cells.R`). Errors,
# warnings and interrupts are R's own: what nobody handles is printed by R, which then looks for the restart "abort", and
# that is the end of the cell. `quit()` is replaced by one that ends the cell (`exits.R`). What is drawn goes to a
# device of ours, and from there to the daemon (`plots.R`).
#
# A library of ours (`native/driver-control.c`) lets SIGINT in only while a cell runs, has it break off blocked reads, and
# closes fd 3 and 4 to programs that the user starts.
#
# `docs/adding-a-language.md` has the protocol.

local({
  folder <- dirname(Sys.getenv("R_PROFILE_USER"))
  library_path <- Sys.getenv("KRUNNER_R")
  profile <- Sys.getenv("KRUNNER_R_PROFILE", NA)
  # R that the user starts must not become a driver.
  Sys.unsetenv(c("R_PROFILE_USER", "KRUNNER_R", "KRUNNER_R_PROFILE"))

  driver <- new.env(parent = baseenv())
  for (part in c("signals", "channel", "exits", "guard", "cells", "warnings", "plots", "tables", "names", "session"))
    sys.source(file.path(folder, paste0(part, ".R")), driver, keep.source = FALSE)

  if (!is.na(profile)) Sys.setenv(R_PROFILE_USER = profile)
  driver$open_session(library_path, if (is.na(profile)) c(".Rprofile", "~/.Rprofile") else profile)
  driver$serve()
})
