;;; Starts the session as Guile's REPL starts its own, and serves the daemon's requests.

(define (open-text)
  (if (not (false-if-exception (string=? (locale-codeset) "UTF-8")))
      (false-if-exception (setlocale LC_CTYPE "C.UTF-8")))
  (fluid-set! %default-port-encoding "UTF-8")
  (for-each (lambda (port) (set-port-encoding! port "UTF-8"))
            (list (current-input-port) (current-output-port) (current-error-port)))
  (setvbuf (current-output-port) 'none))

(define (locale-codeset)
  (let* ((locale (setlocale LC_CTYPE))
         (dot (string-index locale #\.)))
    (if (and dot (member (string-upcase (substring locale (1+ dot))) '("UTF-8" "UTF8"))) "UTF-8" locale)))

;; Modules are compiled when they are loaded, as ever, but nothing is said of it.
(define (compile-quietly)
  (set! %load-should-auto-compile #t)
  (current-warning-port (%make-void-port "w")))

(define (open-user-module)
  (set-current-module (resolve-module '(guile-user)))
  (process-use-modules '(((ice-9 r5rs)) ((ice-9 session)) ((ice-9 regex)) ((ice-9 threads)) ((ice-9 history)))))

(define (answer-with look header request)
  (let ((lines '()))
    (guarded (lambda ()
               (set! lines (look (cadddr request) (string->number (caddr request))))))
    (send (string-append header " " (cadr request)) (string-join lines "\n"))))

(define (serve-request request)
  (let ((type (car request)))
    (cond ((string=? type "run")
           (set! id (cadr request))
           (run-cell (text-of (caddr request)) (string-append "<cell " id ">"))
           (send (string-append "done " id " " (number->string (car outcome))) (cdr outcome)))
          ((string=? type "complete") (answer-with complete "matches" request))
          ((string=? type "inspect") (answer-with inspect "doc" request)))))

;; The cell that runs. Global, as continuations of older cells come back to here.
(define id #f)

(define (serve)
  (open-text)
  (open-user-module)
  (compile-quietly)
  (open-signals)
  (send "ready" (string-append "Guile " (version)))
  (let loop ()
    (wait)
    (let ((request (read-request)))
      (if request
          (begin
            (serve-request request)
            (loop))
          (primitive-exit 0)))))
