using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Hermes.Runtime.Configuration;
using Hermes.Tool.Configuration;
using Microsoft.Extensions.Configuration;

namespace Hermes.Tool.Http;

/// <summary>Where a host answers those who ask how it is doing or tell it what to do. Nothing is open that is not named here.</summary>
internal sealed class HttpSettings
{
    /// <summary>The name of the section.</summary>
    public const string Name = "Http";

    /// <summary>The least number of characters of a token.</summary>
    public const int ShortestToken = 16;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The address for others: https, or http of this machine. Null: none.</summary>
    public Uri? Url { get; private set; }

    /// <summary>The path of a Unix socket. Null: none.</summary>
    public string? Socket { get; private set; }

    /// <summary>Who may use the socket. Default: its owner.</summary>
    public UnixFileMode SocketMode { get; private set; } = OwnerOnly;

    /// <summary>What a request to the address has to bring along. Null: only requests of this machine are answered.</summary>
    public string? Token { get; private set; }

    /// <summary>Whether there are pages for people, not only the API.</summary>
    public bool Dashboard { get; private set; }

    /// <summary>What the host proves itself with over https.</summary>
    public X509Certificate2? Certificate { get; private set; }

    /// <summary>Reads the section, and reports all that is wrong with it.</summary>
    /// <param name="section">The section.</param>
    /// <param name="isHost">Whether the host itself reads it: who only talks to it need not be allowed to read its certificate.</param>
    public static HttpSettings Read(StrictSection section, bool isHost = true)
    {
        var (settings, report) = (new HttpSettings(), new Reporter(section));
        section.Text("Url", text => settings.Url = ReadUrl(text, report));
        section.Text("Socket", text => settings.Socket = ReadSocket(text, report));
        section.Text("SocketMode", text => settings.SocketMode = ReadMode(text, report));
        section.Text("Token", text => settings.Token = ReadToken(text, report));
        section.Value<bool>("Dashboard", value => settings.Dashboard = value);
        if (isHost)
            section.Nested("Certificate", certificate => settings.Certificate = ServerCertificate.Read(certificate));
        else
            _ = section.Other("Certificate");

        report.Unless(section.Has("Url") || section.Has("Socket"), "", "The section opens nothing.", "Set Socket to a path, or Url to an address; or remove the section.");
        report.Unless(
            settings.Url?.Scheme != Uri.UriSchemeHttps || section.Has("Certificate"),
            "Url",
            "There is no certificate for https.",
            "Set Certificate: { Path: host.pem, KeyPath: host.key }.");
        report.Unless(
            !section.Has("Certificate") || settings.Url is null || settings.Url.Scheme == Uri.UriSchemeHttps,
            "Certificate",
            "Over http, a certificate is of no use.",
            "Write https in Url, or remove it.");
        report.Unless(
            section.Has("Url") || !section.Has("Token"),
            "Token",
            "A token is for Url, which is not set.",
            "Set Url, or remove the token: who may use the socket is said by SocketMode.");
        report.Unless(section.Has("Socket") || !section.Has("SocketMode"), "SocketMode", "There is no socket.", "Set Socket to a path, or remove this.");
        return settings;
    }

    /// <summary>The settings of a host for who talks to it, and all that is wrong with them; null if it has none.</summary>
    public static (HttpSettings? Settings, IReadOnlyList<Finding> Findings) OfHost(LocatedSettings located)
    {
        var section = new ConfigurationBuilder().Add(located).Build().GetSection($"{SettingFiles.Root}:{Name}");
        if (!section.Exists())
            return (null, []);
        var errors = new ConfigurationErrors(SettingFiles.Root);
        HttpSettings? settings = null;
        StrictSection.Read(section, errors, http => settings = Read(http, isHost: false));
        return (settings, [.. located.With(errors).Where(finding => !finding.IsWarning && finding.Setting.StartsWith(Name, StringComparison.OrdinalIgnoreCase))]);
    }

    /// <summary>What is wrong with an address; null if nothing is.</summary>
    public static (string Problem, string Fix)? ProblemOf(string text, out Uri? url)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out url) || (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps))
            return ("This is no address of http or https.", "Write such as https://hermes.example.org:8443, or http://127.0.0.1:5080 for this machine alone.");
        if (url.PathAndQuery != "/" || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
            return ("An address has a scheme, a host and a port here, and nothing more.", $"Write {url.Scheme}://{url.Authority}.");
        if (url.Scheme == Uri.UriSchemeHttp && !IsLoopback(url))
            return ("Over http, whoever is on the way reads along.", $"Write https://{url.Authority} with a certificate, or http://127.0.0.1:{url.Port} for this machine alone.");
        return null;
    }

    private static bool IsLoopback(Uri url) =>
        url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static Uri? ReadUrl(string text, Reporter report)
    {
        if (ProblemOf(text, out var url) is not var (problem, fix))
            return url;
        report.Add("Url", problem, fix);
        return null;
    }

    private static string? ReadSocket(string text, Reporter report)
    {
        try
        {
            var path = Path.GetFullPath(text);
            _ = new UnixDomainSocketEndPoint(path);
            return path;
        }
        catch (ArgumentException)
        {
            report.Add("Socket", "This can be no path of a socket: it is empty or too long.", "Write a path of at most about 100 characters, such as /run/hermes/hermes.sock.");
            return null;
        }
    }

    private static UnixFileMode ReadMode(string text, Reporter report)
    {
        var digits = text.TrimStart('0');
        if (digits.Length == 3 && digits.All(digit => digit is >= '0' and <= '7') && digits[0] is '6' or '7')
            return (UnixFileMode)Convert.ToInt32(digits, 8);
        report.Add("SocketMode", "The value cannot be read.", "Write a mode as chmod takes it: 600 for the owner alone, 660 for the group too.");
        return OwnerOnly;
    }

    private static string? ReadToken(string text, Reporter report)
    {
        if (text.Length >= ShortestToken && text.All(letter => letter is > ' ' and < '\u007f'))
            return text;
        report.Add(
            "Token",
            $"A token has at least {ShortestToken} characters, letters, digits and signs without spaces.",
            "Make a long one at random, such as by: openssl rand -hex 32. Keep it elsewhere, and write ${env:NAME}, ${file:/path} or ${cred:name} here.");
        return null;
    }

    private sealed class Reporter(StrictSection section)
    {
        public void Add(string setting, string problem, string fix) =>
            section.Report(setting.Length == 0 ? section.Section.Path : $"{section.Section.Path}:{setting}", problem, fix);

        public void Unless(bool isRight, string setting, string problem, string fix)
        {
            if (!isRight)
                Add(setting, problem, fix);
        }
    }
}
