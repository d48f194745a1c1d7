using System.Security.Cryptography;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.AttributeFilters;

/// <summary>
/// <c>{{ 20 | random_password }}</c>: a password of that length with at least one character of each class, from a cryptographic source.
/// The classes can be given: <c>{{ 12 | random_password(['abc', '0123456789']) }}</c>.
/// </summary>
public sealed class RandomPasswordFilter : IAttributeFilter
{
    private const int MaxLength = 1024;

    // Without the characters that are easily taken for each other.
    private static readonly string[] DefaultClasses =
        ["abcdefghijkmnopqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "!#$%*+-.:=?@_"];

    /// <inheritdoc/>
    public string Name => "random_password";

    /// <inheritdoc/>
    public Value Apply(Value input, FilterArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var classes = Classes(arguments.Get(0, "classes", Value.Null));
        if (input.Kind != ValueKind.Integer || input.AsInteger() < classes.Length || input.AsInteger() > MaxLength)
            throw new ArgumentException($"the length must be an integer from {classes.Length} (the number of classes) to {MaxLength}");

        var all = string.Concat(classes);
        var password = new char[(int)input.AsInteger()];
        for (var i = 0; i < password.Length; i++)
            password[i] = Pick(i < classes.Length ? classes[i] : all);
        RandomNumberGenerator.Shuffle(password.AsSpan());
        return new string(password);
    }

    private static char Pick(string characters) => characters[RandomNumberGenerator.GetInt32(characters.Length)];

    private static string[] Classes(Value value) => value.Kind switch
    {
        ValueKind.Null => DefaultClasses,
        ValueKind.List when value.AsList().Count > 0 && value.AsList().All(item => item.TryGetString(out var text) && text.Length > 0) =>
            [.. value.AsList().Select(item => item.AsString())],
        _ => throw new ArgumentException("the classes are a list of texts that are not empty"),
    };
}
