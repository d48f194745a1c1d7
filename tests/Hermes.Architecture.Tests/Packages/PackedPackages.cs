using System.Diagnostics;

namespace Hermes.Architecture.Tests.Packages;

/// <summary>Packs the libraries that these tests were built with.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-packages-").FullName;

    /// <summary>Where they are.</summary>
    internal string Folder => _folder;

    internal IReadOnlyList<PackedPackage> All { get; private set; } = [];

    public async Task InitializeAsync()
    {
        var project = Path.Combine(Repository.Root, "tests", "Hermes.Architecture.Tests", "Packages", "pack.proj");
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        string[] arguments = ["msbuild", project, "-m", "-nologo", "-v:quiet", $"-p:Configuration={configuration}", $"-p:PackageOutputPath={_folder}"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, output);
        All = [.. Directory.EnumerateFiles(_folder, "*.nupkg").Order(StringComparer.Ordinal).Select(PackedPackage.Read)];
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}
