using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates;
using Hermes.Templates.AttributeFilters;

namespace Hermes.Tool.Import;

/// <summary>The templates of the original program, as our engine of the same language understands them.</summary>
internal sealed class PythonTemplates
{
    private readonly JinjaTemplateEngine _engine = new([new LdapPasswordHashFilter(), new RandomPasswordFilter(), new RsaOaepFilter([])]);

    /// <summary>Names of keys that cannot be taken over, so that no template may use them.</summary>
    public HashSet<string> LostKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a text is a template.</summary>
    public bool IsTemplate(string text) => _engine.IsTemplate(text);

    /// <summary>What is wrong with a text as one of our templates; null if nothing is.</summary>
    public string? Problem(string text)
    {
        if (LostKeys.FirstOrDefault(key => text.Contains($"'{key}'", StringComparison.Ordinal) || text.Contains($"\"{key}\"", StringComparison.Ordinal)) is { } lost)
            return $"It uses the key '{lost}', which cannot be taken over.";
        try
        {
            if (IsTemplate(text))
                _engine.Compile(text);
            return null;
        }
        catch (TemplateException exception)
        {
            return exception.Message.ReplaceLineEndings("\n").Split('\n')[0];
        }
    }

    /// <summary>The names of the variables that a template reads; of any other text, none.</summary>
    public IReadOnlyList<string> VariablesOf(string text) => IsTemplate(text) && Problem(text) is null ? _engine.Compile(text).Variables : [];

    /// <summary>What a template that reads no variable gives, as texts; null if it reads one, or is none.</summary>
    public IReadOnlyList<string>? ConstantOf(string? text)
    {
        if (text is null || !IsTemplate(text) || Problem(text) is not null || _engine.Compile(text) is not { Variables.Count: 0 } template)
            return null;
        try
        {
            var value = template.Evaluate([]);
            return value.Kind == ValueKind.List ? [.. value.AsList().Select(TextOf)] : [TextOf(value)];
        }
        catch (TemplateException)
        {
            return null;
        }
    }

    private static string TextOf(Value value) => value.Kind == ValueKind.String ? value.AsString() : value.ToString() ?? "";
}
