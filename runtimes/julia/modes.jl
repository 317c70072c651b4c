# The modes of the REPL, by a cell's first character: `?` help, `;` a command, `]` packages. They are Julia's own.

repl() = standard_library("3fa0cd96-eef1-5676-8a61-b3b8758bbffb", "REPL")

function help_of(text)
    REPL = repl()
    return Base.invokelatest(REPL.helpmode, stdout, text)
end

run_command(text) = :(Base.repl_cmd($(Base.cmd_gen(Core.eval(Main, Base.shell_parse(text)[1]))), stdout))

function run_packages(text)
    Pkg = standard_library("44cfe95a-1eb2-52ea-b672-e2afdf69b78f", "Pkg")
    repl()
    return :($(Pkg.REPLMode.pkgstr)($text))
end

# The expression that such a cell is, or nothing.
function expression_of_mode(source)
    text = lstrip(source)
    isempty(text) && return nothing
    rest = String(strip(text[nextind(text, 1):end]))
    text[1] == '?' && return help_of(rest)
    text[1] == ';' && return run_command(rest)
    text[1] == ']' && return run_packages(rest)
    return nothing
end
