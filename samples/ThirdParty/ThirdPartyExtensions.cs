using Hermes.Runtime.Registration;
using ThirdParty.Bus;
using ThirdParty.Target;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Hangs the bus and the target on servers and clients, in code and by their names in a configuration.</summary>
public static class ThirdPartyExtensions
{
    private static readonly BusKind<FolderBusOptions> JsonFolder = new(
        "JsonFolder",
        (services, options) => new FolderBusProducer(options, TimeOf(services)),
        (services, options) => new FolderBusConsumer(options, TimeOf(services)));

    /// <summary>Sends to a bus in this folder.</summary>
    public static IHermesServerBuilder UseFolderBus(this IHermesServerBuilder server, string folder) =>
        JsonFolder.Use(server, options => options.Folder = folder);

    /// <summary>Reads from a bus in this folder.</summary>
    public static IHermesClientBuilder UseFolderBus(this IHermesClientBuilder client, string folder) =>
        JsonFolder.Use(client, options => options.Folder = folder);

    /// <summary>Keeps a folder of INI files in step.</summary>
    public static IHermesClientBuilder ToIniFiles(this IHermesClientBuilder client, Action<IniTargetOptions> configure) =>
        client.UseTarget(_ => new IniTarget(PartOptions.Make("Target", configure)));

    /// <summary>Lets the configuration of a server name the kind <c>JsonFolder</c> for its bus.</summary>
    public static IHermesServerBuilder AddThirdPartyKinds(this IHermesServerBuilder server) => JsonFolder.Add(server);

    /// <summary>Lets the configuration of a client name the kind <c>JsonFolder</c> for its bus, and <c>Ini</c> for its target.</summary>
    public static IHermesClientBuilder AddThirdPartyKinds(this IHermesClientBuilder client) =>
        JsonFolder.Add(client).AddTargetKind("Ini", part => new IniTarget(part.Read<IniTargetOptions>()));

    private static TimeProvider TimeOf(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
