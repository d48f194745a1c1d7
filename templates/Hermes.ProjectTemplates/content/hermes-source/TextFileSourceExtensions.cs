using Hermes.Runtime.Registration;
using HermesSource;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Hangs the source on a server.</summary>
public static class TextFileSourceExtensions
{
    /// <summary>Lets the configuration name it: <c>"Sources": { "hr": { "Kind": "TextFile", "Folder": "..." } }</c>.</summary>
    public static IHermesServerBuilder AddTextFileKind(this IHermesServerBuilder server) =>
        server.AddSourceKind("TextFile", part => new TextFileSource(part.Read<TextFileSourceOptions>()));
}
