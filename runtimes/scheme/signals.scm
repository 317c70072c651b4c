;;; What the library beside us offers; without it, functions that do nothing.

(use-modules (system foreign))

(define handle (false-if-exception (dynamic-link library)))

(define (borrow name)
  (let ((address (and handle (false-if-exception (dynamic-func (string-append "krunner_" name) handle)))))
    (if address (pointer->procedure int address '()) (lambda () 0))))

(define start (borrow "start"))
(define insist (borrow "insist"))
(define wait (borrow "wait"))
(define enter (borrow "enter"))
(define leave (borrow "leave"))
;; Whether an interrupt came since `enter`.
(define interrupted (borrow "interrupted"))

;; The prompt around what may be user code.
(define tag (make-prompt-tag "cell"))
(define running? #f)

;; Leaves the cell once for each interrupt: what `dynamic-wind` does then is not left for the same one.
(define (leave-cell)
  (enter)
  (abort-to-prompt tag "interrupt"))

;; Guile hears of a signal through another thread, and may go on for a while, or come to the cell's end, before it does.
(define (notice)
  (if (and running? (= (interrupted) 1)) (leave-cell)))

;; One that comes late has been noticed, and is none of this cell's.
(define (take-interrupt signal)
  (if handle (notice) (if running? (leave-cell))))

(define (make-noticing name)
  (let ((real (module-ref the-scm-module name)))
    (module-set! the-scm-module name
                 (lambda arguments
                   (let ((result (apply real arguments)))
                     (notice)
                     result)))))

(define (open-signals)
  (sigaction SIGINT take-interrupt)
  (for-each make-noticing '(sleep usleep system system*))
  (start)
  (insist))
