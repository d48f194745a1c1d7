using Hermes.Files.Target;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a folder of files as the target of a client.</summary>
public static class FilesClientBuilderExtensions
{
    /// <summary>Keeps a folder in step: one folder per data type, one JSON file per entry.</summary>
    public static IHermesClientBuilder ToFolder(this IHermesClientBuilder client, Action<FolderTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(configure);
        return client.UseTarget(_ => new FolderTarget(PartOptions.Make("Target", configure)));
    }

    /// <summary>Keeps this folder in step, with the defaults for all else.</summary>
    public static IHermesClientBuilder ToFolder(this IHermesClientBuilder client, string folder) => client.ToFolder(options => options.Folder = folder);

    /// <summary>Lets the configuration name the kind <c>Folder</c> for a target.</summary>
    public static IHermesClientBuilder AddFileKinds(this IHermesClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.AddTargetKind("Folder", part => new FolderTarget(part.Read<FolderTargetOptions>()));
    }
}
