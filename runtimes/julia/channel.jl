# The control channel: frames of one line `TYPE field ... LENGTH`, and then LENGTH bytes.

# By `using` it would be looked for where the user says (`JULIA_LOAD_PATH`).
standard_library(uuid, name) = Base.require(Base.PkgId(Base.UUID(uuid), name))

const REQUESTS = 3
const REPORTS = 4

struct Request
    type::String
    fields::Vector{String}
    text::String
end

# Less than `count` bytes only at the end of the input.
function read_bytes(count::Int)
    bytes = Vector{UInt8}(undef, count)
    got = 0
    while got < count
        more = GC.@preserve bytes ccall(:read, Cssize_t, (Cint, Ptr{UInt8}, Csize_t), REQUESTS, pointer(bytes, got + 1), count - got)
        if more < 0 && Libc.errno() in (Libc.EINTR, Libc.EAGAIN)
            call(:krunner_wait)
            continue
        end
        more <= 0 && break
        got += more
    end
    return resize!(bytes, got)
end

# The request that has come, or nothing when the daemon is gone.
function read_request()
    line = UInt8[]
    while true
        byte = read_bytes(1)
        isempty(byte) && return nothing
        byte[1] == UInt8('\n') && break
        push!(line, byte[1])
    end
    words = split(String(line), ' ')
    text = String(read_bytes(parse(Int, words[end])))
    return Request(words[1], words[2:end-1], text)
end

# Strings hold any bytes.
function send(header::String, payload::String)
    frame = string(header, ' ', sizeof(payload), '\n', payload)
    sent = 0
    while sent < sizeof(frame)
        count = GC.@preserve frame ccall(:write, Cssize_t, (Cint, Ptr{UInt8}, Csize_t), REPORTS, pointer(frame, sent + 1), sizeof(frame) - sent)
        count < 0 && Libc.errno() != Libc.EINTR && break
        sent += max(count, 0)
    end
end
