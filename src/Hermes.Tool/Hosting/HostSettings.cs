using System.Data.Common;
using Hermes.Runtime.Configuration;
using Hermes.Tool.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Hermes.Tool.Hosting;

/// <summary>What a configuration says about the host as a whole.</summary>
internal sealed class HostSettings
{
    /// <summary>The servers, each with its section.</summary>
    public List<IConfigurationSection> Servers { get; } = [];

    /// <summary>The clients, each with its section.</summary>
    public List<IConfigurationSection> Clients { get; } = [];

    /// <summary>How notifications are mailed; null if they are not.</summary>
    public IConfigurationSection? Mail { get; private set; }

    /// <summary>Where the host answers; null if nowhere.</summary>
    public HttpSettings? Http { get; private set; }

    /// <summary>What templates have beyond their language.</summary>
    public FilterSettings Filters { get; private set; } = new();

    /// <summary>Drivers of databases that the program does not bring along, by their names.</summary>
    public Dictionary<string, DbProviderFactory> Drivers { get; } = [];

    /// <summary>For how long a server or client may not answer before the supervisor is no longer told that the host lives. Default: 10 minutes.</summary>
    public TimeSpan HungAfter { get; private set; } = TimeSpan.FromMinutes(10);

    /// <summary>The language of templates. Default: Jinja.</summary>
    public TemplateLanguage Templates { get; private set; }

    /// <summary>The least level that is logged, by category; <c>Default</c> for all others.</summary>
    public Dictionary<string, LogLevel> LogLevels { get; } = [];

    /// <summary>Reads the settings, and reports all that is wrong with them.</summary>
    public static HostSettings Read(IConfigurationSection section, ConfigurationErrors errors)
    {
        var settings = new HostSettings();
        StrictSection.Read(section, errors, root =>
        {
            settings.Servers.AddRange(root.Named("Servers"));
            settings.Clients.AddRange(root.Named("Clients"));
            settings.Mail = root.Other("Mail");
            root.Nested(HttpSettings.Name, http => settings.Http = HttpSettings.Read(http));
            root.Nested("Watchdog", watchdog => watchdog.Value<TimeSpan>(nameof(HungAfter), value =>
            {
                var path = $"{watchdog.Section.Path}:{nameof(HungAfter)}";
                errors.Require(value > TimeSpan.Zero, path, "The time is not positive.", "Set a time longer than TargetTimeout, such as 00:10:00.");
                settings.HungAfter = value;
            }));
            root.Value<TemplateLanguage>("Templates", value => settings.Templates = value);
            root.Nested(FilterSettings.Name, filters => settings.Filters = FilterSettings.Read(filters, errors));
            root.NamedItems("Drivers", (name, driver) =>
            {
                if (DriverSettings.Read(driver, errors) is { } factory)
                    settings.Drivers[name] = factory;
            });
            root.Nested("Logging", logging =>
                logging.NamedValues("LogLevel", typeof(LogLevel), (category, level) => settings.LogLevels[category] = (LogLevel)level));
        });
        errors.Require(
            settings.Servers.Count + settings.Clients.Count > 0 || errors.Count > 0,
            section.Path,
            "The configuration has no server and no client.",
            "Write at least one of Servers and Clients, and below it a name and its settings.");
        return settings;
    }
}
