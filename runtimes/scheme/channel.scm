;;; The control channel: frames of one line `TYPE field ... LENGTH`, and then LENGTH bytes.

(use-modules (ice-9 binary-ports) (rnrs bytevectors))

(define requests (fdes->inport 3))
(define reports (fdes->outport 4))
(setvbuf requests 'none)

(define (text-of bytes) (if (eof-object? bytes) "" (utf8->string bytes)))

(define (read-header)
  (let loop ((bytes '()))
    (let ((byte (get-u8 requests)))
      (cond ((eof-object? byte) #f)
            ((= byte 10) (list->string (map integer->char (reverse bytes))))
            (else (loop (cons byte bytes)))))))

;; The next request as `(type field ... text)`, or #f when the daemon is gone.
(define (read-request)
  (let ((header (read-header)))
    (and header
         (let* ((words (reverse (string-split header #\space)))
                (bytes (get-bytevector-n requests (string->number (car words)))))
           (append (reverse (cdr words)) (list bytes))))))

(define (send header text)
  (let* ((payload (string->utf8 text))
         (head (string->utf8 (string-append header " " (number->string (bytevector-length payload)) "\n")))
         (frame (make-bytevector (+ (bytevector-length head) (bytevector-length payload)))))
    (bytevector-copy! head 0 frame 0 (bytevector-length head))
    (bytevector-copy! payload 0 frame (bytevector-length head) (bytevector-length payload))
    (put-bytevector reports frame)
    (force-output reports)))
