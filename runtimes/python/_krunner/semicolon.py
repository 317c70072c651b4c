import io
import token
import tokenize


def ends(text):
    """True where a semicolon is the last thing in the code but for comments."""
    ignored = (tokenize.COMMENT, tokenize.NL, token.NEWLINE, token.ENDMARKER, token.INDENT, token.DEDENT)
    lines = io.BytesIO(text) if isinstance(text, bytes) else io.StringIO(text)
    last = ''
    for kind, string in (item[:2] for item in tokenize.generate_tokens(lines.readline)):
        if kind not in ignored:
            last = string
    return last == ';'
