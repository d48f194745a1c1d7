using Hermes.Abstractions.Data;

namespace Hermes.Sql.Faults;

/// <summary>
/// Takes values that were bound out of a driver's message ("Duplicate entry 's3cret' for key"), since any of them may be a secret.
/// </summary>
internal static class BoundValues
{
    private const string Stars = "***";

    // Servers cut long values; a value whose beginning shows is masked as far as it shows.
    private const int Probe = 12;

    private const int ShortestText = 3;

    // A shorter number says nothing and would mask line numbers and error codes.
    private const int ShortestNumber = 4;

    /// <summary>The message, or the same object if nothing had to be masked.</summary>
    public static string Mask(string message, IEnumerable<Value> bound)
    {
        foreach (var text in bound.SelectMany(Texts).OrderByDescending(text => text.Length))
            message = Mask(message, text);
        return message;
    }

    private static string Mask(string message, string secret)
    {
        var probe = secret.Length > Probe ? secret[..Probe] : secret;
        for (var at = message.IndexOf(probe, StringComparison.Ordinal); at >= 0; at = message.IndexOf(probe, at + Stars.Length, StringComparison.Ordinal))
        {
            var length = probe.Length;
            while (length < secret.Length && at + length < message.Length && message[at + length] == secret[length])
                length++;
            message = string.Concat(message.AsSpan(0, at), Stars, message.AsSpan(at + length));
            if (at + Stars.Length >= message.Length)
                break;
        }

        return message;
    }

    private static IEnumerable<string> Texts(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString() is { Length: >= ShortestText } text ? [text] : [],
        ValueKind.Integer or ValueKind.Decimal or ValueKind.Double => value.ToString() is { Length: >= ShortestNumber } number ? [number] : [],
        ValueKind.Bytes => [Convert.ToHexString(value.AsBytes().Span), Convert.ToHexStringLower(value.AsBytes().Span)],
        ValueKind.List => value.AsList().SelectMany(Texts),
        ValueKind.Map => value.AsMap().Values.SelectMany(Texts),
        _ => [],
    };
}
