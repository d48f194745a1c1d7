using Hermes.Tool.Configuration;
using Hermes.Tool.Http;

namespace Hermes.Tool.Control;

/// <summary>Where a host answers.</summary>
/// <param name="Socket">Its Unix socket; null if it is asked over the network.</param>
/// <param name="Url">Its address.</param>
/// <param name="Token">What it wants to be shown; null: nothing.</param>
internal sealed record HostAddress(string? Socket, Uri Url, string? Token)
{
    private static readonly Uri Local = new("http://localhost");

    /// <summary>A host at a Unix socket.</summary>
    public static HostAddress OfSocket(string path) => new(Path.GetFullPath(path), Local, null);

    /// <summary>A host at an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="reference">Where its token is, as a reference; null if it wants none.</param>
    /// <param name="environment">The environment variables.</param>
    /// <exception cref="ControlException">It can be no address, or there is no token where it should be.</exception>
    public static HostAddress OfUrl(string text, string? reference, Func<string, string?> environment)
    {
        if (HttpSettings.ProblemOf(text, out var url) is var (problem, fix))
            throw new ControlException(ExitCode.Usage, $"--url {text}: {problem} {fix}");
        return new(null, url!, reference is null ? null : TokenAt(reference, environment));
    }

    /// <summary>The host that a configuration is of: at its socket if it has one.</summary>
    /// <exception cref="ControlException">The configuration cannot be read, or opens nothing.</exception>
    public static HostAddress OfConfiguration(LocatedSettings located)
    {
        if (!located.IsReadable)
            throw Wrong(located.Findings);
        var (settings, findings) = HttpSettings.OfHost(located);
        if (settings is { Socket: { } socket })
            return OfSocket(socket);
        if (findings.Count > 0)
            throw Wrong(findings);
        if (settings is not { Url: { } url })
        {
            throw new ControlException(
                ExitCode.Configuration, "The configuration opens nothing to talk to. Write Http: { Socket: /run/hermes/hermes.sock } into it, and start the host anew.");
        }

        // Where it listens at all addresses, this machine is one of them.
        var isAny = url.Host is "0.0.0.0" or "[::]";
        return new(null, isAny ? new UriBuilder(url) { Host = "localhost" }.Uri : url, settings.Token);
    }

    /// <inheritdoc/>
    public override string ToString() => Socket is null ? Url.GetLeftPart(UriPartial.Authority) : $"the socket {Socket}";

    private static string TokenAt(string reference, Func<string, string?> environment)
    {
        if (!SecretReferences.IsIn(reference))
            throw new ControlException(ExitCode.Usage, "A token on the command line can be seen by others: write --token '${env:NAME}', '${file:/path}' or '${cred:name}'.");
        string? problem = null;
        return new SecretReferences(environment).Resolve(reference, (what, fix) => problem ??= $"--token: {what} {fix}") ?? throw new ControlException(ExitCode.Usage, problem!);
    }

    private static ControlException Wrong(IEnumerable<Finding> findings) =>
        new(ExitCode.Configuration, string.Join(Environment.NewLine, findings.Where(finding => !finding.IsWarning)));
}
