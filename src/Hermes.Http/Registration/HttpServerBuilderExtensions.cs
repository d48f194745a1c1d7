using Hermes.Http.Source;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds web services as sources to a server.</summary>
public static class HttpServerBuilderExtensions
{
    /// <summary>Adds a data source that reads a web service.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name that data types refer to.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the server starts.</param>
    public static IHermesServerBuilder AddHttpSource(this IHermesServerBuilder server, string name, Action<HttpSourceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(configure);
        return server.AddSource(name, services => Make(services, name, PartOptions.Make($"Sources:{name}", configure)));
    }

    /// <summary>Lets the configuration name the kind <c>Http</c> for a source.</summary>
    public static IHermesServerBuilder AddHttpKinds(this IHermesServerBuilder server)
    {
        ArgumentNullException.ThrowIfNull(server);
        return server.AddSourceKind("Http", part => Make(part.Services, part.Name, part.Read<HttpSourceOptions>()));
    }

    private static HttpSource Make(IServiceProvider services, string name, HttpSourceOptions options) =>
        new(name, options, services.GetService<TimeProvider>(), services.GetService<ILogger<HttpSource>>());
}
