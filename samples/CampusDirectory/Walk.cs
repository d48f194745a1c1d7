using Hermes.ClientRuntime.Control;
using Hermes.ServerRuntime.Control;
using Microsoft.Extensions.DependencyInjection;

namespace CampusDirectory;

/// <summary>Makes changes in the sources, one after the other, and looks at each of them where it arrives.</summary>
internal sealed class Walk(IServiceProvider services, Registry registry, Office office, LdapView ldap)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly IHermesServerControl _server = services.GetRequiredService<IHermesServerControl>();
    private readonly IHermesClientControl _client = services.GetRequiredService<IHermesClientControl>();
    private DirectoryEntries _known = [];
    private int _checks;
    private int _differences;
    private bool _isComplete;

    /// <summary>Whether all was done, and the directory was as it should be each time.</summary>
    public bool IsGood => _isComplete && _differences == 0 && _client.Status is { QueuedEvents: 0, DeadLetters: 0 };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await PollAsync(cancellationToken);
        Terminal.Known(_server.Status);
        await CatchUpAsync(cancellationToken);
        Terminal.InLdap(_known);
        await CheckAsync();
    }

    public async Task GoThroughAsync(Change change, CancellationToken cancellationToken)
    {
        Terminal.Title(change.Title);
        foreach (var edit in change.Edits)
        {
            Terminal.Edit(edit);
            await edit.MakeAsync();
        }

        Terminal.Poll(await PollAsync(cancellationToken));
        var before = _known;
        await CatchUpAsync(cancellationToken);
        Terminal.InLdap(before, _known);
        await CheckAsync();
    }

    public void Summarise()
    {
        _isComplete = true;
        Terminal.Title("Summary");
        Terminal.Summary(_server.Status, _client.Status, _checks, _differences);
    }

    public void BreakOff() => Terminal.BrokenOff(_server.Status, _client.Status);

    // A poll that fails is tried again, as the server does by itself: the bus, for one, may not be ready yet.
    private async Task<PollResult> PollAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await Terminal.WhileAsync("polling the sources", _server.UpdateAsync(cancellationToken));
            if (result.Succeeded)
                return result;
            Terminal.Poll(result);
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await Terminal.WhileAsync("the client is catching up", _client.WhenCaughtUpAsync(cancellationToken));
        _known = ldap.Read();
    }

    private async Task CheckAsync()
    {
        _checks++;
        var differences = DirectoryEntries.Difference(await Expected.FromAsync(registry, office), _known).ToList();
        Terminal.Check(differences);
        if (differences.Count > 0)
            _differences++;
    }
}
