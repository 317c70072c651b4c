# Shows values: in the richest form that they have, else as text, as the REPL does.

struct Screen <: AbstractDisplay end

# Best first. LaTeX comes with the text, as few can see it.
const RICH = ["text/html", "image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "text/markdown", "text/latex", "application/json"]

function bytes_of(mime, @nospecialize(value))
    value isa Vector{UInt8} && return copy(value)
    buffer = IOBuffer()
    value isa AbstractString ? print(buffer, value) : Base.invokelatest(show, IOContext(buffer, :limit => true), mime, value)
    return take!(buffer)
end

function show_text(@nospecialize(value))
    buffer = IOBuffer()
    context = IOContext(buffer, :limit => true, :displaysize => displaysize(stdout), :module => Main)
    try
        Base.invokelatest(show, context, MIME("text/plain"), value)
    finally
        size = buffer.size
        text = take!(buffer)
        size > 0 && write(stdout, push!(text, UInt8('\n')))
    end
    return
end

function richest(@nospecialize(value))
    value isa AbstractString && return ""
    for mime in RICH
        Base.invokelatest(showable, mime, value) && return mime
    end
    return ""
end

function Base.display(::Screen, mime::MIME, @nospecialize(value))
    mime isa MIME"text/plain" && value isa AbstractString && return println(stdout, value)
    mime isa MIME"text/plain" && return show_text(value)
    send(string("display ", mime), String(bytes_of(mime, value)))
end

function Base.display(screen::Screen, @nospecialize(value))
    rich = richest(value)
    rich == "" || display(screen, MIME(rich), value)
    rich in ("", "text/latex") && show_text(value)
    return
end

Base.displayable(::Screen, ::MIME) = true
