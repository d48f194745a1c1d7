using System.Collections;

namespace Hermes.Tool.Configuration;

/// <summary>A setting that counts more than the files: of an environment variable or of the command line.</summary>
/// <param name="Path">The setting, such as <c>Servers:campus:PollInterval</c>.</param>
/// <param name="Text">What it is set to.</param>
/// <param name="Place">Who says it.</param>
internal sealed record Override(string Path, string Text, SettingPlace Place)
{
    private const string Prefix = SettingFiles.Root + "__";

    /// <summary>The settings among the environment variables: <c>HERMES__Servers__campus__PollInterval</c>.</summary>
    public static IEnumerable<Override> Of(IDictionary environment) =>
        from name in environment.Keys.Cast<string>().Order(StringComparer.Ordinal)
        where name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
        select new Override(name[Prefix.Length..].Replace("__", ":", StringComparison.Ordinal), (string?)environment[name] ?? "", new($"environment variable {name}"));

    /// <summary>A setting of the command line: <c>Servers:campus:PollInterval=00:01:00</c>.</summary>
    /// <returns>Null if the text is none.</returns>
    public static Override? Parse(string text)
    {
        var equals = text.IndexOf('=');
        if (equals <= 0)
            return null;
        var path = text[..equals];
        if (path.StartsWith(SettingFiles.Root + ":", StringComparison.OrdinalIgnoreCase))
            path = path[(SettingFiles.Root.Length + 1)..];
        return new(path, text[(equals + 1)..], new($"--set {path}"));
    }
}
