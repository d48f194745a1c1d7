using Microsoft.Extensions.Configuration;

namespace Hermes.TestSupport.Registration;

/// <summary>A section of a configuration that exists in memory only.</summary>
internal static class PartSection
{
    public static IConfigurationSection Of(IEnumerable<(string Name, string Value)> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Part:{setting.Name}", (string?)setting.Value)))
        .Build()
        .GetSection("Part");
}
