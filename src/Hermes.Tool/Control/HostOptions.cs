using System.CommandLine;
using Hermes.Tool.Configuration;
using Hermes.Tool.Output;

namespace Hermes.Tool.Control;

/// <summary>The options that every command has which talks to a host that runs.</summary>
internal sealed class HostOptions
{
    private const string UsualFile = "hermes.yml";

    private readonly Option<string?> _socket = new("--socket") { Description = "The Unix socket of the host.", HelpName = "PATH" };

    private readonly Option<string?> _url = new("--url") { Description = "The address of the host: https, or http of this machine.", HelpName = "URL" };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "Where the token for the address is: ${env:NAME}, ${file:/path} or ${cred:name}.",
        HelpName = "REFERENCE",
    };

    private readonly Option<string[]> _configuration = new("--config", "-c")
    {
        Description = $"The configuration of the host, which says where it answers. Default: {UsualFile}, unless --socket or --url is given.",
        HelpName = "FILE",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _as = new("--as") { Description = "Who asks, for the log. Default: the user of the operating system.", HelpName = "NAME" };

    private readonly Option<bool> _json = new("--json") { Description = "Answers in JSON." };

    /// <summary>Adds the options to a command, and lets it do something with a host.</summary>
    /// <param name="command">The command.</param>
    /// <param name="act">Does it, and tells how the program ends.</param>
    public static Command Attach(Command command, Func<HostContext, Task<int>> act)
    {
        var options = new HostOptions();
        foreach (var option in new Option[] { options._socket, options._url, options._token, options._configuration, options._as, options._json })
            command.Options.Add(option);
        command.SetAction((arguments, cancellationToken) => options.RunAsync(arguments, act, cancellationToken));
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, Func<HostContext, Task<int>> act, CancellationToken cancellationToken)
    {
        var answers = new Answers(Console.Out, arguments.GetValue(_json), !Console.IsOutputRedirected);
        try
        {
            using var host = new HostConnection(AddressOf(arguments), arguments.GetValue(_as) ?? Environment.UserName);
            return await act(new HostContext(arguments, host, answers, cancellationToken));
        }
        catch (ControlException refused)
        {
            await Console.Error.WriteLineAsync(refused.Message);
            return refused.ExitCode;
        }
    }

    private HostAddress AddressOf(ParseResult arguments)
    {
        var (socket, url, token, files) = (arguments.GetValue(_socket), arguments.GetValue(_url), arguments.GetValue(_token), arguments.GetValue(_configuration));
        if (new[] { socket is not null, url is not null, files is { Length: > 0 } }.Count(isGiven => isGiven) > 1)
            throw new ControlException(ExitCode.Usage, "Say in one way where the host is: --socket, --url or --config.");
        if (token is not null && url is null)
            throw new ControlException(ExitCode.Usage, "A --token is for the address that --url names.");
        if (socket is not null)
            return HostAddress.OfSocket(socket);
        if (url is not null)
            return HostAddress.OfUrl(url, token, Environment.GetEnvironmentVariable);
        if (files is not { Length: > 0 })
        {
            if (!File.Exists(UsualFile))
                throw new ControlException(ExitCode.Usage, $"Say where the host is, by --socket PATH, --url URL or --config FILE: there is no {UsualFile} in this folder.");
            files = [UsualFile];
        }

        var environment = Environment.GetEnvironmentVariables();
        return HostAddress.OfConfiguration(LocatedSettings.Read(files, Override.Of(environment), environment));
    }
}

/// <summary>What a command works with.</summary>
/// <param name="Arguments">What was given to it.</param>
/// <param name="Host">The host that it talks to.</param>
/// <param name="Answers">Where it tells what came of it.</param>
/// <param name="CancellationToken">Ends it.</param>
internal sealed record HostContext(ParseResult Arguments, HostConnection Host, Answers Answers, CancellationToken CancellationToken);
