;;; Completion and inspection of the names that the current module has or uses.

(define delimiters (string->char-set " \t\r\n()[]{}\"'`,;"))

(define (prefix-before source cursor)
  (let ((text (text-of (bytevector-head source cursor))))
    (substring text (let ((at (string-rindex text delimiters))) (if at (1+ at) 0)))))

(define (bytevector-head bytes count)
  (let ((head (make-bytevector count)))
    (bytevector-copy! bytes 0 head 0 count)
    head))

(define (names-of module)
  (append (module-map (lambda (name variable) (symbol->string name)) module)
          (apply append (map names-of (module-uses module)))))

(define (distinct names)
  (let loop ((names (sort names string<?)) (kept '()))
    (cond ((null? names) (reverse kept))
          ((and (pair? kept) (string=? (car kept) (car names))) (loop (cdr names) kept))
          (else (loop (cdr names) (cons (car names) kept))))))

(define (complete source cursor)
  (let ((prefix (prefix-before source cursor)))
    (distinct (filter (lambda (name) (string-prefix? prefix name)) (names-of (current-module))))))

(define (inspect source cursor)
  (let* ((start (prefix-before source cursor))
         (text (text-of source))
         (after (string-length (text-of (bytevector-head source cursor))))
         (end (or (string-index text delimiters after) (string-length text)))
         (name (string->symbol (string-append start (substring text after end)))))
    (if (module-defined? (current-module) name)
        (list (describe name (module-ref (current-module) name)))
        '())))

(define (describe name value)
  (let ((documentation (and (procedure? value) (procedure-documentation value))))
    (string-append (symbol->string name) ": " (object->string value)
                   (if documentation (string-append "\n\n" documentation) ""))))
