;;; Keeps a user's Scheme session: Guile 2.2 and 3.0, with nothing but what Guile brings.
;;;
;;; A cell is read whole, and its forms are compiled and run one after the other in the current module, as Guile's REPL does: so
;;; definitions, syntax, modules and the value history persist by themselves. What remains of the cell, its number and its
;;; outcome are global: so a continuation that an older cell has captured goes on with the cell that calls it (`cells.scm`).
;;;
;;; `exit` throws `quit`, which ends the cell. An interrupt aborts to the prompt around the cell, past every `catch`. A library
;;; of ours (`native/driver-control.c`) lets SIGINT in only while a cell runs, has it break off blocked reads, and closes
;;; fd 3 and 4 to programs that the user starts.
;;;
;;; `docs/adding-a-language.md` has the protocol.
(let ((folder (dirname (car (program-arguments))))
      (driver (make-fresh-user-module)))
  (module-define! driver 'library (cadr (program-arguments)))
  (for-each
   (lambda (part)
     (save-module-excursion
      (lambda ()
        (set-current-module driver)
        (primitive-load (string-append folder "/" part ".scm")))))
   '("channel" "signals" "errors" "cells" "names" "session"))
  (set-program-arguments '("guile"))
  ((module-ref driver 'serve)))
