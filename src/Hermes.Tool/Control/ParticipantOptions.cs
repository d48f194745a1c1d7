using System.CommandLine;

namespace Hermes.Tool.Control;

/// <summary>The options that say which server or client is meant.</summary>
internal sealed class ParticipantOptions
{
    private readonly Option<string?> _server = new("--server") { Description = "The server.", HelpName = "NAME" };

    private readonly Option<string?> _client = new("--client") { Description = "The client.", HelpName = "NAME" };

    private readonly string[] _kinds;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="kinds">Whether it is about servers, clients, or both.</param>
    public ParticipantOptions(Command command, params string[] kinds)
    {
        _kinds = kinds;
        if (kinds.Contains("server"))
            command.Options.Add(_server);
        if (kinds.Contains("client"))
            command.Options.Add(_client);
    }

    /// <summary>Those that are named, or all.</summary>
    public async Task<IReadOnlyList<Participant>> ReadAsync(HostContext context)
    {
        var all = await Participant.ReadAsync(context);
        var named = new List<Participant>();
        foreach (var (kind, option) in new[] { ("server", _server), ("client", _client) })
        {
            if (_kinds.Contains(kind) && context.Arguments.GetValue(option) is { } name)
                named.Add(Participant.Find(all, kind, name));
        }

        return named.Count > 0 ? named : [.. all.Where(one => _kinds.Contains(one.Kind))];
    }

    /// <summary>The one that is named, or the only one there is.</summary>
    /// <exception cref="ControlException">It is not said which.</exception>
    public async Task<Participant> ReadOneAsync(HostContext context)
    {
        var some = await ReadAsync(context);
        var options = string.Join(" or ", _kinds.Select(kind => $"--{kind}"));
        return some switch
        {
            [var one] => one,
            [] => throw new ControlException(ExitCode.NotFound, $"The host has no {string.Join(" and no ", _kinds)}."),
            _ => throw new ControlException(ExitCode.Usage, $"Name one by {options}: the host has {Participant.Names(some)}."),
        };
    }
}
