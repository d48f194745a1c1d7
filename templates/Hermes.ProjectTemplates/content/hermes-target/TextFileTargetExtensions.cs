using Hermes.Runtime.Registration;
using HermesTarget;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Hangs the target on a client.</summary>
public static class TextFileTargetExtensions
{
    /// <summary>Lets the configuration name it: <c>"Target": { "Kind": "TextFile", "Folder": "..." }</c>.</summary>
    public static IHermesClientBuilder AddTextFileKind(this IHermesClientBuilder client) =>
        client.AddTargetKind("TextFile", part => new TextFileTarget(part.Read<TextFileTargetOptions>()));
}
