# What the first cells need is compiled while nobody waits for it: between `ready` and the first request.

const POLLIN = 1

has_request() = ccall(:poll, Cint, (Ref{UInt64}, Culong, Cint), Ref(UInt64(REQUESTS) | UInt64(POLLIN) << 32), 1, 0) > 0

const TextBuffer = typeof(IOContext(IOBuffer(), :limit => true))

# In the order of their need.
needed() = Any[
    (serve_next, ()), (wait_for_request, ()), (read_request, ()), (run, (Request,)), (run_cells, ()), (run_cell, (String, String)),
    (statements_of, (String, String)), (soft, (Expr,)), (evaluate, (Vector{Statement}, Base.RefValue{LineNumberNode})),
    (keep_answer, (Any,)), (is_silenced, (String,)), (display, (Screen, Any)), (richest, (Any,)), (show_text, (Any,)),
    (show, (TextBuffer, MIME"text/plain", Int)), (show, (TextBuffer, MIME"text/plain", String)), (write, (typeof(stdout), Vector{UInt8})),
    (displaysize, (typeof(stdout),)), (println, (String,)), (show, (TextBuffer, MIME"text/plain", Vector{Float64})),
    (watch_interrupts, (Base.AsyncCondition,)), (raise_in_cell, ()), (report_error, (Any, LineNumberNode)),
]

function warm_up()
    for (method, types) in needed()
        has_request() && return
        precompile(method, types)
    end
end
