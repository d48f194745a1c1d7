using Hermes.Crash.Host;
using Hermes.Crash.Host.Source;

namespace Hermes.Crash.Tests.Rig;

/// <summary>
/// Has a second server write to the bus for a while: one of another name with a source of its own, whose keys are the same; or one with a copy of the state, by mistake.
/// </summary>
internal sealed class Rivals(RigFolder folder, Random random, CampusOptions options) : Trouble
{
    private readonly RigFolder _stranger = folder with { Server = RigFolder.Stranger };
    private readonly RigFolder _twin = folder with { Server = RigFolder.Twin };
    private RigProcess? _rival;

    public override async Task<IReadOnlyList<string>> StrikeAsync()
    {
        if (_rival is not null)
        {
            await EndAsync();
            return [];
        }

        var settings = new RigSettings(random.Next(), 0, CampusModel.Plain, TimeSpan.Zero, options);
        if (random.Next(2) == 0 || !File.Exists(folder.ServerState))
        {
            if (File.Exists(_stranger.Source))
                SourceDatabase.Change(_stranger.Source, random.Next(), 5);
            else
                SourceDatabase.Fill(_stranger.Source, random.Next());
            _rival = RigProcess.Start(Role.Stranger, _stranger, settings);
            return ["strangers on the bus"];
        }

        RigFiles.Copy(folder.ServerState, _twin.ServerState);
        _rival = RigProcess.Start(Role.Twin, _twin, settings);
        return ["twins of the server"];
    }

    public override async Task EndAsync()
    {
        if (_rival is null)
            return;
        await _rival.KillAsync();
        await _rival.DisposeAsync();
        _rival = null;
    }
}
