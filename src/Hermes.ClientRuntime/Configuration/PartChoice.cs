using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Configuration;

namespace Hermes.ClientRuntime.Configuration;

/// <summary>A part of a client that is given in code, or named by the configuration.</summary>
/// <param name="setting">The name of its section.</param>
/// <param name="call">How it is given in code, for messages.</param>
internal sealed class PartChoice<T>(string setting, string call)
    where T : class
{
    private readonly Dictionary<string, Func<PartSettings, T>> _kinds = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The part that code gave; null if none.</summary>
    public Func<IServiceProvider, T>? Given { get; set; }

    public void AddKind(string kind, Func<PartSettings, T> create) => _kinds[kind] = create;

    /// <summary>Makes the part.</summary>
    /// <exception cref="HermesConfigurationException">It is neither given nor named, or its settings are wrong.</exception>
    public T Create(IServiceProvider services, string client, IConfigurationSection? section, string path)
    {
        var own = section?.GetSection(setting);
        if (own?["Kind"] is not { Length: > 0 } kind)
        {
            return Given is { } given
                ? given(services)
                : throw new HermesConfigurationException($"{path}:{setting}", "It is not set.", $"Call {call}, or set {setting}:Kind{Known()}.");
        }

        return _kinds.TryGetValue(kind, out var create)
            ? create(new PartSettings(services, client, own))
            : throw new HermesConfigurationException(
                $"{own.Path}:Kind", $"The kind '{kind}' is unknown.", $"Use one that is registered{Known()}, or register it where the client is added.");
    }

    private string Known() => _kinds.Count == 0 ? "" : $" ({string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal))})";
}
