using System.Diagnostics;
using System.Security;
using System.Text.Json;

namespace Hermes.Architecture.Tests.Packages;

/// <summary>The templates of <c>dotnet new</c>: packed, installed beside those of the user, and made into projects that are built with the packages as they were packed.</summary>
public partial class PackedPackageTests
{
    private const string Templates = "templates/Hermes.ProjectTemplates";

    [Fact]
    public void Every_template_wants_the_packages_of_today()
    {
        var version = packed.All[0].Version;
        var files = Directory.GetFiles(Path.Combine(Repository.Root, Templates, "content"), "template.json", SearchOption.AllDirectories);

        files.Should().HaveCount(3);
        files.Should().AllSatisfy(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement
            .GetProperty("symbols").GetProperty("HermesVersion").GetProperty("defaultValue").GetString().Should().Be(version));
    }

    [Fact]
    public async Task A_template_makes_a_project_that_builds()
    {
        var folder = Directory.CreateTempSubdirectory("hermes-templates-").FullName;
        try
        {
            await DotnetAsync(folder, "pack", Path.Combine(Repository.Root, Templates), "-c", "Release", "-o", folder, "-v", "quiet", "--nologo");
            var package = Directory.GetFiles(folder, "*.nupkg").Should().ContainSingle().Subject;
            var hive = Path.Combine(folder, "hive");
            await DotnetAsync(folder, "new", "install", package, "--debug:custom-hive", hive);
            var source = $"<add key=\"packed\" value=\"{SecurityElement.Escape(packed.Folder)}\" />";
            File.WriteAllText(Path.Combine(folder, "nuget.config"), $"<configuration><packageSources>{source}</packageSources></configuration>");
            foreach (var template in new[] { "host", "target", "source" })
            {
                var project = Path.Combine(folder, $"Campus.{template}");
                await DotnetAsync(folder, "new", $"hermes-{template}", "-n", $"Campus.{template}", "-o", project, "--no-update-check", "--debug:custom-hive", hive);
                File.Exists(Path.Combine(project, $"Campus.{template}.csproj")).Should().BeTrue();

                // Packages of others come from where they are already; ours, which bear the same version for long, from where they were packed just now.
                var (packages, known) = ($"-p:RestorePackagesPath={Path.Combine(folder, "packages")}", $"-p:RestoreFallbackFolders={KnownPackages()}");
                await DotnetAsync(project, "build", "-v", "quiet", "--nologo", "-warnaserror", packages, known);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string KnownPackages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.Should().Be(0, $"dotnet {string.Join(' ', arguments)}: {output}");
    }
}
