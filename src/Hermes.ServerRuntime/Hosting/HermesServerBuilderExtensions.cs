using Hermes.Diff.Model.Options;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Hosting;
using Hermes.ServerRuntime.State;
using Polly;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Describes a Hermes server in C#.</summary>
public static class HermesServerBuilderExtensions
{
    /// <summary>How long to wait between the end of a poll and the start of the next. Must be set.</summary>
    public static IHermesServerBuilder PollEvery(this IHermesServerBuilder server, TimeSpan interval) =>
        server.Configure(options => options.PollInterval = interval);

    /// <summary>Sets any of the options.</summary>
    public static IHermesServerBuilder Configure(this IHermesServerBuilder server, Action<HermesServerOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ServerRegistration.Of(server).Configure.Add(configure);
        return server;
    }

    /// <summary>
    /// Adds a data type. The order counts: parents before children. Added and modified events go out in this order, removed ones in the
    /// reverse order.
    /// </summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name: letters, digits and underscores.</param>
    /// <param name="describe">Describes key, sources and constraints.</param>
    public static IHermesServerBuilder DataType(this IHermesServerBuilder server, string name, Action<DataTypeBuilder> describe)
    {
        ArgumentNullException.ThrowIfNull(describe);
        return server.Configure(options =>
        {
            var type = new DataTypeOptions { Name = name };
            var builder = new DataTypeBuilder(type);
            describe(builder);
            builder.Complete();
            options.Model.DataTypes.Add(type);
        });
    }

    /// <summary>Keeps the state of the server in this store.</summary>
    public static IHermesServerBuilder UseState(this IHermesServerBuilder server, Func<IServiceProvider, IServerStateStore> create)
    {
        ServerRegistration.Of(server).State.Give(create);
        return server;
    }

    /// <summary>Lets the configuration name this kind of state: <c>"State": { "Kind": "..." }</c>.</summary>
    public static IHermesServerBuilder AddStateKind(this IHermesServerBuilder server, string kind, Func<PartSettings, IServerStateStore> create)
    {
        ServerRegistration.Of(server).State.Kinds.Add(kind, create);
        return server;
    }

    /// <summary>
    /// Lets the very first poll be followed by an initsync. Without it, clients get the data when an initsync is asked for.
    /// </summary>
    public static IHermesServerBuilder InitSyncAtFirstPoll(this IHermesServerBuilder server) =>
        server.Configure(options => options.InitSyncAtFirstPoll = true);

    /// <summary>Sets when the removals of a poll wait for approval.</summary>
    public static IHermesServerBuilder GuardRemovals(this IHermesServerBuilder server, Action<RemovalGuardOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return server.Configure(options => configure(options.RemovalGuard));
    }

    /// <summary>Adds strategies of Polly, such as a time limit or a circuit breaker, around the calls of a part.</summary>
    public static IHermesServerBuilder ConfigureResilience(this IHermesServerBuilder server, ServerPipeline pipeline, Action<ResiliencePipelineBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ServerRegistration.Of(server).Resilience[pipeline] = configure;
        return server;
    }
}
