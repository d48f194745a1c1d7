using System.Security.Cryptography;
using Hermes.Tool.Tests.Mistakes;

namespace Hermes.Tool.Tests.Configuration;

public sealed class FilterAndDriverTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public async Task Templates_may_hash_and_encrypt()
    {
        using var rsa = RSA.Create(2048);
        _folder.With("key.pem", rsa.ExportSubjectPublicKeyInfoPem());

        var findings = await CheckAsync(
            $"Filters: {{ PasswordHashes: [ SSHA ], RsaKeys: {{ bus: {{ Key: '${{file:{_folder.Path}/key.pem}}', Hash: SHA3-512 }} }} }}",
            "{{ login | ldapPasswordHash | first | crypto_RSA_OAEP('bus') }}");

        findings.Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_wrong_with_filters_is_told_where_it_stands_and_without_the_key()
    {
        var findings = await CheckAsync("Filters: { PasswordHashes: [ ROT13 ], RsaKeys: { a: { Key: sesame, Hash: SHA256 }, b: { Hash: SHA256 }, c: { Key: sesame } } }", "login");

        findings.Should().HaveCount(4).And.AllSatisfy(finding => finding.Should().StartWith("hermes.yml:40:").And.NotContain("sesame"));
    }

    [Fact]
    public async Task A_driver_is_taken_from_its_assembly()
    {
        var driver = typeof(Npgsql.NpgsqlFactory).Assembly.Location;

        (await WithDriverAsync($"{{ Assembly: '{driver}', Factory: Npgsql.NpgsqlFactory }}", "Host=db")).Should().BeEmpty();
        (await WithDriverAsync("{ Assembly: nowhere.dll, Factory: A.B }", "Host=db")).Should()
            .Contain(finding => finding.Contains("Drivers:Own:Assembly: There is no file nowhere.dll."));
        (await WithDriverAsync($"{{ Assembly: '{driver}', Factory: Npgsql.Nothing }}", "Host=db")).Should().Contain(finding => finding.Contains("Drivers:Own:Factory: "));
        (await WithDriverAsync("{ }", "Host=db")).Should().Contain(finding => finding.Contains("Drivers:Own"));
    }

    public void Dispose() => _folder.Dispose();

    private Task<IReadOnlyList<string>> CheckAsync(string settings, string login) =>
        _folder.With("hermes.yml", Mistake.Campus.Replace("\"{{ login | lower }}\"", $"\"{login}\"", StringComparison.Ordinal) + settings + "\n").CheckAsync("hermes.yml");

    private Task<IReadOnlyList<string>> WithDriverAsync(string driver, string connection) => _folder
        .With("hermes.yml", Mistake.Campus.Replace("Provider: Sqlite", "Provider: Own", StringComparison.Ordinal)
            .Replace("Data Source=registry.db", connection, StringComparison.Ordinal) + $"Drivers: {{ Own: {driver} }}\n")
        .CheckAsync("hermes.yml");
}
