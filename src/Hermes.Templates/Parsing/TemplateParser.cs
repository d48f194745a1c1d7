using System.Collections.Immutable;
using Hermes.Templates.Lexing;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Parsing;

/// <summary>Splits a template into text and expressions; comments vanish, statements are refused.</summary>
internal ref struct TemplateParser(string text, TemplateLimits limits)
{
    private readonly ImmutableArray<TemplatePart>.Builder _parts = ImmutableArray.CreateBuilder<TemplatePart>();

    // As in Jinja, one line break at the end of a template is not part of it.
    private readonly ReadOnlySpan<char> _text = text.EndsWith("\r\n", StringComparison.Ordinal) ? text.AsSpan(0, text.Length - 2)
        : text.Length > 0 && text[^1] is '\n' or '\r' ? text.AsSpan(0, text.Length - 1)
        : text;

    private int _position;

    /// <exception cref="TemplateFault">The text is not a valid template.</exception>
    public static TemplateSyntax Parse(string text, TemplateLimits limits)
    {
        if (text.Length > limits.MaxTemplateLength)
        {
            throw new TemplateFault(
                $"The template has {text.Length} characters; {limits.MaxTemplateLength} are allowed (TemplateLimits.MaxTemplateLength)",
                0);
        }

        return new TemplateParser(text, limits).Run();
    }

    private TemplateSyntax Run()
    {
        while (_position < _text.Length)
        {
            var tag = NextTag();
            AddText(tag);
            if (tag < 0)
                break;
            switch (_text[tag + 1])
            {
                case '%':
                    throw new TemplateFault(
                        "Statements ({% ... %}) are not supported: write one expression, such as {{ a if condition else b }}, "
                        + "or use filters such as map and select",
                        tag);
                case '#':
                    SkipComment(tag);
                    break;
                default:
                    AddExpression(tag);
                    break;
            }
        }

        return new TemplateSyntax(_parts.ToImmutable());
    }

    private readonly int NextTag()
    {
        for (var i = _position; i + 1 < _text.Length; i++)
        {
            if (_text[i] == '{' && _text[i + 1] is '{' or '%' or '#')
                return i;
        }

        return -1;
    }

    private readonly void AddText(int tag)
    {
        var part = tag < 0 ? _text[_position..] : _text[_position..tag];
        if (tag >= 0 && SignOf(tag) == '-')
            part = part.TrimEnd();
        if (!part.IsEmpty)
            _parts.Add(new TextPart(part.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')));
    }

    /// <summary>The sign of whitespace control behind the opening of a tag, if there is one.</summary>
    private readonly char SignOf(int tag) => tag + 2 < _text.Length && _text[tag + 2] is '-' or '+' ? _text[tag + 2] : '\0';

    private void SkipComment(int tag)
    {
        var start = tag + 2 + (SignOf(tag) == '\0' ? 0 : 1);
        var length = _text[start..].IndexOf("#}");
        if (length < 0)
            throw new TemplateFault("The comment is never closed: write '#}' at its end", tag);
        _position = start + length + 2;
        if (length > 0 && _text[start + length - 1] == '-')
        {
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
                _position++;
        }
    }

    private void AddExpression(int tag)
    {
        var start = tag + 2 + (SignOf(tag) == '\0' ? 0 : 1);
        var (tokens, end) = ExpressionLexer.Tokenize(_text, start);
        _parts.Add(new ExpressionPart(new ExpressionParser(tokens, limits.MaxDepth).Parse()));
        _position = end;
    }
}
