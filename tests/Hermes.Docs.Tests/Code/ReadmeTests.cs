using System.Diagnostics;
using Hermes.TestSupport.Servers;
using Microsoft.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Hermes.Docs.Tests.Code;

/// <summary>The program of the README does what the README says.</summary>
public sealed class ReadmeTests : IDisposable
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-readme-").FullName;

    // Beside the assemblies that it uses.
    private readonly string _program = Path.Combine(AppContext.BaseDirectory, $"readme-{Guid.NewGuid():N}.dll");

    [Fact]
    public async Task Program_of_the_readme_brings_people_into_a_folder_of_files()
    {
        MakeUniversity();
        var emitted = SnippetCompiler.Program(Snippet.Of("README.md", "csharp").First().Text).Emit(_program);
        emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Should().BeEmpty();

        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", ["exec", "--depsfile", Companion("deps"), "--runtimeconfig", Companion("runtimeconfig"), _program])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        try
        {
            await Polling.UntilAsync(_ => Task.FromResult(process.HasExited || Accounts().Length == 2), Bound, "two files");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        var told = await output;
        Accounts().Should().HaveCount(2, told);
        string.Concat(Accounts().Select(File.ReadAllText)).Should().ContainAll("\"Lovelace, Ada\"", "\"Hopper, Grace\"").And.NotContain("Gone");
    }

    public void Dispose()
    {
        File.Delete(_program);
        Directory.Delete(_folder, recursive: true);
    }

    private static string Companion(string kind) => Path.Combine(AppContext.BaseDirectory, $"{typeof(ReadmeTests).Assembly.GetName().Name}.{kind}.json");

    private string[] Accounts()
    {
        var folder = Path.Combine(_folder, "accounts", "Account");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
    }

    private void MakeUniversity()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "university.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE people (person_id INTEGER PRIMARY KEY, login TEXT, first_name TEXT, last_name TEXT, left_on TEXT);
            INSERT INTO people VALUES (1, 'ada', 'Ada', 'Lovelace', NULL), (2, 'grace', 'Grace', 'Hopper', NULL), (3, 'gone', 'Gone', 'Gone', '2020-01-01');
            """;
        command.ExecuteNonQuery();
    }
}
