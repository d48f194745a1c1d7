using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ErrorQueue;

/// <summary>What messages of failures that differ only in their values have in common. Pure.</summary>
internal static partial class MessagePattern
{
    private const int Longest = 300;
    private const int ShortestValue = 3;
    private const string Value = "*";

    /// <summary>A message without the key and attributes of the event's entry, what is quoted, and what holds a digit.</summary>
    public static string Of(string message, LocalEvent @event)
    {
        var text = message.Length > Longest ? message[..Longest] : message;
        foreach (var value in ValuesOf(@event).Where(value => value.Length >= ShortestValue).OrderByDescending(value => value.Length))
            text = text.Replace(value, Value, StringComparison.Ordinal);
        return Varying().Replace(text, Value).ReplaceLineEndings(" ");
    }

    /// <summary>What an event failed of whose local entry could not be computed.</summary>
    public static FailureCause CauseOf(string fault, LocalEvent @event) => new(nameof(TemplateException), null, Of(fault, @event));

    private static IEnumerable<string> ValuesOf(LocalEvent @event)
    {
        for (var part = 0; part < @event.Key.PartCount; part++)
            yield return @event.Key[part].ToString();
        foreach (var value in (@event.Local ?? @event.Remote)?.Entry.Values ?? [])
        {
            if (value.Kind == ValueKind.String)
                yield return value.AsString();
        }
    }

    // An apostrophe within a word quotes nothing.
    [GeneratedRegex("""
        "[^"]*"|(?<!\w)'[^']*'(?!\w)|`[^`]*`|[\w.:@/\\-]*\d[\w.:@/\\-]*
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Varying();
}
