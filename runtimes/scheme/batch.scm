;;; Before a program: it is compiled as ever, but nothing is said of it; what it prints is seen at once, so that it can ask.
(set! %load-should-auto-compile #t)
(current-warning-port (%make-void-port "w"))
(setvbuf (current-output-port) 'none)
