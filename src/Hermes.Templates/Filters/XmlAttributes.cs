using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Filters;

/// <summary><c>xmlattr</c>: a dictionary as attributes of an element; what is none or undefined is left out.</summary>
internal static class XmlAttributes
{
    public static Value Write(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.Defined(input).Kind != ValueKind.Map)
            throw new TemplateFault($"'xmlattr' needs a dictionary, not {Kinds.Describe(input)}");
        var parts = new List<string>();
        foreach (var (name, value) in input.AsMap())
        {
            if (value.IsNull || Kinds.IsUndefined(value))
                continue;
            if (name.AsSpan().ContainsAny(" \t\n\v\f\r/>="))
                throw new TemplateFault("The name of an attribute holds a character that is not allowed there");
            parts.Add($"{Markup.Escape(ref frame, name)}=\"{Markup.Escape(ref frame, PythonText.Str(ref frame, value))}\"");
        }

        var text = string.Join(' ', parts);
        return Truth.Of(arguments[0]) && text.Length > 0 ? " " + text : text;
    }
}
