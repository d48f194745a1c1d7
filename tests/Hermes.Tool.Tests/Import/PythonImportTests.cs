using System.Security.Cryptography;
using Hermes.TestSupport;
using Hermes.Tool.Configuration;
using Hermes.Tool.Import;

namespace Hermes.Tool.Tests.Import;

/// <summary>
/// Made-up configurations of the original program, written by its documentation. What becomes of each is written down: our configuration, then what had no counterpart, then the
/// files that are to hold the secrets.
/// </summary>
public sealed class PythonImportTests : IDisposable
{
    private const string Folder = "tests/Hermes.Tool.Tests/Import/Python";

    private static readonly RSA Rsa = RSA.Create(2048);

    /// <summary>Each process alone, and a host of several.</summary>
    private static readonly string[] AllHosts =
    [
        "sqlite-server", "postgresql-server", "oracle-server", "ldap-server", "merging-server", "filters-server", "null-client", "ldap-client", "domain-pypsrp-client",
        "domain-winrm-client", "kerberos-client", "postgresql-server null-client ldap-client null-client command-line",
    ];

    private readonly SettingsFolder _folder = new();

    public static TheoryData<string> Hosts => [.. AllHosts];

    [Theory]
    [MemberData(nameof(Hosts))]
    public async Task A_configuration_becomes_what_is_written_down_and_passes_the_check(string files)
    {
        var imported = Import(files.Split(' '));

        foreach (var secret in imported.Secrets)
            _folder.With(secret.File, secret.Text);
        var findings = await _folder.With("hermes.yml", Located(imported.Yaml)).CheckAsync("hermes.yml");
        Written.ShouldBe($"{Folder}/{files.Replace(' ', '+')}.verified.txt", Text(imported));
        findings.Where(finding => !IsDriverOfOracle(finding)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_odd_is_told_and_the_rest_is_taken_over()
    {
        var imported = Import("odd-server");

        Written.ShouldBe($"{Folder}/odd-server.verified.txt", Text(imported));
        (await _folder.With("hermes.yml", imported.Yaml).CheckAsync("hermes.yml")).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(PythonSettings.All), MemberType = typeof(PythonSettings))]
    public void Every_setting_of_the_original_is_in_one_of_them(string setting)
    {
        var texts = RepositoryFiles.List(Folder, "*.yml").Select(RepositoryFiles.Read);

        texts.Should().Contain(text => text.Contains($"{setting}:", StringComparison.Ordinal));
    }

    [Fact]
    public void No_setting_of_the_original_is_unknown()
    {
        foreach (var files in AllHosts)
            Import(files.Split(' ')).Notes.Should().NotContain(note => note.Problem.Contains("no such setting"), files);
    }

    [Fact]
    public void No_secret_is_shown()
    {
        foreach (var files in AllHosts)
        {
            var imported = Import(files.Split(' '));
            var shown = Text(imported) + string.Join(' ', imported.Secrets);

            foreach (var secret in imported.Secrets)
                shown.Should().NotContain(secret.Text);
        }
    }

    public void Dispose() => _folder.Dispose();

    private static bool IsDriverOfOracle(string finding) =>
        finding.Contains("Drivers:Oracle:Assembly", StringComparison.Ordinal) || finding.Contains("Provider", StringComparison.Ordinal);

    private static string Text(ImportedConfiguration imported) =>
        $"{imported.Yaml}\n{string.Join("\n", imported.Notes).ReplaceLineEndings("\n")}\n\n{string.Join("\n", imported.Secrets.Select(secret => $"secret: {secret}"))}\n";

    private ImportedConfiguration Import(params string[] names)
    {
        var (nodes, findings) = (new List<MapNode>(), new List<Finding>());
        foreach (var name in names)
        {
            var text = RepositoryFiles.Read($"{Folder}/{name}.yml").Replace("@PRIVATE@", Line(Rsa.ExportRSAPrivateKeyPem()), StringComparison.Ordinal)
                .Replace("@PUBLIC@", Line(Rsa.ExportSubjectPublicKeyInfoPem()), StringComparison.Ordinal);
            nodes.Add((MapNode)YamlSettings.Read($"{name}.yml", text, findings)!);
        }

        findings.Should().BeEmpty();
        return PythonImport.Convert(nodes, "secrets");
    }

    private static string Line(string pem) => pem.ReplaceLineEndings("\\n");

    // The secrets lie in the folder of the test, which is not the one in which it runs; the certificates, which must be there, too.
    private string Located(string yaml)
    {
        foreach (var certificate in new[] { "ca.crt", "server.crt", "server.pem", "client.crt", "client.pem" })
            _folder.With(Path.Combine("certificates", certificate), "");
        return yaml.Replace("${file:secrets", $"${{file:{_folder.Path}/secrets", StringComparison.Ordinal)
            .Replace("/etc/hermes/", $"{_folder.Path}/certificates/", StringComparison.Ordinal);
    }
}
