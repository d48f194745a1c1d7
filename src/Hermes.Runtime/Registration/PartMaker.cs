using Hermes.Runtime.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Registration;

/// <summary>Makes the parts of one server or client. What cannot be made is an error; what was made is owned by the set of parts.</summary>
internal sealed class PartMaker(ParticipantRegistration registration, IServiceProvider services, ConfigurationErrors errors, PartSet parts)
{
    /// <summary>The name of the server or client.</summary>
    public string Name => registration.Name;

    /// <summary>Makes a part that code gives.</summary>
    /// <param name="setting">Where it would stand in the section of the server or client.</param>
    /// <param name="create">Makes it.</param>
    public T? Make<T>(string setting, Func<IServiceProvider, T> create)
        where T : class => parts.Own(errors.Try($"{registration.Path}:{setting}", () => create(services)));

    /// <summary>Makes a part of the kind that its section names.</summary>
    public T? Make<T>(string name, IConfigurationSection section, PartKinds<T> kinds)
        where T : class
    {
        if (kinds.Find(new StrictSection(section, errors)) is not { } create)
            return null;
        return parts.Own(errors.Try(
            section.Path, () => create(new PartSettings(services, name, section)), message => SecretText.Clean(message, section)));
    }

    public void Report(string setting, string problem, string fix) => errors.Add($"{registration.Path}:{setting}", problem, fix);
}
