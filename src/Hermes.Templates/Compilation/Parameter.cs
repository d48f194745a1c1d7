using Hermes.Abstractions.Data;

namespace Hermes.Templates.Compilation;

/// <summary>A parameter of a filter, test, method or function.</summary>
/// <param name="Name">Its name, for arguments given by name.</param>
/// <param name="Default">Its value when it is not given; null if it must be.</param>
internal sealed record Parameter(string Name, Value? Default)
{
    public static implicit operator Parameter(string required) => new(required, null);

    public static Parameter Optional(string name, Value defaultValue) => new(name, defaultValue);
}
