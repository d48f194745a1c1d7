using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// Takes the secret values of an event out of a text that did not come from Hermes, such as the message of an exception, and cuts it.
/// </summary>
internal static class SecretScrubber
{
    private const int LongestMessage = 512;
    private const string Replacement = "***";

    public static string Clean(string text, EventSecrets secrets)
    {
        foreach (var secret in Texts(secrets.Remote).Concat(Texts(secrets.Local)).Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length))
            text = text.Replace(secret, Replacement, StringComparison.Ordinal);
        return text.Length <= LongestMessage ? text : text[..LongestMessage] + "...";
    }

    private static IEnumerable<string> Texts(AttributeChanges changes) => changes.Added.Values.Concat(changes.Modified.Values).SelectMany(Texts);

    private static IEnumerable<string> Texts(Value value) => value.Kind switch
    {
        ValueKind.List => value.AsList().SelectMany(Texts),
        ValueKind.Map => value.AsMap().Values.SelectMany(Texts),
        _ => [value.ToString()],
    };
}
