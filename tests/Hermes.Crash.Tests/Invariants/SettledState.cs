using Hermes.Crash.Host;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// What holds when all has settled. <i>Nothing lost</i>: what the bus tells equals the source projected through the server's model; the target of the client that was
/// killed, and that of a client that came at the end, equal the source projected through both; each event of a user was written back.
/// </summary>
internal sealed class SettledState
{
    private readonly RigFolder _folder;
    private readonly CampusOptions _options;
    private readonly BusReplay _bus;
    private readonly SqliteFile _source;

    private SettledState(RigFolder folder, CampusOptions options, SqliteFile source, BusReplay bus) => (_folder, _options, _source, _bus) = (folder, options, source, bus);

    /// <summary>Checks what a campus has settled to.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="options">What it has in use.</param>
    /// <param name="server">The last model of the server.</param>
    /// <param name="client">The last model of the clients.</param>
    /// <param name="tellingsOfSecrets">How often a server may have told all secrets: at each of its starts, and after each initsync.</param>
    public static async Task<SettledFigures> CheckAsync(RigFolder folder, CampusOptions options, CampusModel server, CampusModel client, int tellingsOfSecrets)
    {
        using var source = new SqliteFile(folder.Source);
        var state = new SettledState(folder, options, source, BusReplay.Of(await BusContent.ReadAsync(folder, options), options));
        state.CheckServer(server, tellingsOfSecrets);
        var old = state.CheckClient(Role.Client, server, client);
        var young = state.CheckClient(Role.Newcomer, server, client);
        return new SettledFigures(
            state._bus.Events, old.Calls + young.Calls, old.Redeliveries + young.Redeliveries, old.Failures + young.Failures, old.WorstReplay);
    }

    private void CheckServer(CampusModel model, int tellingsOfSecrets)
    {
        SoundState.CheckLeftBy(Role.Server, _folder);
        Compare("the bus", SourceProjection.Server(_source, model), _bus.Entries);
        if (_options.HasSecret)
            Compare("the secrets on the bus", SourceProjection.Secrets(_source, "Users"), _bus.Secrets);
        if (_options.Trouble != CampusTrouble.None)
            return;
        if (_bus.Repetitions.FirstOrDefault(entry => entry.Value > tellingsOfSecrets) is { Value: > 0 } repeated)
            throw new ViolationException("Confirmed once", $"The secret of {repeated.Key} was told {repeated.Value} times again, in {tellingsOfSecrets} starts and initsyncs.");
        if (_options.WriteBack == WriteBack.One)
        {
            var written = _source.Rows("select distinct cast(user_id as text), stamp from receipts").Select(row => ((string)row[0]!, (long)row[1]!)).ToHashSet();
            if (_bus.Users.Except(written).ToList() is { Count: > 0 } lost)
                throw new ViolationException("Nothing lost", $"{lost.Count} events were not written back, such as that of user {lost[0].Item1} with stamp {lost[0].Item2}.");
        }
    }

    private JournalReplay CheckClient(Role role, CampusModel server, CampusModel client)
    {
        var folder = role.FolderIn(_folder);
        SoundState.CheckLeftBy(role, folder);
        var journal = JournalReplay.Of(folder.Journal, _options);
        var (wanted, secrets) = (SourceProjection.Client(_source, server, client), SecretsOfAccounts());
        Compare($"the target of the {role}", wanted, journal.Live, journal.WasLost);
        Compare($"the secrets of the {role}", secrets, journal.Secrets, journal.WasLost);
        if (journal.Trashed > 0 && !journal.WasLost)
            throw new ViolationException("Nothing lost", $"{journal.Trashed} entries were never purged from the target of the {role}.");
        if (TargetContent.Of(folder, _options, journal.WasLost) is { } content)
        {
            Compare($"what the {_options.Target} target of the {role} holds", AsHeld(wanted), content.Entries, journal.WasLost);
            Compare($"the secrets in the {_options.Target} target of the {role}", secrets, content.Secrets, journal.WasLost);
        }

        foreach (var (name, times) in journal.Repetitions)
        {
            if (_options.Trouble == CampusTrouble.None && times > _bus.Repetitions.GetValueOrDefault(name with { Type = "Users" }))
                throw new ViolationException("Confirmed once", $"The target of the {role} got the secret of {name} {times} times again, more often than the bus told it.");
        }

        return journal;
    }

    // Of a membership, a directory has nothing but that it is one.
    private IReadOnlyDictionary<EntryName, string> AsHeld(IReadOnlyDictionary<EntryName, string> wanted) => _options.Target == CampusTarget.Directory
        ? wanted.ToDictionary(entry => entry.Key, entry => entry.Key.Type == "Member" ? TargetContent.Keys(entry.Value) : entry.Value)
        : wanted;

    private IReadOnlyDictionary<EntryName, string> SecretsOfAccounts() =>
        _options.HasSecret ? SourceProjection.Secrets(_source, "Account") : new Dictionary<EntryName, string>();

    private static void Compare(
        string place, IReadOnlyDictionary<EntryName, string> wanted, IReadOnlyDictionary<EntryName, string> found, bool mayHaveMore = false)
    {
        List<string> differences =
        [
            .. wanted.Except(found).Select(entry => $"missing {entry.Key} {entry.Value}"),
            .. found.Except(wanted).Where(entry => !mayHaveMore || wanted.ContainsKey(entry.Key)).Select(entry => $"unexpected {entry.Key} {entry.Value}"),
        ];
        if (differences.Count > 0)
            throw new ViolationException("Nothing lost", $"{place} differs from the source:\n{string.Join('\n', differences.Take(20))}");
    }
}
