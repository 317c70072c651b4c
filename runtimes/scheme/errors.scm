;;; Errors as Guile shows them, with the places of the user's own frames.

(use-modules (system vm frame) (system vm program))

(define (frame-place frame)
  (let ((source (false-if-exception (frame-source frame))))
    (and source (source:file source) (cons (source:file source) (cons (1+ (source:line source)) (source:column source))))))

(define (in-cell? place) (and place (string-prefix? "<cell " (car place))))

(define (show-place place)
  (string-append (car place) ":" (number->string (cadr place)) ":" (number->string (cddr place))))

;; Of a deep stack only so many frames are looked at.
(define most-frames 200)

;; The places of a stack, from where the error was outwards: those of cells only, each once.
(define (places-of stack)
  (let loop ((index 0) (places '()))
    (if (or (not stack) (>= index (min most-frames (stack-length stack))))
        (reverse places)
        (let ((place (frame-place (stack-ref stack index))))
          (loop (1+ index) (if (and (in-cell? place) (not (member place places))) (cons place places) places))))))

;; `where`: the place of the form that ran, where the stack does not tell.
(define (report-error stack where key arguments)
  (let* ((port (current-error-port))
         (places (places-of stack))
         (text (call-with-output-string (lambda (port) (print-exception port #f key arguments)))))
    (force-output (current-output-port))
    (if (eq? key 'read-error)
        (display text port)
        (let ((places (if (null? places) (list where) places)))
          (display (string-append (show-place (car places)) ": " text) port)
          (for-each (lambda (place) (display (string-append "  from " (show-place place) "\n") port)) (cdr places))))))
