;;; Reads and runs cells.

(use-modules (system base compile) (system vm loader) (system vm vm))

;; The cell that runs: what remains of it, the place of the form that runs, the values of the last one.
(define remaining '())
(define place #f)
(define results '())
;; Its exit code and the name of its error.
(define outcome '(0 . ""))

(define (read-forms source name)
  (let ((port (open-input-string source)))
    (set-port-filename! port name)
    (let loop ((forms '()))
      (let* ((line (1+ (port-line port)))
             (form (read port)))
        (if (eof-object? form)
            (reverse forms)
            (loop (cons (cons form (place-of form name line)) forms)))))))

(define (place-of form name line)
  (let ((found (and (pair? form) (source-properties form))))
    (if (pair? found)
        (cons name (cons (1+ (assq-ref found 'line)) (assq-ref found 'column)))
        (cons name (cons line 0)))))

(define (evaluate form)
  (run-hook before-eval-hook form)
  ;; Not compiled `#:to 'value`, which is one value only.
  ((load-thunk-from-memory (compile form #:from 'scheme #:to 'bytecode #:env (current-module)))))

(define (run-remaining)
  (if (pair? remaining)
      (let ((form (caar remaining)))
        (set! place (cdar remaining))
        (set! remaining (cdr remaining))
        (call-with-values (lambda () (evaluate form)) (lambda values (set! results values)))
        (notice)
        (run-remaining))))

;; The REPL's history takes each value that is shown: `$1`, `$2` and so on. It would print these names as well.
(define nowhere (%make-void-port "w"))

(define (show value)
  (if (not (unspecified? value))
      (begin
        (with-output-to-port nowhere (lambda () (run-hook before-print-hook value)))
        (display (call-with-output-string (lambda (port) (write value port) (newline port)))))))

(define (exit-code arguments)
  (cond ((null? arguments) 0)
        ((integer? (car arguments)) (modulo (car arguments) 256))
        ((car arguments) 0)
        (else 1)))

;; In words. Guile itself goes on until the machine has no memory left.
(define stack-limit (* 64 1024 1024))

(define (overflow)
  (throw 'stack-overflow #f "Stack overflow" '() #f))

(define stack #f)

(define (failed key . arguments)
  (cond ((eq? key 'quit) (set! outcome (cons (exit-code arguments) "")))
        (else
         (set! outcome (cons 1 (symbol->string key)))
         ;; The user's own way to show an exception may fail.
         (or (false-if-exception (begin (report-error stack place key arguments) #t))
             (false-if-exception (display (string-append "ERROR: " (symbol->string key) "\n") (current-error-port))))))
  (set! stack #f))

;; That of an endless recursion has too many frames to be looked at.
(define (keep-stack key . arguments)
  (if (not (memq key '(quit stack-overflow)))
      (set! stack (make-stack #t 2 tag))))

;; Calls what may be user code, with all that may end it.
(define (guarded thunk)
  (set! outcome '(0 . ""))
  (call-with-prompt tag
    (lambda ()
      (catch #t
        (lambda ()
          (set! running? #t)
          (enter)
          (call-with-stack-overflow-handler stack-limit thunk overflow))
        failed
        keep-stack))
    (lambda (_ kind)
      (set! outcome (cons 1 kind))
      (false-if-exception (display "ERROR: User interrupt\n" (current-error-port)))))
  (set! running? #f)
  (leave))

(define (run-cell source name)
  (set! place (cons name (cons 1 0)))
  (guarded
   (lambda ()
     (set! results '())
     (set! remaining (read-forms source name))
     (run-remaining)
     (for-each show results)))
  (false-if-exception (force-output (current-output-port)))
  (false-if-exception (force-output (current-error-port))))
