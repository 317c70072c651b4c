# The modes of the REPL, by a cell's first character: `?` help, `;` a command, `]` packages. They are Julia's own.

repl() = standard_library("3fa0cd96-eef1-5676-8a61-b3b8758bbffb", "REPL")

has_mode(source) = first(lstrip(source), 1) in ("?", ";", "]")

function run_mode(source)
    text = lstrip(source)
    rest = String(strip(SubString(text, 2)))
    text[1] == '?' && return show_help(rest)
    text[1] == ';' && return run_command(rest)
    return run_packages(rest)
end

# What it finds by a search comes first.
function show_help(text)
    buffer = IOBuffer()
    expression = Base.invokelatest(repl().helpmode, buffer, text)
    write(stdout, take!(buffer))
    show_text(Core.eval(Main, expression))
end

function run_command(text)
    command = Core.eval(Main, Expr(:call, Base.cmd_gen, Base.shell_parse(text)[1]))
    Base.invokelatest(Base.repl_cmd, command, stdout)
    return
end

function run_packages(text)
    Pkg = standard_library("44cfe95a-1eb2-52ea-b672-e2afdf69b78f", "Pkg")
    repl()
    Base.invokelatest(Pkg.REPLMode.pkgstr, text)
    return
end
