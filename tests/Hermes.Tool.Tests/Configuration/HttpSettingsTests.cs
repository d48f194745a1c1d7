using Hermes.Tool.Control;
using Hermes.Tool.Http;

namespace Hermes.Tool.Tests.Configuration;

public sealed class HttpSettingsTests : IDisposable
{
    private readonly SettingsFolder _folder = new();

    [Fact]
    public void A_socket_is_for_its_owner_unless_the_configuration_says_otherwise()
    {
        var own = Read("Socket: hermes.sock");
        var shared = Read("Socket: hermes.sock, SocketMode: 0660");

        own.SocketMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        shared.SocketMode.Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
        (own.Url, own.Token, own.Dashboard).Should().Be((null, null, false), "nothing else is open");
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("http://localhost:5080/")]
    public void An_address_of_this_machine_may_be_http(string url) => Read($"Url: '{url}'").Url.Should().Be(new Uri(url));

    [Theory]
    [InlineData("Socket: hermes.sock, Url: 'http://localhost:5080'", "SOCKET")]
    [InlineData("Url: 'http://localhost:5080', Token: '${env:TOKEN}'", "http://localhost:5080/ with 0123456789abcdef")]
    [InlineData("Url: 'https://0.0.0.0:8443', Certificate: { Path: only-of-the-host }, Token: '${env:TOKEN}'", "https://localhost:8443/ with 0123456789abcdef")]
    public void The_command_finds_a_host_by_its_configuration(string http, string expected)
    {
        _folder.Environment["TOKEN"] = "0123456789abcdef";

        var address = HostAddress.OfConfiguration(_folder.With("a.yml", $"Http: {{ {http} }}\nMail: {{ Password: '${{env:NOT_MINE}}' }}\n").Read("a.yml"));

        (address.Socket is null ? $"{address.Url} with {address.Token}" : "SOCKET").Should().Be(expected);
    }

    [Theory]
    [InlineData("Templates: Jinja", "opens nothing to talk to")]
    [InlineData("Http: { Url: 'http://localhost:1', Token: '${env:NOT_MINE}' }", "NOT_MINE is not set")]
    [InlineData("Http: [", "a.yml:2:1: ")]
    public void A_configuration_by_which_no_host_can_be_found_is_told(string yaml, string problem)
    {
        var find = () => HostAddress.OfConfiguration(_folder.With("a.yml", yaml).Read("a.yml"));

        find.Should().Throw<ControlException>().WithMessage($"*{problem}*").Which.ExitCode.Should().Be(78);
    }

    public void Dispose() => _folder.Dispose();

    private HttpSettings Read(string yaml)
    {
        var (settings, findings) = HttpSettings.OfHost(_folder.With("a.yml", $"Http: {{ {yaml} }}").Read("a.yml"));
        findings.Should().BeEmpty();
        return settings!;
    }
}
