using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Runtime.Registration;

/// <summary>What was said about a server or client before the host starts, as far as both have it.</summary>
/// <param name="role">What it is: <c>server</c> or <c>client</c>.</param>
/// <param name="name">Its name, unique among those of its role.</param>
/// <param name="home">Where those that are written in code alone would stand in a configuration, such as <c>Hermes:Servers</c>.</param>
/// <param name="services">The services of the host.</param>
internal abstract class ParticipantRegistration(string role, string name, string home, IServiceCollection services)
{
    public string Name => name;

    /// <summary>What it is and its name, for messages: <c>server campus</c>.</summary>
    public string Title => $"{role} {name}";

    public IServiceCollection Services => services;

    /// <summary>The section that it is read from, or null if it is written in C# alone.</summary>
    public IConfigurationSection? Section { get; set; }

    /// <summary>Where its settings stand, for messages.</summary>
    public string Path => Section?.Path ?? $"{home}:{name}";
}
