using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>A part of a server or client: given in code, or else named by the configuration.</summary>
/// <param name="setting">The name of its section.</param>
/// <param name="call">How it is given in code, for messages.</param>
internal sealed class PartChoice<T>(string setting, string call)
    where T : class
{
    /// <summary>The name of its section.</summary>
    public string Setting => setting;

    /// <summary>The part that code gave; null if none. It counts more than what the configuration says.</summary>
    public Func<IServiceProvider, T>? Given { get; private set; }

    /// <summary>The kinds that the configuration may name.</summary>
    public PartKinds<T> Kinds { get; } = new();

    public void Give(Func<IServiceProvider, T> create) => Given = create ?? throw new ArgumentNullException(nameof(create));

    /// <summary>Makes the part, or says what is wrong.</summary>
    public T? Make(PartMaker maker, IConfigurationSection? section)
    {
        if (Given is { } given)
            return maker.Make(setting, given);
        if (section is not null)
            return maker.Make(maker.Name, section, Kinds);
        maker.Report(setting, "It is not set.", Kinds.IsEmpty ? $"Call {call}." : $"Write the section, with a Kind that is one of: {Kinds.Names}. In C#, call {call}.");
        return null;
    }
}
