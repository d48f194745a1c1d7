using Hermes.Tool.Configuration;
using Hermes.Tool.Hosting;
using Microsoft.Extensions.Configuration;

namespace Hermes.Tool.Tests;

/// <summary>A folder of configuration files. What is said of them names the files without the folder.</summary>
internal sealed class SettingsFolder : IDisposable
{
    /// <summary>The environment variables that the settings see.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What <c>--set</c> says.</summary>
    public List<string> Set { get; } = [];

    public string Path { get; } = Directory.CreateTempSubdirectory("hermes-tool-").FullName;

    public SettingsFolder With(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    /// <summary>Reads files, or the folder itself if none is named.</summary>
    public LocatedSettings Read(params string[] files) => LocatedSettings.Read(
        files.Length == 0 ? [Path] : [.. files.Select(file => System.IO.Path.Combine(Path, file))],
        Override.Of(Environment).Concat(Set.Select(text => Override.Parse(text)!)),
        Environment);

    /// <summary>Reads files as a .NET configuration; what is below <c>Hermes</c>.</summary>
    public IConfigurationSection Section(params string[] files) => new ConfigurationBuilder().Add(Read(files)).Build().GetSection("Hermes");

    /// <summary>What <c>hermes check</c> says of files.</summary>
    public async Task<IReadOnlyList<string>> CheckAsync(params string[] files) =>
        [.. (await ToolHost.CheckAsync(Read(files))).Select(finding => Short(finding.ToString()))];

    /// <summary>What is wrong with files by themselves, whatever the settings mean.</summary>
    public IReadOnlyList<string> Findings(params string[] files) => [.. Read(files).Findings.Select(finding => Short(finding.ToString()))];

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private string Short(string text) => text.Replace(Path + System.IO.Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Replace(Path, "FOLDER", StringComparison.Ordinal);
}
