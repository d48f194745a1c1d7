using Hermes.Crash.Host;
using Hermes.Crash.Tests.Power;

namespace Hermes.Crash.Tests.Rig;

/// <summary>Strikes a campus between its kills.</summary>
internal abstract class Trouble
{
    /// <summary>What a campus is to be struck by; null for none.</summary>
    public static Trouble? Of(CampusOptions options, RigFolder folder, int seed) => options.Trouble switch
    {
        CampusTrouble.Restores => new Restores(folder, new Random(seed), options.Target, [RigFile.ServerState, RigFile.Bus]),
        CampusTrouble.ClientRestores => new Restores(folder, new Random(seed), options.Target, [RigFile.ServerState, RigFile.ClientState]),
        CampusTrouble.Rivals => new Rivals(folder, new Random(seed), options),
        CampusTrouble.Cuts => new PowerCuts(folder, new Random(seed)),
        _ => null,
    };

    /// <summary>How many of a hundred kills of the server it follows.</summary>
    public virtual int Percent => 20;

    /// <summary>Strikes once. Server and client are dead.</summary>
    /// <returns>What was done, to be counted.</returns>
    public abstract Task<IReadOnlyList<string>> StrikeAsync();

    /// <summary>No more comes: what is to settle has all for itself.</summary>
    public virtual Task EndAsync() => Task.CompletedTask;
}
